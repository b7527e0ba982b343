"""GeoJSON: RFC 7946 shape, positions of communities, typed properties."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

from hpviewer.exporting.record_fields import FIELDS, fields_named
from hpviewer.exporting.records_geojson import write_records_geojson
from hpviewer.places.place import PlaceCode
from hpviewer.records.filter import RecordFilter
from hpviewer.records.geometry import Shape
from tests.helpers.export_details import HOSTILE, about, detail, place


def shapes(*names: str) -> dict[PlaceCode, Shape]:
    return {
        place(name).code: Shape(place(name).code, b"", 113.4681234567 + at / 100, 23.1, (113, 23, 114, 24))
        for at, name in enumerate(names)
    }


def read(path: Path) -> dict[str, Any]:
    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"), parse_constant=refuse)
    return document


def test_a_point_for_each_community_that_has_one(tmp_path: Path) -> None:
    target = tmp_path / "a.geojson"
    details = [
        detail("文冲社区", "汤村村", "南岗社区"),
        detail(towns=("文冲街道",)),
        detail("南岗社区"),
    ]
    written = write_records_geojson(target, details, about(), shapes("文冲社区", "汤村村"))
    document = read(target)
    assert document["type"] == "FeatureCollection"
    assert "crs" not in document
    first, town_only, unlocated = document["features"]
    assert first["type"] == "Feature"
    assert first["geometry"] == {
        "type": "MultiPoint",
        "coordinates": [[113.468123, 23.1], [113.478123, 23.1]],
    }
    assert first["properties"]["unlocated"] == ["南岗社区"]
    assert town_only["geometry"] is None
    assert town_only["properties"]["communities"] == []
    assert town_only["properties"]["towns"] == ["文冲街道"]
    assert unlocated["geometry"] is None
    assert written.records == document["total"] == 3


def test_properties_are_typed(tmp_path: Path) -> None:
    target = tmp_path / "a.geojson"
    write_records_geojson(target, [detail("文冲社区", note="", notice_to=None)], about(), {})
    feature = read(target)["features"][0]
    values = feature["properties"]
    assert feature["id"] == values["id"] == "doc-穗埔府征-2023-33"
    assert values["area_ha"] == 0.4976
    assert values["published"] == "2023-09-28"
    assert values["approved"] == "2023-09"
    assert values["owners"] == ["文冲第六股份经济合作社", "文冲第七股份经济合作社"]
    assert values["land_classes"][0]["parts"] == [{"name": "林地", "hectares": 0.0365}]
    assert values["note"] is None
    assert values["notice_to"] is None
    assert set(values) == {field.key for field in FIELDS} | {"unlocated"}


def test_it_says_what_it_shows(tmp_path: Path) -> None:
    target = tmp_path / "a.geojson"
    asked = RecordFilter(communities=(place("文冲社区").code,), project="批次")
    write_records_geojson(target, [], about(asked), {}, fields_named(["标题"]))
    document = read(target)
    assert document["features"] == []
    assert document["filter"] == "所属社区：文冲社区；项目：批次"
    assert "示意" in document["notice"]
    assert document["data_date"] == "2024-01-05"
    assert document["headings"] == {"title": "标题"}


@pytest.mark.parametrize("area", [math.nan, math.inf])
def test_a_figure_that_json_lacks_is_null(tmp_path: Path, area: float) -> None:
    write_records_geojson(tmp_path / "a", [detail(area_ha=area)], about(), {})
    assert read(tmp_path / "a")["features"][0]["properties"]["area_ha"] is None


def test_hostile_text(tmp_path: Path) -> None:
    write_records_geojson(
        tmp_path / "a", [detail(title=f"题{text}") for text in (*HOSTILE, "\ud800x\x00")], about(), {}
    )
    titles = [feature["properties"]["title"] for feature in read(tmp_path / "a")["features"]]
    assert titles == [f"题{text}".replace("\r", "\n") for text in HOSTILE] + ["题x"]
