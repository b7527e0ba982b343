"""Coordinate systems: declared, asked for, swapped; and the shifted coordinates of web maps."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyproj
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from hpviewer.errors import InputError
from hpviewer.importing.boundaries import bd09
from hpviewer.importing.boundaries.areas import metres
from hpviewer.importing.boundaries.gcj02 import restored, shifted
from hpviewer.importing.boundaries.offset import measure_offset
from hpviewer.importing.boundaries.reading import Sureness
from hpviewer.importing.boundaries.web_system import WebSystem
from tests.helpers import boundary_files as files

SYSTEMS = (
    "EPSG:4490",
    "EPSG:4547",
    "EPSG:4526",
    "EPSG:4546",
    "EPSG:4548",
    "EPSG:4525",
    "EPSG:4527",
    "EPSG:3857",
)


@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize("crs", SYSTEMS)
def test_undeclared_system_is_asked_for_and_the_right_one_stands_first(
    crs: str, swapped: bool, tmp_path: Path, read
) -> None:
    geometry, columns = files.towns()
    parts = files.shapefile(tmp_path, files.projected(geometry, crs, swapped), columns, None)
    question = read(parts[0]).needs_crs
    assert question is not None
    assert (question.candidates[0].crs, question.candidates[0].swapped) == (crs, swapped)
    reading = read(parts[0], crs=crs)
    assert (reading.needs_crs, reading.crs, reading.swapped) == (None, crs, swapped)
    assert len(reading.shapes) == len(geometry)
    wanted = shapely.from_wkb(files.schematic().towns[0].wkb)
    assert shapely.hausdorff_distance(shapely.from_wkb(reading.shapes[0].shape.wkb), wanted) < 1e-7
    assert bool(reading.notes) is swapped


def test_a_declared_system_that_does_not_fit_is_not_believed(tmp_path: Path, read) -> None:
    geometry, columns = files.towns()
    source = files.write_geojson(tmp_path / "a.geojson", files.projected(geometry, "EPSG:4547"), columns)
    question = read(source).needs_crs
    assert question is not None
    assert [one.crs for one in question.candidates] == ["EPSG:4547"]
    assert read(source, crs="4547").crs == "EPSG:4547"
    assert read(source, crs="EPSG:4526").needs_crs is not None


def test_a_system_by_its_text(tmp_path: Path, read) -> None:
    """ArcGIS writes no code, only names of its own."""
    geometry, columns = files.towns()
    parts = files.shapefile(tmp_path, files.projected(geometry, "EPSG:4547"), columns, None)
    parts[0].with_suffix(".prj").write_text(
        'PROJCS["CGCS2000_3_Degree_GK_CM_114E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",'
        'DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],'
        'UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],'
        'PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",114.0],PARAMETER["Scale_Factor",1.0],'
        'PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
    )
    reading = read(parts[0])
    assert reading.crs == "EPSG:4547"
    assert len(reading.shapes) == len(geometry)


@pytest.mark.parametrize(
    ("crs", "message"),
    [
        ("EPSG:2383", "参数不公开"),
        ("EPSG:4214", "参数不公开"),
        ("EPSG:999999", "不认识"),
        ("+proj=nonsense", "不认识"),
    ],
)
def test_systems_that_are_refused(crs: str, message: str, tmp_path: Path, read) -> None:
    geometry, columns = files.towns()
    source = files.write_geojson(tmp_path / "a.geojson", geometry, columns)
    with pytest.raises(InputError, match=message):
        read(source, crs=crs)


def test_elsewhere_is_refused(tmp_path: Path, read) -> None:
    source = files.write_geojson(
        tmp_path / "a.geojson", np.array([shapely.box(116.3, 39.9, 116.4, 40.0)]), {}
    )
    with pytest.raises(InputError, match="不在黄埔区附近"):
        read(source)


@given(st.floats(73, 135), st.floats(4, 53))
def test_the_shift_can_be_taken_back(lon: float, lat: float) -> None:
    here = np.array([lon]), np.array([lat])
    there = restored(*shifted(*here))
    east, north = metres(there[0] - lon, there[1] - lat, lat)
    assert np.hypot(east, north) < 0.01


def test_the_shift_at_a_known_point() -> None:
    """The pair that implementations are compared by: Tiananmen."""
    there = shifted(np.array([116.404]), np.array([39.915]))
    assert (there[0][0], there[1][0]) == pytest.approx((116.41024449916938, 39.91640428150164), abs=1e-9)


@given(st.floats(113.38, 113.61), st.floats(23.03, 23.44))
def test_the_shift_in_the_district(lon: float, lat: float) -> None:
    """DOMAIN.md 6 has 611 to 627 m; its rectangle has 604 to 632 m, always to the south-east."""
    there = shifted(np.array([lon]), np.array([lat]))
    azimuth, _, distance = pyproj.Geod(ellps="WGS84").inv(lon, lat, there[0][0], there[1][0])
    assert 604 <= distance <= 632
    assert 110 <= azimuth <= 125


def test_nothing_is_shifted_outside_china() -> None:
    lon, lat = np.array([2.35, 139.7]), np.array([48.85, 35.7])
    assert np.array_equal(np.stack(shifted(lon, lat)), np.stack((lon, lat)))


def test_the_baidu_shift_at_a_known_point() -> None:
    """The pair that implementations are compared by, from GCJ-02."""
    there = bd09.from_gcj02(np.array([116.404]), np.array([39.915]))
    assert (there[0][0], there[1][0]) == pytest.approx((116.41036949371029, 39.92133699351021), abs=1e-9)


@given(st.floats(113.38, 113.61), st.floats(23.03, 23.44))
def test_the_baidu_shift_in_the_district_and_back(lon: float, lat: float) -> None:
    there = bd09.shifted(np.array([lon]), np.array([lat]))
    azimuth, _, distance = pyproj.Geod(ellps="WGS84").inv(lon, lat, there[0][0], there[1][0])
    assert 1150 <= distance <= 1400
    assert 60 <= azimuth <= 85
    back = bd09.restored(*there)
    east, north = metres(back[0] - lon, back[1] - lat, lat)
    assert np.hypot(east, north) < 0.001


@pytest.mark.parametrize(
    ("system", "words"),
    [(WebSystem.GCJ02, "网络地图坐标（GCJ-02）"), (WebSystem.BD09, "百度地图坐标（BD-09）")],
)
def test_web_coordinates_are_converted_on_confirmation_only(
    system: WebSystem, words: str, tmp_path: Path, read
) -> None:
    geometry, columns = files.communities()
    source = files.write_geojson(tmp_path / "a.geojson", files.moved(geometry, system.shifted), columns)
    asked = read(source)
    assert asked.asks_offset
    assert asked.offset.system is system
    assert f"很可能是{words}" in asked.offset.sentence
    assert asked.offset.sureness is Sureness.HIGH
    assert (asked.offset.east_m, asked.offset.north_m) == pytest.approx(
        (asked.offset.expected_east_m, asked.offset.expected_north_m), abs=3
    )
    refused = read(source, offset_confirmed=False)
    assert not refused.asks_offset
    assert [one.shape for one in refused.shapes] == [one.shape for one in asked.shapes]
    if system is WebSystem.GCJ02:
        assert read(source, offset_confirmed=True) == read(source, offset_confirmed=system)
    converted = read(source, offset_confirmed=system)
    assert converted.converted
    assert not converted.asks_offset
    for found, shape in zip(converted.shapes, files.schematic().communities, strict=True):
        distance = shapely.hausdorff_distance(shapely.from_wkb(found.shape.wkb), shapely.from_wkb(shape.wkb))
        assert distance * 111_000 < 0.01


@pytest.mark.parametrize("system", [None, *WebSystem])
@pytest.mark.parametrize("seed", range(5))
def test_the_shift_is_told_from_the_errors_of_schematic_shapes(
    seed: int, system: WebSystem | None, tmp_path: Path, read
) -> None:
    """Each community lies somewhere else than shown, by 800 m in any direction: only the common part counts."""
    geometry, columns = files.communities()
    random = np.random.default_rng(seed)
    steps = random.normal(0, 0.0055, (len(geometry), 2))
    true = np.array([
        shapely.transform(one, lambda xy, step=step: xy + step) for one, step in zip(geometry, steps, strict=True)
    ])  # fmt: skip
    source = files.write_geojson(
        tmp_path / "a.geojson", files.moved(true, system.shifted) if system else true, columns
    )
    reading = read(source)
    assert reading.offset.likely is (system is not None)
    assert system in (None, reading.offset.system)
    assert reading.offset.error_m > 30


def test_few_places_with_large_errors_prove_nothing() -> None:
    """Four communities, each 800 m off in any direction: now and then they happen to lie as GCJ-02 would have them,
    but it must never be called sure."""
    geometry, _ = files.communities()
    random = np.random.default_rng(1)
    likely = 0
    for start in range(60):
        chosen = geometry[start : start + 4]
        here = [shapely.transform(one, lambda xy: xy + random.normal(0, 0.0055, 2)) for one in chosen]
        finding = measure_offset(here, list(chosen))
        assert finding is not None
        assert finding.sureness is not Sureness.HIGH
        likely += finding.likely
    assert likely <= 3


def test_a_file_that_names_a_web_map(tmp_path: Path, read) -> None:
    areas = np.array([shapely.box(113.45, 23.15, 113.46, 23.16)])
    source = files.write_geojson(tmp_path / "高德导出.geojson", areas, {"项目名称": ["甲"]})
    reading = read(source)
    assert reading.asks_offset
    assert (reading.offset.pairs, reading.offset.system) == (0, WebSystem.GCJ02)
    baidu = read(files.write_geojson(tmp_path / "百度导出.geojson", areas, {"项目名称": ["甲"]}))
    assert (baidu.asks_offset, baidu.offset.system) == (True, WebSystem.BD09)
    plain = read(files.write_geojson(tmp_path / "a.geojson", areas, {"项目名称": ["甲"]}))
    assert not plain.asks_offset
    assert any("无法判断" in note for note in plain.notes)
