"""The file itself: a GeoPackage, the same every time, checked, backed up, and refused in sentences."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from hpviewer.catalogue.backup import back_up
from hpviewer.catalogue.check import check_catalogue
from hpviewer.catalogue.reader import Reader
from hpviewer.errors import CatalogueError, InputError
from hpviewer.paths import data
from hpviewer.session.bundle import compile_catalogue
from tests.helpers.catalogue import bundled_catalogue


def problems(path: Path) -> dict[str, tuple[str, ...]]:
    return {result.name: result.problems for result in check_catalogue(path) if result.problems}


def test_building_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    first = compile_catalogue(data(), tmp_path / "a.gpkg")
    assert first.read_bytes() == bundled_catalogue(tmp_path).read_bytes()


def test_layers_open_in_gdal(tmp_path: Path) -> None:
    pyogrio = pytest.importorskip("pyogrio")
    path = bundled_catalogue(tmp_path)
    layers = dict(pyogrio.list_layers(path))
    assert layers["towns"] == layers["communities"] == "MultiPolygon"
    assert {"projects", "records", "record_places", "place_names", "policies"} <= set(layers)
    towns = pyogrio.read_info(path, layer="towns")
    assert towns["features"] == 17
    assert towns["crs"] == "EPSG:4326"
    west, south, east, north = towns["total_bounds"]
    assert 113.38 < west < east < 113.62
    assert 23.02 < south < north < 23.45
    assert pyogrio.read_info(path, layer="communities")["features"] == 167


def test_the_bundled_catalogue_passes_its_check(tmp_path: Path) -> None:
    assert problems(bundled_catalogue(tmp_path)) == {}


@pytest.mark.parametrize(
    ("damage", "check"),
    [
        ("UPDATE towns SET geom = NULL WHERE code = '440112006'", "places"),
        ("DELETE FROM place_names WHERE code = '440112006003'", "places"),
        ("UPDATE record_places SET code = '999' WHERE fid = 1", "records"),
        ("UPDATE records SET year = 1999 WHERE id = 'hp-2023-33'", "records"),
        ("DELETE FROM records_text WHERE rowid = 3", "text"),
        ("UPDATE map_layers SET content = 'x' WHERE name = 'start'", "layers"),
        ("PRAGMA application_id = 1", "geopackage"),
    ],
)
def test_each_check_can_fail(tmp_path: Path, damage: str, check: str) -> None:
    path = bundled_catalogue(tmp_path)
    with apsw.Connection(str(path)) as connection:
        connection.execute(damage)
    connection.close()
    assert set(problems(path)) == {check}


def test_backup_is_a_whole_copy_and_never_overwrites(tmp_path: Path) -> None:
    source, target = bundled_catalogue(tmp_path), tmp_path / "copies" / "b.gpkg"
    back_up(source, target)
    assert problems(target) == {}
    with pytest.raises(InputError, match=r"b\.gpkg"):
        back_up(source, target)
    assert [path.name for path in target.parent.iterdir()] == ["b.gpkg"]


def test_files_that_are_no_catalogue(tmp_path: Path) -> None:
    text = tmp_path / "notes.gpkg"
    text.write_text("not a database, but long enough to be read as one " * 40)
    empty = tmp_path / "empty.gpkg"
    empty.touch()
    for path in (tmp_path / "absent.gpkg", text, empty):
        with pytest.raises(CatalogueError, match=path.name) as caught:
            Reader(path)
        assert caught.value.next_step


def test_a_file_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    path = bundled_catalogue(tmp_path)
    with apsw.Connection(str(path)) as connection:
        connection.execute("UPDATE hpviewer_meta SET value = '999' WHERE key = 'schema_version'")
    connection.close()
    with pytest.raises(CatalogueError, match="更新版本"):
        Reader(path)


def test_reading_leaves_nothing_beside_the_file(tmp_path: Path) -> None:
    path = bundled_catalogue(tmp_path)
    path.chmod(0o444)
    reader = Reader(path)
    assert reader.info().records == 25
    reader.close()
    assert [other.name for other in tmp_path.iterdir()] == [path.name]


def test_a_failed_build_leaves_the_old_file(tmp_path: Path) -> None:
    import shutil

    facts = tmp_path / "data"
    shutil.copytree(data(), facts)
    records = facts / "records.csv"
    records.write_text(
        records.read_text(encoding="utf-8").replace("文冲街道", "无此街道", 1), encoding="utf-8"
    )
    out = bundled_catalogue(tmp_path)
    before = out.read_bytes()
    with pytest.raises(InputError, match=r"records\.csv"):
        compile_catalogue(facts, out)
    assert out.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["catalogue.gpkg", "data"]
