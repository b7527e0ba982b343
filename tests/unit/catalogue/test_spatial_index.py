"""The R-tree of the projects: kept by triggers whoever writes, and used by the question that the map asks."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from hpviewer.catalogue.connection import open_reader, open_writer, transaction
from hpviewer.catalogue.geopackage import geometry_blob, multi_line, multi_point, point
from hpviewer.catalogue.project_areas import INSIDE, areas_inside, project_name
from hpviewer.catalogue.shape_rows import StoredArea, encoded, write_project_area
from hpviewer.catalogue.spatial_index import box_of
from hpviewer.records.geometry import Box
from tests.helpers.catalogue import bundled_catalogue

EVERYWHERE: Box = (-180.0, -90.0, 180.0, 90.0)


def square(west: float, south: float, size: float) -> bytes:
    """A Polygon as WKB."""
    ring = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]
    places = b"".join(struct.pack("<2d", west + x * size, south + y * size) for x, y in ring)
    return struct.pack("<BIII", 1, 3, 1, len(ring)) + places


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[apsw.Connection]:
    opened = open_writer(bundled_catalogue(tmp_path))
    yield opened
    opened.close()


def put_area(connection: apsw.Connection, name: str, west: float, south: float, size: float) -> None:
    stored = StoredArea(square(west, south, size), (west, south, west + size, south + size), "area", None)
    write_project_area(connection, name, encoded(stored))


def names(connection: apsw.Connection, count: int) -> list[str]:
    return [
        name for (name,) in connection.execute("SELECT name FROM projects ORDER BY fid LIMIT ?", (count,))
    ]


def indexed(connection: apsw.Connection) -> set[int]:
    return {fid for (fid,) in connection.execute("SELECT id FROM rtree_projects_geom")}


def placed(connection: apsw.Connection) -> set[int]:
    return {fid for (fid,) in connection.execute("SELECT fid FROM projects WHERE geom NOTNULL")}


def test_a_new_file_has_every_project_with_a_position_in_it(connection: apsw.Connection) -> None:
    assert indexed(connection) == placed(connection) != set()
    assert connection.execute("SELECT rtreecheck('rtree_projects_geom')").fetchall() == [("ok",)]
    extensions = connection.execute("SELECT table_name, extension_name FROM gpkg_extensions").fetchall()
    assert extensions == [("projects", "gpkg_rtree_index")]


def test_triggers_follow_every_way_of_writing(connection: apsw.Connection) -> None:
    some, other, third = names(connection, 3)
    box = geometry_blob(square(100, 10, 1), (100, 10, 101, 11))
    with transaction(connection):
        connection.execute("UPDATE projects SET geom = ? WHERE name = ?", (box, some))
        connection.execute("UPDATE projects SET geom = NULL WHERE name = ?", (other,))
        connection.execute("DELETE FROM projects WHERE name = ?", (third,))
        connection.execute(
            "INSERT INTO projects (geom, name, column_name, place_codes, location_basis) VALUES (?, 'new', '', '', '')",
            (geometry_blob(multi_point([(102, 10), (103, 11)]), None),),
        )
        connection.execute("UPDATE projects SET fid = 90000 WHERE name = 'new'")
    assert indexed(connection) == placed(connection)
    found = connection.execute(
        "SELECT minx, maxx, miny, maxy FROM rtree_projects_geom WHERE maxx > 99.5 AND minx < 104 ORDER BY minx"
    ).fetchall()
    assert found[0] == (100, 101, 10, 11)
    assert found[-1] == (102, 103, 10, 11)
    with transaction(connection):
        connection.execute("UPDATE projects SET geom = ? WHERE name = ?", (box, other))
    assert indexed(connection) == placed(connection)


def test_the_question_of_a_tile_goes_through_the_index(connection: apsw.Connection) -> None:
    plan = connection.execute("EXPLAIN QUERY PLAN " + INSIDE, (113, 23, 114, 24, 0, 10)).fetchall()
    steps = [step for *_, step in plan]
    assert any(step.startswith("SCAN t VIRTUAL TABLE INDEX") for step in steps)
    assert any(step.startswith("SEARCH p USING INTEGER PRIMARY KEY") for step in steps)
    assert not any(step.startswith("SCAN p") for step in steps)


def test_areas_of_a_box_largest_first_and_what_is_left_out(connection: apsw.Connection) -> None:
    some, other, third = names(connection, 3)
    with transaction(connection):
        put_area(connection, some, 113.2, 23.2, 0.01)
        put_area(connection, other, 113.2, 23.2, 0.03)
        put_area(connection, third, 113.5, 23.2, 0.02)
    west = (113.1, 23.1, 113.3, 23.3)
    assert [area.name for area in areas_inside(connection, west, 0.0, 10).areas] == [other, some]
    inside = areas_inside(connection, EVERYWHERE, 0.0, 2)
    assert [area.name for area in inside.areas] == [other, third]
    assert inside.left_out == 1
    assert [area.name for area in areas_inside(connection, west, 0.02, 10).areas] == [other]
    assert project_name(connection, inside.areas[0].fid) == other
    assert project_name(connection, 10**6) is None


def test_label_points_are_no_areas(connection: apsw.Connection) -> None:
    assert areas_inside(connection, EVERYWHERE, 0.0, 10).areas == ()


def test_a_file_without_the_index_gets_it_with_its_first_area(tmp_path: Path) -> None:
    path = bundled_catalogue(tmp_path)
    writer = open_writer(path)
    with transaction(writer):
        for (name,) in writer.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'rtree_projects%'"
        ).fetchall():
            writer.execute(f"DROP TRIGGER {name}")
        writer.execute("DROP TABLE rtree_projects_geom")
        writer.execute("DROP TABLE gpkg_extensions")
    reader = open_reader(path)
    assert areas_inside(reader, EVERYWHERE, 0.0, 10).areas == ()
    (some,) = names(writer, 1)
    with transaction(writer):
        put_area(writer, some, 113.2, 23.2, 0.01)
    assert [area.name for area in areas_inside(reader, EVERYWHERE, 0.0, 10).areas] == [some]
    assert indexed(writer) == placed(writer)
    reader.close()
    writer.close()


@pytest.mark.parametrize(
    ("wkb", "box"),
    [
        (point(113.5, 23.1), (113.5, 23.1, 113.5, 23.1)),
        (multi_point([(113.5, 23.1), (113.4, 23.2)]), (113.4, 23.1, 113.5, 23.2)),
        (multi_line([[(1, 2), (3, 4)], [(0, 5), (2, 2)]]), (0, 2, 3, 5)),
        (square(1, 2, 3), (1, 2, 4, 5)),
        (struct.pack(">BI3d", 0, 1001, 1, 2, 3), (1, 2, 1, 2)),
        (struct.pack("<BI2d", 1, 1, float("nan"), float("nan")), None),
        (struct.pack("<BII", 1, 6, 0), None),
    ],
)
def test_box_of_a_geometry_without_an_envelope(wkb: bytes, box: Box | None) -> None:
    assert box_of(geometry_blob(wkb, None)) == box


@pytest.mark.parametrize(
    "blob", [None, 7, b"", b"GP", b"XX\0\1\0\0\0\0", geometry_blob(square(1, 2, 3)[:40], None)]
)
def test_what_is_no_geometry_has_no_box(blob: object) -> None:
    assert box_of(blob) is None


def test_envelope_with_heights_as_other_programs_write_it() -> None:
    header = struct.pack("<2sBBi6d", b"GP", 0, 0b101, 4326, 1, 4, 2, 5, 0, 9)
    assert box_of(header + square(1, 2, 3)) == (1, 2, 4, 5)
