"""Files from an unknown hand: only InputError, nothing written beside them, nothing on stderr."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from hpviewer.errors import InputError
from hpviewer.importing.boundaries.boundary_file import read_features
from hpviewer.importing.boundaries.reader import read_boundaries
from tests.helpers import boundary_files as files
from tests.helpers.gazetteer import index, resolver

KINDS = ("geojson", "gpkg", "kml", "shp", "zip")


@lru_cache
def sample(kind: str) -> bytes:
    geometry, columns = files.towns()
    geometry, columns = geometry[:3], {name: values[:3] for name, values in columns.items()}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if kind == "geojson":
            return files.write_geojson(folder / "a.geojson", geometry, columns).read_bytes()
        if kind == "gpkg":
            return files.write_gdal(folder / "a.gpkg", "GPKG", geometry, columns, "EPSG:4490").read_bytes()
        if kind == "kml":
            return files.write_gdal(
                folder / "a.kml", "LIBKML", geometry, {"Name": columns["名称"]}, "EPSG:4326"
            ).read_bytes()
        parts = files.shapefile(folder, geometry, columns, "EPSG:4490")
        return (
            files.zip_of({part.name: part.read_bytes() for part in parts})
            if kind == "zip"
            else parts[0].read_bytes()
        )


def try_reading(folder: Path, name: str, data: bytes) -> None:
    source = folder / name
    source.write_bytes(data)
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    refusals: list[InputError] = []
    try:
        read_boundaries(source, resolver(), index(), files.known_shapes())
    except InputError as refused:
        refusals.append(refused)
    assert all(refused.message and refused.next_step for refused in refusals)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


@pytest.fixture
def quiet(capfd: pytest.CaptureFixture[str]) -> Iterator[None]:
    yield
    out, err = capfd.readouterr()
    assert (out, err) == ("", "")


FUZZ = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FUZZ
@given(data=st.binary(max_size=200), kind=st.sampled_from(KINDS))
@example(data=b"", kind="shp")
@example(data=b"SQLite format 3\0" + b"\0" * 100, kind="gpkg")
@example(data=b"\x00\x00\x27\x0a" + b"\0" * 96, kind="shp")
@example(data=b'{"type":"FeatureCollection","features":[]}', kind="geojson")
@example(data=b"<kml></kml>", kind="kml")
def test_any_bytes(data: bytes, kind: str, tmp_path: Path, quiet: None) -> None:
    try_reading(tmp_path, f"a.{kind}", data)


@FUZZ
@given(
    kind=st.sampled_from(KINDS),
    edits=st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=8)), min_size=1, max_size=6),
    cut=st.one_of(st.none(), st.floats(0, 1)),
)
def test_mutated_files(
    kind: str, edits: list[tuple[float, bytes]], cut: float | None, tmp_path: Path, quiet: None
) -> None:
    data = bytearray(sample(kind))
    for where, piece in edits:
        at = int(where * (len(data) - 1))
        data[at : at + len(piece)] = piece
    try_reading(tmp_path, f"a.{kind}", bytes(data[: int(cut * len(data))] if cut is not None else data))


@FUZZ
@given(
    part=st.sampled_from((".dbf", ".shx", ".prj", ".cpg", ".shp")),
    data=st.binary(max_size=300),
    keep=st.floats(0, 1),
)
def test_zipped_shapefile_with_a_broken_part(
    part: str, data: bytes, keep: float, tmp_path: Path, quiet: None
) -> None:
    with zipfile.ZipFile(io.BytesIO(sample("zip"))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    whole = members[f"layer{part}"]
    members[f"layer{part}"] = whole[: int(keep * len(whole))] + data
    try_reading(tmp_path, "a.zip", files.zip_of(members))


def test_names_in_an_archive_are_never_paths(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(sample("zip"))) as archive:
        members = {f"../../{name}": archive.read(name) for name in archive.namelist()}
    folder = tmp_path / "inner" / "deep"
    folder.mkdir(parents=True)
    (folder / "a.zip").write_bytes(files.zip_of(members))
    assert len(read_features(folder / "a.zip")) == 3
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["a.zip"]


@pytest.mark.parametrize("name", ["a.geojson", "a.shp", "a.gpkg", "a.kml", "a.vrt"])
def test_a_virtual_source_is_not_opened(name: str, tmp_path: Path) -> None:
    other = files.write_geojson(tmp_path / "other.geojson", *files.towns())
    text = f'<OGRVRTDataSource><OGRVRTLayer name="other"><SrcDataSource>{other}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>'
    (tmp_path / name).write_text(text)
    with pytest.raises(InputError):
        read_features(tmp_path / name)


def test_a_coordinate_system_that_is_a_link_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket

    def refused(*arguments: object) -> None:
        raise AssertionError("network")

    monkeypatch.setattr(socket.socket, "connect", refused)
    link = {"type": "link", "properties": {"href": "http://192.0.2.1/crs", "type": "esriwkt"}}
    source = files.write_geojson(tmp_path / "a.geojson", *files.towns(), crs=link)
    assert read_features(source).crs is None


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE kml [<!ENTITY a "aaaa">]><kml xmlns="http://www.opengis.net/kml/2.2"/>',
        '<?xml version="1.0"?><!DOCTYPE kml SYSTEM "file:///etc/passwd"><kml/>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_external_entities(text: str, encoding: str, tmp_path: Path) -> None:
    (tmp_path / "a.kml").write_bytes(text.encode(encoding))
    with pytest.raises(InputError, match="外部定义"):
        read_features(tmp_path / "a.kml")


def test_views_and_foreign_tables_are_not_opened(tmp_path: Path) -> None:
    whole = sample("gpkg")
    for statement in (
        b"CREATE VIEW gpkg_contents AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c) SELECT x FROM c",
        b"create /* x */ temp  VIEW a AS SELECT 1",
        b"CREATE VIRTUAL TABLE a USING VirtualOGR('/vsicurl/x')",
    ):
        (tmp_path / "a.gpkg").write_bytes(whole + b"\0" * 50 + statement)
        with pytest.raises(InputError, match="视图"):
            read_features(tmp_path / "a.gpkg")
    (tmp_path / "a.gpkg").write_bytes(whole)
    assert len(read_features(tmp_path / "a.gpkg")) == 3


def test_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from hpviewer.importing.boundaries import gdal_file, geojson_file

    for module in (gdal_file, geojson_file):
        monkeypatch.setattr(module, "MOST_FEATURES", 2)
    for kind in ("geojson", "gpkg", "kml", "zip"):
        (tmp_path / f"a.{kind}").write_bytes(sample(kind))
        with pytest.raises(InputError, match="超过 2 个"):
            read_features(tmp_path / f"a.{kind}")
    for module in (gdal_file, geojson_file):
        monkeypatch.setattr(module, "MOST_FEATURES", 100)
        monkeypatch.setattr(module, "MOST_VERTICES", 10)
    for kind in ("geojson", "gpkg", "kml", "zip"):
        with pytest.raises(InputError, match="顶点超过 10 个"):
            read_features(tmp_path / f"a.{kind}")


def test_a_bomb_is_measured_before_it_is_unpacked(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(files.zip_of({"a.shp": b"\0" * 50_000_000}))
    with pytest.raises(InputError, match="压缩比"):
        read_features(tmp_path / "a.zip")


def test_deep_nesting(tmp_path: Path, quiet: None) -> None:
    for depth in (30, 100_000):
        inner = '{"type":"GeometryCollection","geometries":[' * depth + "]}" * depth
        brackets = '{"type":"Polygon","coordinates":' + "[" * depth + "]" * depth + "}"
        for geometry in (inner, brackets):
            document = (
                f'{{"type":"FeatureCollection","features":[{{"type":"Feature","geometry":{geometry}}}]}}'
            )
            try_reading(tmp_path, "a.geojson", document.encode())
        try_reading(tmp_path, "b.geojson", ('{"a":' * depth + "1" + "}" * depth).encode())
        folders = "<Folder>" * depth + "</Folder>" * depth
        try_reading(
            tmp_path, "a.kml", f'<kml xmlns="http://www.opengis.net/kml/2.2">{folders}</kml>'.encode()
        )


def test_a_part_of_a_shapefile_alone(tmp_path: Path) -> None:
    geometry, columns = files.towns()
    parts = files.shapefile(tmp_path, geometry, columns, "EPSG:4490")
    with pytest.raises(InputError, match="附属文件"):
        read_features(parts[0].with_suffix(".dbf"))
    with pytest.raises(InputError, match="没有找到"):
        read_features(tmp_path / "missing.shp")
    with pytest.raises(InputError, match="文件夹"):
        read_features(tmp_path)


def test_json_that_is_no_geojson(tmp_path: Path) -> None:
    for content in ({"type": "Topology"}, {"features": 7}, [], {}):
        (tmp_path / "a.json").write_text(json.dumps(content))
        with pytest.raises(InputError):
            read_features(tmp_path / "a.json")
