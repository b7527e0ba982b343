"""The same towns as every kind of file: the same shapes come out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely

from hpviewer.errors import CancelledError, InputError
from hpviewer.importing.boundaries.reading import BoundaryLevel, MatchedBy
from tests.helpers import boundary_files as files


def written(kind: str, folder: Path) -> Path:
    geometry, columns = files.towns()
    if kind == "geojson":
        return files.write_geojson(folder / "towns.geojson", geometry, columns)
    if kind == "geojson_gb18030":
        return files.write_geojson(folder / "towns.json", geometry, columns, encoding="gb18030")
    if kind == "geojson_crs":
        named = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4547"}}
        return files.write_geojson(
            folder / "towns.geojson", files.projected(geometry, "EPSG:4547"), columns, named
        )
    if kind == "gpkg":
        return files.write_gdal(folder / "towns.gpkg", "GPKG", geometry, columns, "EPSG:4490")
    if kind in ("kml", "kmz"):
        kml = files.write_gdal(
            folder / "towns.kml", "LIBKML", geometry, {"Name": columns["名称"]}, "EPSG:4326"
        )
        return kml if kind == "kml" else files.zipped(folder / "towns.kmz", [kml], ["doc.kml"])
    parts = files.shapefile(folder, files.projected(geometry, "EPSG:4547"), columns, "EPSG:4547", "GBK")
    if kind == "shp_without_shx_and_cpg":
        parts[0].with_suffix(".shx").unlink()
        parts[0].with_suffix(".cpg").unlink()
    if kind == "shp_upper_case":
        for part in parts:
            part.rename(part.with_name(part.name.upper()))
        return parts[0].with_name(parts[0].name.upper())
    if kind == "zip":
        return files.zipped(folder / "towns.zip", parts)
    if kind == "zip_with_folders":
        return files.zipped(folder / "towns.zip", parts, [f"界线/2024/{part.name.upper()}" for part in parts])
    return parts[0]


@pytest.mark.parametrize(
    "kind",
    [
        "geojson", "geojson_gb18030", "geojson_crs", "gpkg", "kml", "kmz", "shp", "shp_without_shx_and_cpg",
        "shp_upper_case", "zip", "zip_with_folders",
    ],
)  # fmt: skip
def test_every_kind_gives_the_towns(kind: str, tmp_path: Path, read) -> None:
    source = written(kind, tmp_path)
    before = sorted(tmp_path.iterdir())
    reading = read(source)
    assert reading.suggested_level is BoundaryLevel.TOWNS
    assert not reading.rejections
    assert not reading.asks_offset
    expected = files.schematic().towns
    assert [one.code for one in reading.shapes] == [one.code for one in expected]
    for found, shape in zip(reading.shapes, expected, strict=True):
        area, wanted = shapely.from_wkb(found.shape.wkb), shapely.from_wkb(shape.wkb)
        assert area.geom_type == "MultiPolygon"
        assert shapely.hausdorff_distance(area, wanted) < 1e-7
        assert found.shape.bbox == pytest.approx(shape.bbox, abs=1e-7)
        # The label's circle is found to 20 m only: it is the middle of a wide part, not always the same one.
        label = shapely.Point(found.shape.label_lon, found.shape.label_lat)
        assert area.contains(label)
    assert sorted(tmp_path.iterdir()) == before


def test_label_point_is_that_of_the_schematic_shapes(tmp_path: Path, read) -> None:
    reading = read(written("geojson", tmp_path))
    assert [one.shape for one in reading.shapes] == list(files.schematic().towns)


def test_areas_are_geodesic(tmp_path: Path, read) -> None:
    """A square kilometre of the Gauss-Krüger plane near its meridian is one on the ellipsoid to 1e-5."""
    square = shapely.box(449_000, 2_560_000, 450_000, 2_561_000)
    hole = shapely.difference(square, shapely.box(449_100, 2_560_100, 449_600, 2_560_600))
    named = {"type": "name", "properties": {"name": "EPSG:4547"}}
    source = files.write_geojson(
        tmp_path / "a.geojson", np.array([square, hole]), {"项目名称": ["甲", "乙"]}, named
    )
    reading = read(source)
    assert reading.level is BoundaryLevel.PROJECTS
    # The plane's scale there is 1 + (51 km / 6378 km)^2 / 2.
    assert [one.area_ha for one in reading.areas] == pytest.approx([100.0, 75.0], rel=1e-4)
    assert [(one.name, round(one.area_ha), one.rows) for one in reading.projects] == [
        ("甲", 100, (1,)),
        ("乙", 75, (2,)),
    ]


def test_codes_kept_as_numbers_and_names_alone(tmp_path: Path, read) -> None:
    geometry, columns = files.communities()
    codes = {"XZQDM": [float(code) for code in columns["代码"]]}
    by_code = read(files.write_geojson(tmp_path / "codes.geojson", geometry, codes))
    assert {one.by for one in by_code.shapes} == {MatchedBy.CODE}
    assert len(by_code.shapes) == len(geometry)
    by_name = read(files.write_geojson(tmp_path / "names.geojson", geometry, {"村社区": columns["村社区"]}))
    assert {one.by for one in by_name.shapes} == {MatchedBy.NAME}
    assert [one.code for one in by_name.shapes] == columns["代码"]
    assert {one.value for one in by_name.warnings} == {"金碧社区"}


def test_geopackage_layers(tmp_path: Path, read) -> None:
    geometry, columns = files.communities()
    towns, town_columns = files.towns()
    path = files.write_gdal(tmp_path / "a.gpkg", "GPKG", geometry, columns, "EPSG:4490", layer="社区")
    files.write_gdal(path, "GPKG", towns, town_columns, "EPSG:4490", layer="街镇", append=True)
    reading = read(path)
    assert (reading.layer, reading.level) == ("社区", BoundaryLevel.COMMUNITIES)
    assert "街镇" in reading.notes[0]
    assert read(path, layer="街镇").level is BoundaryLevel.TOWNS
    with pytest.raises(InputError, match="社区、街镇"):
        read(path, layer="没有")


def test_several_shapefiles_in_one_zip_are_not_guessed(tmp_path: Path, read) -> None:
    geometry, columns = files.towns()
    parts = files.shapefile(tmp_path, geometry, columns, "EPSG:4490")
    names = [f"{stem}{part.suffix}" for stem in ("one", "two") for part in parts]
    source = files.zipped(tmp_path / "a.zip", [*parts, *parts], names)
    with pytest.raises(InputError, match="one、two"):
        read(source)
    assert read(source, layer="two").layer == "two"


def test_cancelled(tmp_path: Path, read) -> None:
    source = written("geojson", tmp_path)
    seen: list[tuple[int, int]] = []
    read(source, progress=lambda done, total: seen.append((done, total)))
    assert seen == sorted(seen)
    for stop in range(len(seen)):
        left = iter([True] * stop + [False] * 10)
        with pytest.raises(CancelledError):
            read(source, wanted=lambda left=left: next(left))


@pytest.mark.parametrize(
    ("column", "value", "found"),
    [
        ("备注", "底图审图号：粤S（2023）123号", "粤S（2023）123号"),
        ("审图号", "GS京 (2022) 1061 号", "GS京(2022)1061号"),
        ("审图号", "待送审", "待送审"),
        ("备注", "第(2023)12号楼", ""),
    ],
)
def test_map_approval_number(column: str, value: str, found: str, tmp_path: Path, read) -> None:
    geometry, columns = files.towns()
    columns = {**columns, column: [value] * len(geometry)}
    source = files.write_geojson(tmp_path / "a.geojson", geometry, columns)
    assert read(source).map_approval == found
    assert read(source, map_approval="粤S(2024)1号").map_approval == "粤S(2024)1号"
