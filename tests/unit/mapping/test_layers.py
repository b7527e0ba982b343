"""Layers of the map page: what they hold, and that rounding tears nothing apart."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from hpviewer.mapping.layers import VERSION, build_layers, short_name
from hpviewer.places.place import Level, Place, PlaceCode
from hpviewer.records.geometry import (
    GuessedEdge,
    GuessReason,
    MetroLine,
    MetroStation,
    Position,
    Shape,
    Water,
)

TOWN, OTHER = PlaceCode("440112001"), PlaceCode("440112002")
PLACED, UNPLACED = PlaceCode("440112001001"), PlaceCode("440112001002")


def place(code: PlaceCode, name: str) -> Place:
    level = Level.TOWN if len(code) == 9 else Level.COMMUNITY
    return Place(code, name, name, level, "", PlaceCode(code[:9]))


PLACES = {
    item.code: item
    for item in (
        place(TOWN, "甲街道"),
        place(OTHER, "乙镇"),
        place(PLACED, "丙社区"),
        place(UNPLACED, "丁村"),
    )
}


def shape(code: str, geometry: Any) -> Shape:
    many = shapely.MultiPolygon([geometry]) if geometry.geom_type == "Polygon" else geometry
    at = many.representative_point()
    return Shape(PlaceCode(code), shapely.to_wkb(many, flavor="iso"), at.x, at.y, many.bounds)


STRAIGHT = ((113.1, 23.0), (113.1, 23.1))


def layers(left: Any, right: Any, edge: Sequence[Position] = STRAIGHT) -> dict[str, Any]:
    """Of two towns with a common edge; the left one has a community."""
    line = shapely.MultiLineString([edge])
    built = build_layers(
        PLACES,
        shape("440112", left.union(right)),
        [shape(OTHER, right), shape(TOWN, left)],
        [shape(PLACED, left)],
        [GuessedEdge(TOWN, OTHER, GuessReason.SPLIT, shapely.to_wkb(line))],
        [Water("河", shape("", left.buffer(0.01)).wkb)],
        [MetroLine("1号线", "地铁1号线", (((113.1, 23.1), (113.2, 23.2)),))],
        [MetroStation("站", 113.123456, 23.987654, ("1号线",), True)],
    )
    return {name: json.loads(body) for name, body in built.items()}


@pytest.fixture
def squares() -> dict[str, Any]:
    return layers(shapely.box(113.0, 23.0, 113.1, 23.1), shapely.box(113.1, 23.0, 113.2, 23.1))


def test_names_of_the_layers(squares: dict[str, Any]) -> None:
    assert set(squares) == {"start", "communities", f"communities/{TOWN}", f"communities/{OTHER}"}
    assert all(layer["version"] == VERSION for layer in squares.values())


def test_towns_come_in_the_order_of_their_codes_with_names_for_the_map(squares: dict[str, Any]) -> None:
    towns = squares["start"]["towns"]
    assert [(town["code"], town["name"], town["label"]) for town in towns] == [
        (TOWN, "甲街道", "甲街"),
        (OTHER, "乙镇", "乙镇"),
    ]
    assert towns[0]["bbox"] == [113.0, 23.0, 113.1, 23.1]
    assert sorted(towns[0]["shape"][0][0]) == [[113.0, 23.0], [113.0, 23.1], [113.1, 23.0], [113.1, 23.1]]


def test_communities_are_listed_by_town_and_those_without_a_shape_apart(squares: dict[str, Any]) -> None:
    assert [item["code"] for item in squares[f"communities/{TOWN}"]["communities"]] == [PLACED]
    assert squares[f"communities/{OTHER}"]["communities"] == []
    assert squares["communities"]["communities"] == squares[f"communities/{TOWN}"]["communities"]
    assert squares["start"]["unplaced"] == {TOWN: [UNPLACED]}


def test_towns_of_a_near_view_come_with_their_communities(squares: dict[str, Any]) -> None:
    assert [town["code"] for town in squares[f"communities/{OTHER}"]["towns"]] == [OTHER]
    assert [town["code"] for town in squares["communities"]["towns"]] == [TOWN, OTHER]


def test_base_map(squares: dict[str, Any]) -> None:
    start = squares["start"]
    assert start["metro"] == [{"name": "1号线", "paths": [[[113.1, 23.1], [113.2, 23.2]]]}]
    assert start["stations"] == [{"name": "站", "at": [113.12346, 23.98765], "lines": ["1号线"]}]
    assert start["water"][0]["name"] == "河"
    assert start["guessed"] == [{"between": [TOWN, OTHER], "paths": [[[113.1, 23.0], [113.1, 23.1]]]}]


def test_a_ring_that_rounding_makes_vanish_is_left_out() -> None:
    hole = shapely.box(113.05, 23.05, 113.05 + 1e-6, 23.05 + 1e-6)
    left = shapely.box(113.0, 23.0, 113.1, 23.1).difference(hole)
    built = layers(left, shapely.box(113.1, 23.0, 113.2, 23.1))
    assert [len(polygon) for polygon in built["start"]["towns"][0]["shape"]] == [1]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(-0.02, 0.02), st.floats(0.001, 0.02)), min_size=1, max_size=12))
def test_neighbours_share_their_edge_after_rounding(steps: list[tuple[float, float]]) -> None:
    """A ragged common edge: both sides must have the same vertices along it, so no gap and no overlap."""
    edge = [(113.1, 23.0)]
    for across, up in steps:
        edge.append((113.1 + across, edge[-1][1] + up))
    top = edge[-1][1]
    left = shapely.Polygon([(113.0, 23.0), *edge, (113.0, top)])
    right = shapely.Polygon([*edge, (113.2, top), (113.2, 23.0)])
    towns = layers(left, right, edge)["start"]["towns"]
    one, two = (set(map(tuple, town["shape"][0][0])) for town in towns)
    shared = {(round(lon, 5), round(lat, 5)) for lon, lat in edge}
    assert one & shared == two & shared, "corners that are too small to see go on both sides"
    ends = [(round(lon, 5), round(lat, 5)) for lon, lat in (edge[0], edge[-1])]
    assert {*ends} <= one & two


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("文冲街道", "文冲街"),
        ("新龙镇", "新龙镇"),
        ("文冲社区", "文冲"),
        ("汤村村", "汤村村"),
        ("社区", "社区"),
    ],
)
def test_short_names(name: str, short: str) -> None:
    assert short_name(name) == short
