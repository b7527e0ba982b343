"""What a writer of records has to know of the places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hpviewer.places.place import PlaceCode
from hpviewer.records.geometry import Position


@dataclass(frozen=True, slots=True)
class PlacesOnMap:
    """Names by code, and label points (longitude, latitude) of the places whose position is known."""

    names: Mapping[PlaceCode, str]
    positions: Mapping[PlaceCode, Position]
