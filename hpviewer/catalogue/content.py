"""Everything that a new catalogue is filled with, in domain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hpviewer.places.name_entry import NameEntry
from hpviewer.places.place import Place, PlaceCode
from hpviewer.policies.policy import Policy
from hpviewer.records.dataset import Dataset
from hpviewer.records.geometry import GuessedEdge, MetroLine, MetroStation, Shape, Water
from hpviewer.records.record import Record
from hpviewer.reports.report import Headlines, Report


@dataclass(frozen=True, slots=True)
class Content:
    """``layers`` are the map page's JSON by name. Shapes are in EPSG:4326; a place without one has no position."""

    dataset: Dataset
    places: tuple[Place, ...]
    names: tuple[NameEntry, ...]
    shapes: Mapping[PlaceCode, Shape]
    guessed_edges: tuple[GuessedEdge, ...]
    water: tuple[Water, ...]
    metro_lines: tuple[MetroLine, ...]
    metro_stations: tuple[MetroStation, ...]
    records: tuple[Record, ...]
    policies: tuple[Policy, ...]
    reports: tuple[Report | Headlines, ...]
    layers: Mapping[str, bytes]
