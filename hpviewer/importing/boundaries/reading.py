"""What came out of a boundary file: shapes by place or project areas, and everything that was noticed on the way."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hpviewer.importing.boundaries.web_system import WebSystem
from hpviewer.places.place import PlaceCode
from hpviewer.records.geometry import Box, Shape


class BoundaryLevel(StrEnum):
    TOWNS = "towns"
    COMMUNITIES = "communities"
    PROJECTS = "projects"


class MatchedBy(StrEnum):
    CODE = "code"
    NAME = "name"
    OVERLAP = "overlap"


@dataclass(frozen=True, slots=True)
class PlacedShape:
    """The shape of a place, and where it came from: feature numbers (from 1) and the words that named it.

    ``area_ha`` is geodesic, in hectares. Several features of one place are one shape."""

    shape: Shape
    area_ha: float
    rows: tuple[int, ...]
    by: MatchedBy
    written: str

    @property
    def code(self) -> PlaceCode:
        return self.shape.code


@dataclass(frozen=True, slots=True)
class ProjectArea:
    """``wkb`` is a MultiPolygon, EPSG:4326. Features of the same name are one area."""

    name: str
    wkb: bytes
    label_lon: float
    label_lat: float
    bbox: Box
    area_ha: float
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FeatureProblem:
    """``row`` is the feature's number from 1 (0: the whole file); ``problem`` is a finished sentence."""

    row: int
    field: str
    value: str
    problem: str


@dataclass(frozen=True, slots=True)
class FeatureArea:
    row: int
    name: str
    area_ha: float


@dataclass(frozen=True, slots=True)
class Repair:
    """A geometry that was not valid. ``reason`` is GEOS's own word with the place, ``area_change_ha`` signed."""

    row: int
    reason: str
    area_change_ha: float
    sentence: str


class SeamKind(StrEnum):
    OVERLAP = "overlap"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Seam:
    """Where neighbours do not meet: an overlap of two features, or a narrow gap between them (``other`` 0)."""

    kind: SeamKind
    row: int
    other: int
    area_ha: float
    sentence: str


@dataclass(frozen=True, slots=True)
class CrsCandidate:
    """``crs`` as read_boundaries takes it (EPSG:4547); ``share`` of the features that lie in the district then;
    ``swapped``: northing stands before easting in the file."""

    crs: str
    name: str
    share: float
    swapped: bool


@dataclass(frozen=True, slots=True)
class CrsQuestion:
    sentence: str
    candidates: tuple[CrsCandidate, ...]


class Sureness(StrEnum):
    HIGH = "high"
    LOW = "low"
    NONE = "none"

    @property
    def rank(self) -> int:
        return (Sureness.NONE, Sureness.LOW, Sureness.HIGH).index(self)


@dataclass(frozen=True, slots=True)
class OffsetFinding:
    """Where features lie against the known shapes of the same places, as the median over ``pairs``, in metres.

    ``expected_*`` is what ``system`` would be here, the one of GCJ-02 and BD-09 that fits better.
    ``error_m`` is the standard error of the median (0: one pair only).
    """

    likely: bool
    sureness: Sureness
    east_m: float
    north_m: float
    expected_east_m: float
    expected_north_m: float
    error_m: float
    pairs: int
    sentence: str
    system: WebSystem


@dataclass(frozen=True, slots=True)
class BoundaryReading:
    """Nothing is saved yet.

    ``needs_crs``: nothing was read until the coordinate system is given. ``asks_offset``: what was read must not be
    saved until offset_confirmed is given. ``level`` is what the features were read as, ``suggested_level`` what they
    look like. ``shapes`` (by code) or ``projects`` (by first row) hold the result; both in EPSG:4326.
    """

    file: str
    kind: str
    layer: str
    read: int
    crs: str = ""
    swapped: bool = False
    level: BoundaryLevel | None = None
    suggested_level: BoundaryLevel | None = None
    shapes: tuple[PlacedShape, ...] = ()
    projects: tuple[ProjectArea, ...] = ()
    areas: tuple[FeatureArea, ...] = ()
    rejections: tuple[FeatureProblem, ...] = ()
    warnings: tuple[FeatureProblem, ...] = ()
    repairs: tuple[Repair, ...] = ()
    seams: tuple[Seam, ...] = ()
    notes: tuple[str, ...] = ()
    map_approval: str = ""
    needs_crs: CrsQuestion | None = None
    offset: OffsetFinding | None = None
    converted: bool = False
    asks_offset: bool = False
