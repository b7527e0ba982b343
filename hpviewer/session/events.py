"""What happened in the session. Facts in the past tense, sent after the change, once per real change.

``cause`` names the view that made the gesture (``map``, ``table``, ``search``, ``cascade``, ``chips``,
``history``, ``start`` …), so that a view need not answer its own echo.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hpviewer.errors import HpviewerError
from hpviewer.places.place import PlaceCode
from hpviewer.records.filter import RecordFilter
from hpviewer.records.results import CatalogueInfo, RecordDetail, Results, Sort

if TYPE_CHECKING:
    from hpviewer.session.place_picking import PlacePicking


@dataclass(frozen=True, slots=True)
class FilterChanged:
    """At once with the gesture, before the results are there: for chips, buttons, tree selection."""

    filter: RecordFilter
    sort: Sort
    can_go_back: bool
    can_go_forward: bool
    cause: str


@dataclass(frozen=True, slots=True)
class ResultsLoaded:
    """The results of the newest filter; results overtaken by a newer request never get here."""

    results: Results
    cause: str


@dataclass(frozen=True, slots=True)
class RecordSelected:
    """A record was chosen and read; None when the selection was cleared."""

    detail: RecordDetail | None
    cause: str


@dataclass(frozen=True, slots=True)
class PlaceSelected:
    """The place that map and cascade highlight; None for the whole district."""

    code: PlaceCode | None
    cause: str


@dataclass(frozen=True, slots=True)
class CatalogueOpened:
    """A catalogue was opened or its content changed; views read everything anew."""

    info: CatalogueInfo
    cause: str


@dataclass(frozen=True, slots=True)
class PickingChanged:
    """Clicks on the map choose places for a record and filter nothing, as long as ``picking`` is not None."""

    picking: PlacePicking | None
    cause: str


@dataclass(frozen=True, slots=True)
class PlacesPicked:
    """The user has finished picking: these are the places now. A cancelled picking sends none."""

    picked: PlacePicking
    cause: str


@dataclass(frozen=True, slots=True)
class WorkFailed:
    """A query or job failed for a reason a person can act on."""

    error: HpviewerError
    cause: str


Event = (
    FilterChanged
    | ResultsLoaded
    | RecordSelected
    | PlaceSelected
    | CatalogueOpened
    | PickingChanged
    | PlacesPicked
    | WorkFailed
)
