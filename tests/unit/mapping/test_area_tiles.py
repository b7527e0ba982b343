"""Tiles of project areas: which there are, what is cut, what is left out."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
import shapely
from shapely.geometry import Point, Polygon, box

from hpviewer.catalogue.project_areas import AreasInside, ProjectArea
from hpviewer.mapping.area_tiles import EXTENT, MOST_POSITIONS, Tile, area_document, tile_named

TILE = Tile(13, 6678, 3553)


def at(x: float, y: float) -> tuple[float, float]:
    """Longitude and latitude of a place on the tile, in its own measure: the inverse, by hand."""
    count = 2**TILE.zoom
    lon = (TILE.column + x / EXTENT) / count * 360 - 180
    lat = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * (TILE.row + y / EXTENT) / count))))
    return lon, lat


def drawn(*shapes: Any, left_out: int = 0) -> dict[str, Any]:
    areas = tuple(
        ProjectArea(number, f"项目 {number}", shape if isinstance(shape, bytes) else shapely.to_wkb(shape))
        for number, shape in enumerate(shapes, 1)
    )
    document: dict[str, Any] = json.loads(area_document(TILE, AreasInside(areas, left_out)))
    return document


def on_tile(*places: tuple[float, float], holes: Any = ()) -> Polygon:
    return Polygon([at(*place) for place in places], [[at(*place) for place in hole] for hole in holes])


def polygon(area: list[Any]) -> Polygon:
    (rings,) = area[2]
    pairs = [list(zip(ring[::2], ring[1::2], strict=True)) for ring in rings]
    return Polygon(pairs[0], pairs[1:])


@pytest.mark.parametrize("name", ["13/6678/3553", "12/0/0", "16/65535/65535"])
def test_names_of_tiles(name: str) -> None:
    tile = tile_named(name)
    assert tile is not None
    assert f"{tile.zoom}/{tile.column}/{tile.row}" == name


@pytest.mark.parametrize(
    "name",
    ["", "11/3/3", "17/1/1", "13/8192/1", "13/1/8192", "13/-1/1", "13/1", "13/1/1/1", "13/1.5/1", "十三/1/1"],
)
def test_what_is_no_tile(name: str) -> None:
    assert tile_named(name) is None


def test_the_box_of_a_tile_lies_where_its_areas_are_drawn() -> None:
    west, south, east, north = TILE.box
    assert at(0, 0) == pytest.approx((west, north))
    assert at(EXTENT, EXTENT) == pytest.approx((east, south))


def test_positions_are_whole_numbers_on_the_tile() -> None:
    (area,) = drawn(on_tile((100, 200), (900, 200), (900, 1200), (100, 1200)))["areas"]
    assert area[:2] == [1, "项目 1"]
    assert set(polygon(area).exterior.coords) == {(100, 200), (900, 200), (900, 1200), (100, 1200)}


def test_an_area_is_cut_a_little_outside_of_the_tile() -> None:
    (area,) = drawn(on_tile((-9000, 1000), (9000, 1000), (9000, 2000), (-9000, 2000)))["areas"]
    west, _, east, _ = polygon(area).bounds
    assert -EXTENT // 8 < west < 0
    assert EXTENT < east < EXTENT + EXTENT // 8


def test_an_area_beside_the_tile_is_not_in_it() -> None:
    assert drawn(on_tile((5000, 0), (6000, 0), (6000, 900)))["areas"] == []


def test_holes_stay_holes_and_turn_the_other_way() -> None:
    hole = [(400, 400), (600, 400), (600, 600), (400, 600)]
    for shape in (
        on_tile((0, 0), (1000, 0), (1000, 1000), (0, 1000), holes=[hole]),
        on_tile((0, 0), (0, 1000), (1000, 1000), (1000, 0), holes=[hole]),
    ):
        (area,) = drawn(shape)["areas"]
        found = polygon(area)
        assert found.area == 1000 * 1000 - 200 * 200
        assert found.exterior.is_ccw != found.interiors[0].is_ccw


def test_detail_below_half_a_pixel_goes() -> None:
    circle = Point(2000, 2000).buffer(600, quad_segs=500)
    (area,) = drawn(on_tile(*circle.exterior.coords))["areas"]
    found = polygon(area)
    assert len(found.exterior.coords) < 100
    assert found.symmetric_difference(circle).area < 600 * 2 * math.pi * 6


def test_several_parts_and_collections_and_crossing_edges() -> None:
    parts = shapely.MultiPolygon(
        [on_tile((0, 0), (90, 0), (90, 90)), on_tile((500, 500), (900, 500), (900, 900))]
    )
    bow = on_tile((-8000, 0), (9000, 3000), (9000, 0), (-8000, 3000))
    areas = drawn(parts, bow)["areas"]
    assert [len(area[2]) for area in areas if area[0] == 1] == [2]
    assert {area[0] for area in areas} == {1, 2}


def test_heights_are_left_away() -> None:
    flat = on_tile((0, 0), (900, 0), (900, 900))
    (area,) = drawn(shapely.force_3d(flat, 12.0))["areas"]
    assert len(polygon(area).exterior.coords) == 4


def test_what_cannot_be_read_or_is_no_area_is_left_out() -> None:
    good = on_tile((0, 0), (900, 0), (900, 900))
    assert [area[0] for area in drawn(b"nonsense", Point(*at(5, 5)), good)["areas"]] == [3]


def test_too_many_positions_leave_the_last_areas_out() -> None:
    star = [
        (2000 + math.cos(turn / 500 * math.pi) * reach, 2000 + math.sin(turn / 500 * math.pi) * reach)
        for turn, reach in zip(range(1000), (1900, 900) * 500, strict=True)
    ]
    document = drawn(*[on_tile(*star)] * 20, left_out=4)
    positions = sum(len(ring) // 2 for area in document["areas"] for part in area[2] for ring in part)
    assert 0 < positions <= MOST_POSITIONS
    assert document["left_out"] == 4 + 20 - len(document["areas"])


def test_names_are_data_and_nothing_else() -> None:
    hostile = '</script><img src=x onerror=alert(1)>"\u2028'
    inside = AreasInside((ProjectArea(1, hostile, shapely.to_wkb(box(*TILE.box))),), 0)
    assert json.loads(area_document(TILE, inside))["areas"][0][1] == hostile


def test_an_empty_tile() -> None:
    assert drawn() == {"version": 1, "areas": [], "left_out": 0}
