"""Boundaries with less detail: neighbours still fit, in the bundled catalogue and in ragged ones."""

from __future__ import annotations

import itertools
import json
import math
import random
from pathlib import Path
from typing import Any

import pytest
import shapely

from hpviewer.catalogue.reader import Reader
from hpviewer.mapping.coverage import FAR_METRES, NEAR_METRES, simplified
from hpviewer.places.place import PlaceCode
from hpviewer.records.geometry import Shape
from tests.helpers.catalogue import bundled_catalogue

METRE = 1 / 111_000


def ragged(cells: int, between: int, seed: int = 1) -> list[Shape]:
    """A grid of cells about 1 km wide whose common edges wander: ``between`` corners on each, up to 30 m aside."""
    chance = random.Random(seed)
    edges: dict[tuple[tuple[int, int], tuple[int, int]], list[tuple[float, float]]] = {}

    def corner(x: int, y: int) -> tuple[float, float]:
        return 113.0 + x * 0.01, 23.0 + y * 0.01

    def edge(one: tuple[int, int], other: tuple[int, int]) -> list[tuple[float, float]]:
        if (other, one) in edges:
            return edges[other, one][::-1]
        if (one, other) not in edges:
            (x, y), (to_x, to_y) = corner(*one), corner(*other)
            line = [(x, y)]
            for step in range(1, between + 1):
                part = step / (between + 1)
                aside = chance.uniform(-30, 30) * METRE * min(1, 4 * part, 4 * (1 - part))
                line.append(
                    (x + (to_x - x) * part + aside * (to_y != y), y + (to_y - y) * part + aside * (to_x != x))
                )
            edges[one, other] = [*line, (to_x, to_y)]
        return edges[one, other]

    shapes = []
    for x in range(cells):
        for y in range(cells):
            round_it = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1), (x, y)]
            ring = [point for a, b in itertools.pairwise(round_it) for point in edge(a, b)[:-1]]
            shapes.append(as_shape(f"{x:03}{y:06}", shapely.MultiPolygon([shapely.Polygon(ring)])))
    return shapes


def as_shape(code: str, many: Any) -> Shape:
    at = many.representative_point()
    return Shape(PlaceCode(code), shapely.to_wkb(many, flavor="iso"), at.x, at.y, many.bounds)


def geometries(shapes: list[Shape]) -> Any:
    return shapely.from_wkb([shape.wkb for shape in shapes])


@pytest.mark.parametrize("metres", [NEAR_METRES, FAR_METRES])
def test_no_gaps_and_no_overlaps(metres: float) -> None:
    before = ragged(cells=6, between=40)
    after = geometries(simplified(before, metres))
    assert shapely.coverage_is_valid(geometries(before))
    assert shapely.coverage_is_valid(after)
    assert shapely.is_valid(after).all()
    whole = shapely.union_all(after)
    assert whole.geom_type == "Polygon"
    assert len(whole.interiors) == 0
    assert math.isclose(sum(shapely.area(after)), whole.area, rel_tol=1e-9)


def test_a_far_view_has_much_less_detail_and_nothing_moves_far() -> None:
    before = ragged(cells=6, between=40)
    near, far = simplified(before, NEAR_METRES), simplified(before, FAR_METRES)
    corners = [int(shapely.get_num_coordinates(geometries(shapes)).sum()) for shapes in (before, near, far)]
    assert corners[0] >= corners[1] > corners[2] * 1.5
    moved = shapely.hausdorff_distance(geometries(before), geometries(far))
    assert moved.max() < 5 * FAR_METRES * METRE
    assert [shape.code for shape in far] == [shape.code for shape in before]
    assert all(geometry.geom_type == "MultiPolygon" for geometry in geometries(far))


def test_boundaries_that_cross_themselves_stay_as_they_were() -> None:
    bow = shapely.Polygon([(113, 23), (113.1, 23.1), (113.1, 23), (113, 23.1)])
    before = [as_shape("1", shapely.MultiPolygon([bow])), *ragged(cells=1, between=40)]
    assert simplified(before, FAR_METRES) == before
    assert simplified([], FAR_METRES) == []


def test_the_bundled_towns_and_communities_fit_at_both_distances(tmp_path: Path) -> None:
    reader = Reader(bundled_catalogue(tmp_path))
    layers = {name: json.loads(content) for name, content in reader.map_layers().items()}
    reader.close()
    everything = layers["communities"]
    for regions in (layers["start"]["towns"], everything["towns"], everything["communities"]):
        polygons = [
            shapely.MultiPolygon([(part[0], part[1:]) for part in region["shape"]]) for region in regions
        ]
        assert len(polygons) in (17, 139)
        assert shapely.is_valid(polygons).all()
        assert shapely.coverage_is_valid(polygons)
