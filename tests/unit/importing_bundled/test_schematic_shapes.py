from __future__ import annotations

from collections import Counter

import pytest
import shapely

from hpviewer import paths
from hpviewer.importing.bundled import Bundle, PlaceCodes, read_bundled
from hpviewer.importing.bundled.schematic_shapes import SchematicShapes, build_shapes
from hpviewer.importing.bundled.town_grid import Grid
from hpviewer.places.place import PlaceCode
from hpviewer.records.geometry import CommunityPoint, Confidence, GuessReason, Position, Shape


def area(shape: Shape) -> shapely.MultiPolygon:
    return shapely.from_wkb(shape.wkb)


def test_towns_tile_the_district(bundle: Bundle) -> None:
    towns = [area(shape) for shape in bundle.town_shapes]
    district = area(bundle.district)
    assert len({shape.code for shape in bundle.town_shapes}) == 17
    assert all(town.is_valid for town in towns)
    assert shapely.coverage_is_valid(towns)
    assert shapely.union_all(towns).symmetric_difference(district).area == 0
    assert sum(town.area for town in towns) == pytest.approx(district.area, abs=1e-12)
    assert max(a.intersection(b).area for a in towns for b in towns if a is not b) < 1e-12


def test_no_islands_holes_or_slivers(bundle: Bundle) -> None:
    for shape in (bundle.district, *bundle.town_shapes, *bundle.community_shapes):
        parts = area(shape).geoms
        assert len(parts) == 1, shape.code
        assert not parts[0].interiors, shape.code
    for shape in bundle.town_shapes:
        assert 4 * 3.1416 * area(shape).area / area(shape).length ** 2 > 0.2, shape.code


def test_towns_keep_the_area_of_their_cells(bundle: Bundle) -> None:
    with (paths.data() / "boundaries" / "town_rows.csv").open(encoding="utf-8") as file:
        rows = [line.strip().split(",") for line in file][1:]
    sampled: Counter[str] = Counter()
    for _, west, east, town in rows:
        sampled[town] += round((float(east) - float(west)) / 0.002)
    for shape in bundle.town_shapes:
        assert area(shape).area == pytest.approx(sampled[shape.code] * 0.002**2, rel=0.07), shape.code


def test_communities_tile_their_town(bundle: Bundle) -> None:
    cells = [area(shape) for shape in bundle.community_shapes]
    assert len(cells) == 139
    assert shapely.coverage_is_valid(cells)
    for town in bundle.town_shapes:
        own = [area(cell) for cell in bundle.community_shapes if cell.code.startswith(town.code)]
        assert shapely.union_all(own).symmetric_difference(area(town)).area == 0, town.code


def test_communities_without_a_point_have_no_shape(bundle: Bundle) -> None:
    located = {shape.code for shape in bundle.community_shapes}
    assert len(bundle.community_points) == 167
    assert len(bundle.without_location) == 28
    assert located | set(bundle.without_location) == {point.code for point in bundle.community_points}
    assert not located & set(bundle.without_location)


def test_labels_and_points_lie_in_their_shape(bundle: Bundle) -> None:
    for shape in (bundle.district, *bundle.town_shapes, *bundle.community_shapes):
        assert area(shape).contains(shapely.Point(shape.label_lon, shape.label_lat)), shape.code
        assert shape.bbox == area(shape).bounds
    at = {point.code: point.at for point in bundle.community_points}
    off = {cell.code: area(cell).distance(shapely.Point(at[cell.code])) for cell in bundle.community_shapes}
    # these estimates lie across the edge of their town, by less than the 0.8 km that they may be off
    astray = sorted(code for code, distance in off.items() if distance)
    assert astray == ["440112002011", "440112006008", "440112016013"]
    assert max(off.values()) < 0.008


def test_guessed_edges_lie_on_both_towns(bundle: Bundle) -> None:
    towns = {shape.code: area(shape) for shape in bundle.town_shapes}
    split = {
        (edge.town[-3:], edge.other[-3:]) for edge in bundle.guessed_edges if edge.reason is GuessReason.SPLIT
    }
    assert split == {("012", "016"), ("017", "018"), ("018", "101")}
    assert len(bundle.guessed_edges) == 10
    for edge in bundle.guessed_edges:
        line = shapely.from_wkb(edge.wkb)
        assert line.geom_type == "MultiLineString"
        assert towns[edge.town].boundary.covers(line)
        assert towns[edge.other].boundary.covers(line)
        common = towns[edge.town].boundary.intersection(towns[edge.other].boundary)
        assert common.length == pytest.approx(line.length)


def test_building_twice_gives_the_same(bundle: Bundle, codes: PlaceCodes) -> None:
    assert read_bundled(paths.data(), codes) == bundle


WEST, EAST = PlaceCode("900000001"), PlaceCode("900000002")


def two_squares() -> Grid:
    return {(x, y): WEST if x < 10 else EAST for x in range(20) for y in range(10)}


def shapes_of(grid: Grid, *points: tuple[PlaceCode, Position]) -> SchematicShapes:
    known = [CommunityPoint(code, at, Confidence.A) for code, at in points]
    return build_shapes(grid, known, {(WEST, EAST): GuessReason.SPLIT}, PlaceCode("9"))


def test_island_stray_and_hole_are_absorbed() -> None:
    grid = two_squares()
    grid[40, 5] = WEST
    grid[15, 5] = WEST
    del grid[3, 3]
    assert shapes_of(grid) == shapes_of(two_squares())


def test_equal_points_get_a_cell_each() -> None:
    twins = [(PlaceCode(f"{WEST}00{n}"), (0.01, 0.01)) for n in range(3)]
    shapes = shapes_of(two_squares(), *twins)
    cells = [area(cell) for cell in shapes.communities]
    assert [cell.code for cell in shapes.communities] == [code for code, _ in twins]
    assert shapely.coverage_is_valid(cells)
    assert shapely.union_all(cells).equals(area(shapes.towns[0]))


def test_only_community_of_a_town_is_the_town() -> None:
    shapes = shapes_of(two_squares(), (PlaceCode(f"{EAST}001"), (0.03, 0.01)))
    assert [cell.code for cell in shapes.communities] == [f"{EAST}001"]
    assert shapes.communities[0].wkb == shapes.towns[1].wkb


def test_point_beyond_the_edge_counts_as_the_nearest_cell() -> None:
    inside, beyond = PlaceCode(f"{WEST}001"), PlaceCode(f"{WEST}002")
    shapes = shapes_of(two_squares(), (inside, (0.01, 0.01)), (beyond, (0.035, 0.01)))
    cells = {cell.code: area(cell) for cell in shapes.communities}
    assert cells[beyond].contains(shapely.Point(0.019, 0.011))
    assert cells[inside].contains(shapely.Point(0.01, 0.01))
