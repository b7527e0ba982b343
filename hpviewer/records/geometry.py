"""Where things lie: shapes, lines and points as the catalogue stores them and the map draws them.

All coordinates are longitude, latitude in EPSG:4326 degrees (CGCS2000 is equal to it for display).
Geometry travels as ISO WKB, so that nothing above needs shapely to hold it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hpviewer.places.place import PlaceCode

Position = tuple[float, float]
"""Longitude, latitude."""

Box = tuple[float, float, float, float]
"""West, south, east, north."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Area of a town, a community or the district. ``wkb`` is a MultiPolygon that holds the label point."""

    code: PlaceCode
    wkb: bytes
    label_lon: float
    label_lat: float
    bbox: Box


class GuessReason(StrEnum):
    SPLIT = "split"
    """A known area divided by the nearest known place: may be 1 to 2 km off."""
    ASSUMED = "assumed"
    """A known line, but whether it bounds the present town is an assumption."""


@dataclass(frozen=True, slots=True)
class GuessedEdge:
    """A common edge of two towns that is a guess. ``wkb`` is a MultiLineString; ``town`` < ``other``."""

    town: PlaceCode
    other: PlaceCode
    reason: GuessReason
    wkb: bytes


class Confidence(StrEnum):
    """How well the point of a community is known."""

    A = "A"
    """A school, station or hall of its name: within about 0.5 to 1 km."""
    B = "B"
    """Within about 0.8 km."""
    C = "C"
    """A school or stop shared with others: 1 to 2 km."""
    D = "D"
    """No point at all: 位置待补."""


@dataclass(frozen=True, slots=True)
class CommunityPoint:
    """``at`` is None exactly when ``confidence`` is D."""

    code: PlaceCode
    at: Position | None
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Water:
    """``wkb`` is a MultiPolygon."""

    name: str
    wkb: bytes


@dataclass(frozen=True, slots=True)
class MetroLine:
    """``name`` is short for the map (5号线). Several ``paths`` where links between stations are not known."""

    name: str
    full_name: str
    paths: tuple[tuple[Position, ...], ...]


@dataclass(frozen=True, slots=True)
class MetroStation:
    """One dot on the map; ``lines`` are short names. A station may lie about 200 m off."""

    name: str
    lon: float
    lat: float
    lines: tuple[str, ...]
    inside_district: bool
