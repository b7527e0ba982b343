"""data/boundaries/: points of communities, and which edges between towns are guesses."""

from __future__ import annotations

from pathlib import Path

from hpviewer.importing.bundled.rows import CellError, Row, read_rows
from hpviewer.places.place import PlaceCode
from hpviewer.records.geometry import CommunityPoint, Confidence, GuessReason, Position
from hpviewer.wording import say

POINT_COLUMNS = ("community_code", "lon", "lat", "confidence")
GUESS_COLUMNS = ("town_code", "other_code", "reason")

_LON = (113.2, 113.8)
_LAT = (22.9, 23.6)
"""The district and what lies around it; catches longitude and latitude in each other's place."""


def read_position(row: Row) -> Position:
    """Columns lon and lat; CellError when it is not in or near the district."""
    for field, (low, high) in (("lon", _LON), ("lat", _LAT)):
        if not low <= row.required_number(field) <= high:
            raise CellError(field, row.text(field), say("importing_bundled.outside"))
    return row.required_number("lon"), row.required_number("lat")


def read_community_points(path: Path) -> list[CommunityPoint]:
    """All communities, in file order; those of confidence D have no point."""
    return read_rows(path, POINT_COLUMNS, _point, key=lambda point: point.code)


def _point(row: Row) -> CommunityPoint:
    confidence = row.choice("confidence", Confidence)
    located = bool(row.text("lon") or row.text("lat"))
    if located == (confidence is Confidence.D):
        raise CellError("confidence", confidence, say("importing_bundled.point_without_confidence"))
    return CommunityPoint(
        PlaceCode(row.required("community_code")), read_position(row) if located else None, confidence
    )


def read_guesses(path: Path) -> dict[tuple[PlaceCode, PlaceCode], GuessReason]:
    """Pairs of towns, the lower code first, whose common edge is a guess, and why."""
    return dict(read_rows(path, GUESS_COLUMNS, _guess, key=lambda guess: guess[0]))


def _guess(row: Row) -> tuple[tuple[PlaceCode, PlaceCode], GuessReason]:
    town, other = PlaceCode(row.required("town_code")), PlaceCode(row.required("other_code"))
    if town >= other:
        raise CellError("other_code", other, say("importing_bundled.same_town"))
    return (town, other), row.choice("reason", GuessReason)
