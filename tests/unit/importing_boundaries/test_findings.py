"""What is wrong with a layer: geometry, neighbours, names and codes."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import shapely

from hpviewer.importing.boundaries.dbf_text import RAW, decoded, encoding_of
from hpviewer.importing.boundaries.reading import BoundaryLevel, MatchedBy, SeamKind
from tests.helpers import boundary_files as files
from tests.helpers.gazetteer import code_of


def test_broken_geometry_is_repaired_and_reported(tmp_path: Path, read) -> None:
    bow = shapely.Polygon([(113.45, 23.15), (113.46, 23.16), (113.46, 23.15), (113.45, 23.16)])
    hole_outside = shapely.Polygon(
        [(113.40, 23.10), (113.41, 23.10), (113.41, 23.11), (113.40, 23.11)],
        [[(113.45, 23.10), (113.46, 23.10), (113.46, 23.11)]],
    )
    source = files.write_geojson(
        tmp_path / "a.geojson", np.array([bow, hole_outside]), {"项目名称": ["甲", "乙"]}
    )
    reading = read(source)
    assert [one.row for one in reading.repairs] == [1, 2]
    assert "自相交" in reading.repairs[0].sentence
    assert all(shapely.is_valid(shapely.from_wkb(one.wkb)) for one in reading.projects)
    assert reading.projects[0].area_ha == pytest.approx(56.6, abs=0.5)


def test_what_is_no_polygon_is_rejected_with_its_row(tmp_path: Path, read) -> None:
    good = shapely.box(113.45, 23.15, 113.46, 23.16)
    geometry = np.array([
        shapely.Point(113.45, 23.15), good, shapely.LineString([(113.4, 23.1), (113.5, 23.2)]), None,
        shapely.Polygon([(113.4, 23.1), (113.41, 23.1), (113.42, 23.1)]), shapely.box(120, 30, 121, 31),
        shapely.GeometryCollection([shapely.Point(113.45, 23.15), shapely.box(113.5, 23.2, 113.51, 23.21)]),
    ], dtype=object)  # fmt: skip
    source = files.write_geojson(tmp_path / "a.geojson", geometry, {"项目名称": list("甲乙丙丁戊己庚")})
    reading = read(source)
    assert reading.read == 7
    assert [(one.row, one.problem) for one in reading.rejections] == [
        (1, "是点，不是面。"), (3, "是线，不是面。"), (4, "没有图形。"), (5, "修复后没有剩下面积。"), (6, "不在黄埔区附近。"),
    ]  # fmt: skip
    assert [one.name for one in reading.projects] == ["乙", "庚"]
    assert [one.row for one in reading.repairs] == [5, 7]


def test_unreadable_geometry_rejects_its_row_only(tmp_path: Path, read) -> None:
    good = json.loads(shapely.to_geojson(shapely.box(113.45, 23.15, 113.46, 23.16)))
    bad = [{"type": "Polygon", "coordinates": [[[113.4]]]}, {"type": "Sphere"}, {"type": "Polygon"}, 7, "x"]
    document = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {"项目名称": f"项目{at}"}, "geometry": one}
            for at, one in enumerate([*bad, good])
        ],
    }
    source = tmp_path / "a.geojson"
    source.write_text(json.dumps(document), encoding="utf-8")
    reading = read(source)
    assert [one.name for one in reading.projects] == ["项目5"]
    assert [one.row for one in reading.rejections] == [1, 2, 3, 4, 5]


def test_overlaps_and_gaps_between_neighbours(tmp_path: Path, read) -> None:
    geometry, columns = files.towns()
    clean = read(files.write_geojson(tmp_path / "a.geojson", geometry, columns))
    assert clean.seams == ()
    grown = geometry.copy()
    # Grown only inside the district, about 10 m.
    grown[3] = shapely.intersection(shapely.buffer(grown[3], 0.0001), shapely.union_all(geometry))
    seams = read(files.write_geojson(tmp_path / "b.geojson", grown, columns)).seams
    assert seams
    assert {one.kind for one in seams} == {SeamKind.OVERLAP}
    assert all(4 in (one.row, one.other) for one in seams)
    expected = shapely.area(grown[3]) - shapely.area(geometry[3])
    assert sum(one.area_ha for one in seams) == pytest.approx(expected * 1.138e6, rel=0.02)


def test_a_narrow_gap_between_neighbours(tmp_path: Path, read) -> None:
    west, east, middle = (113.40, 113.44, 113.42)
    left = [
        (west, 23.10),
        (middle, 23.10),
        (middle, 23.105),
        (113.4201, 23.11),
        (middle, 23.115),
        (middle, 23.12),
        (west, 23.12),
    ]
    right = [
        (middle, 23.10),
        (east, 23.10),
        (east, 23.12),
        (middle, 23.12),
        (middle, 23.115),
        (113.4203, 23.11),
        (middle, 23.105),
    ]
    shapes = np.array([shapely.Polygon(left), shapely.Polygon(right)])
    source = files.write_geojson(tmp_path / "a.geojson", shapes, {"社区": ["文冲社区", "南岗社区"]})
    reading = read(source, as_="communities")
    assert [one.kind for one in reading.seams] == [SeamKind.GAP]
    # Two thin triangles: 0.01 degrees long, 0.0002 wide in the middle.
    assert reading.seams[0].area_ha == pytest.approx(0.01 * 0.0002 / 2 * 1.138e6, rel=0.02)


def test_codes_and_names_that_contradict_are_left_to_a_person(tmp_path: Path, read) -> None:
    geometry, columns = files.towns()
    names, codes = list(columns["名称"]), list(columns["代码"])
    wenchong = names.index("文冲街道")
    codes[wenchong] = code_of("红山街道")
    codes[names.index("长岭街道")] = "440112999"
    reading = read(files.write_geojson(tmp_path / "a.geojson", geometry, {"代码": codes, "名称": names}))
    rejected = [(one.row, one.field, one.value) for one in reading.rejections]
    assert rejected == [(wenchong + 1, "代码", code_of("红山街道"))]
    assert "文冲" in reading.rejections[0].problem
    assert "红山街道" in reading.rejections[0].problem
    assert len(reading.shapes) == len(geometry) - 1
    assert [one.value for one in reading.warnings] == ["440112999"]


def test_unknown_names_are_listed_with_a_suggestion(tmp_path: Path, read) -> None:
    geometry, columns = files.towns()
    names = [
        "文中街道" if name == "文冲街道" else "花果山镇" if name == "新龙镇" else name
        for name in columns["名称"]
    ]
    reading = read(files.write_geojson(tmp_path / "a.geojson", geometry, {"名称": names}))
    problems = {one.value: one.problem for one in reading.rejections}
    assert set(problems) == {"文中街道", "花果山镇"}
    assert "文冲街道" in problems["文中街道"]
    assert "新龙镇" in problems["花果山镇"]


def test_a_former_town_joins_the_present_one(tmp_path: Path, read) -> None:
    geometry, columns = files.towns()
    at = columns["名称"].index("云埔街道")
    west, south, east, north = shapely.bounds(geometry[at])
    middle = (west + east) / 2
    halves = [
        shapely.intersection(geometry[at], shapely.box(west, south, middle, north)),
        shapely.intersection(geometry[at], shapely.box(middle, south, east, north)),
    ]
    rest = [one for i, one in enumerate(geometry) if i != at]
    names = [one for one in columns["名称"] if one != "云埔街道"]
    source = files.write_geojson(
        tmp_path / "a.geojson", np.array([*rest, *halves]), {"街道": [*names, "东区街道", "荔联街道"]}
    )
    reading = read(source)
    (placed,) = (one for one in reading.shapes if one.code == code_of("云埔街道"))
    assert placed.rows == (17, 18)
    difference = shapely.symmetric_difference(shapely.from_wkb(placed.shape.wkb), geometry[at])
    assert shapely.area(difference) * 1.138e6 < 0.001
    assert any("2 个图形合并" in one.problem for one in reading.warnings)


def test_the_town_column_decides_between_two_of_one_name(tmp_path: Path, read) -> None:
    geometry, columns = files.communities()
    by_code = {
        one.code: name for one, name in zip(files.schematic().towns, files.towns()[1]["名称"], strict=True)
    }
    towns = [by_code[code[:9]] for code in columns["代码"]]
    source = files.write_geojson(
        tmp_path / "a.geojson", geometry, {"所属街镇": towns, "名称": columns["村社区"]}
    )
    reading = read(source, known={})
    assert reading.level is BoundaryLevel.COMMUNITIES
    assert [one.code for one in reading.shapes] == columns["代码"]
    assert reading.offset is None
    blind = read(files.write_geojson(tmp_path / "b.geojson", geometry, {"名称": columns["村社区"]}), known={})
    assert [one.value for one in blind.rejections] == ["金碧社区", "金碧社区"]


def test_shapes_without_any_attribute_match_by_where_they_lie(tmp_path: Path, read) -> None:
    geometry, columns = files.towns()
    reading = read(files.write_geojson(tmp_path / "a.geojson", geometry, {}))
    assert reading.level is BoundaryLevel.TOWNS
    assert {one.by for one in reading.shapes} == {MatchedBy.OVERLAP}
    assert [one.code for one in reading.shapes] == columns["代码"]
    assert len(reading.warnings) == len(geometry)


def test_a_name_far_from_its_place_is_questioned(tmp_path: Path, read) -> None:
    geometry, columns = files.communities()
    names = list(columns["村社区"])
    south, north = names.index("长洲社区"), names.index("九佛社区") if "九佛社区" in names else len(names) - 1
    names[south], names[north] = names[north], names[south]
    reading = read(files.write_geojson(tmp_path / "a.geojson", geometry, {"社区": names}))
    far = [one.row for one in reading.warnings if "公里" in one.problem]
    assert far == sorted((south + 1, north + 1))


@pytest.mark.parametrize("header", ["项目名称", "名称"])
def test_a_project_called_after_a_place_is_not_the_place(tmp_path: Path, read, header: str) -> None:
    boxes = np.array([shapely.box(at, 23.1, at + 0.01, 23.11) for at in (113.5, 113.52)])
    names = ["文冲旧村改造项目", "刘村旧村改造项目（首期）"]
    reading = read(files.write_geojson(tmp_path / "a.geojson", boxes, {header: names}))
    assert reading.level is BoundaryLevel.PROJECTS
    assert [one.name for one in reading.projects] == names


def test_project_areas_of_one_name_and_without(tmp_path: Path, read) -> None:
    boxes = np.array([shapely.box(113.40 + at / 50, 23.1, 113.41 + at / 50, 23.11) for at in range(4)])
    source = files.write_geojson(
        tmp_path / "a.geojson", boxes, {"项目名称": ["甲", "甲", "", "乙"], "村": ["文冲"] * 4}
    )
    reading = read(source)
    assert reading.level is BoundaryLevel.PROJECTS
    assert [(one.name, one.rows) for one in reading.projects] == [("甲", (1, 2)), ("乙", (4,))]
    assert [(one.row, one.field) for one in reading.rejections] == [(3, "项目名称")]
    assert reading.projects[0].area_ha == pytest.approx(reading.areas[0].area_ha + reading.areas[1].area_ha)
    asked = read(source, as_="communities")
    assert (asked.level, asked.suggested_level) == (BoundaryLevel.COMMUNITIES, BoundaryLevel.PROJECTS)


def test_table_text_of_a_shapefile_is_decoded_by_its_values() -> None:
    """A dBASE field holds bytes: a long value ends inside a character."""
    names = ["文冲社区居民委员会", "南岗街道"]
    for encoding in ("utf-8", "gb18030"):
        cut = [names[0].encode(encoding)[:-1].decode(RAW), names[1].encode(encoding).decode(RAW)]
        for declared in ("", "UTF-8", "936"):
            found = encoding_of(cut, declared)
            assert found == encoding
            assert [decoded(value, found) for value in cut] == [names[0][:-1], names[1]]
