"""Figures -> options: order, keys, what is said about them, and nothing but JSON."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hpviewer.charting.chart import Chart, ChartId
from hpviewer.charting.palette import DARK, LIGHT
from hpviewer.charting.statistics_charts import statistics_charts
from hpviewer.places.place import PlaceCode
from hpviewer.records.filter import Part
from hpviewer.records.kind import Kind
from hpviewer.records.results import Statistics

A, B, C = PlaceCode("440112001"), PlaceCode("440112002"), PlaceCode("440112003")
FIGURES = Statistics(
    total=1205,
    by_town={C: 3, A: 1204, B: 3},
    by_kind={Kind.RETURN: 1, Kind.NOTICE: 2, Kind.APPROVAL: 1202},
    by_year={2019: 2, None: 1, 2016: 1202},
    hectares_by_town={A: 28.6452, B: 1207.69, C: 0.0},
)


def named(code: PlaceCode) -> str:
    return f"T{code[-1]}"


def charts(figures: Statistics = FIGURES, dark: bool = False) -> dict[ChartId, Chart]:
    return {chart.id: chart for chart in statistics_charts(figures, named, dark)}


def option(chart: Chart) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(chart.option_json)
    return parsed


def test_towns_come_largest_first_and_equal_ones_by_code() -> None:
    rows = charts()[ChartId.RECORDS_BY_TOWN].rows
    assert [(row.key, row.label, row.figure) for row in rows] == [
        (A, "T1", "1,204"),
        (B, "T2", "3"),
        (C, "T3", "3"),
    ]


def test_kinds_come_in_the_order_of_the_procedure() -> None:
    assert [row.key for row in charts()[ChartId.RECORDS_BY_KIND].rows] == [
        Kind.APPROVAL,
        Kind.NOTICE,
        Kind.RETURN,
    ]


def test_years_have_no_gap_and_records_without_a_date_come_last() -> None:
    rows = charts()[ChartId.RECORDS_BY_YEAR].rows
    assert [(row.key, row.value) for row in rows] == [
        ("2016", 1202),
        ("2017", 0),
        ("2018", 0),
        ("2019", 2),
        ("", 1),
    ]
    assert rows[-1].label not in {"", "None"}


def test_an_absurd_year_does_not_make_a_thousand_bars() -> None:
    figures = Statistics(2, {}, {}, {1024: 1, 2024: 1}, {})
    assert [row.key for row in charts(figures)[ChartId.RECORDS_BY_YEAR].rows] == ["1024", "2024"]


def test_hectares_leave_out_towns_without_and_say_that_towns_do_not_add_up() -> None:
    chart = charts()[ChartId.HECTARES_BY_TOWN]
    assert [(row.key, row.figure) for row in chart.rows] == [(B, "1,207.69"), (A, "28.6452")]
    assert "不等于总面积" in chart.subtitle


def test_each_bar_carries_its_key_its_label_and_its_figure() -> None:
    for chart in charts().values():
        made = option(chart)
        data = made["series"][0]["data"]
        assert [item["id"] for item in data] == [row.key for row in chart.rows]
        axis = made["xAxis" if chart.id is ChartId.RECORDS_BY_YEAR else "yAxis"][0]
        assert axis["data"] == [row.label for row in chart.rows]
        assert [item["label"]["formatter"] for item in data] == [row.figure for row in chart.rows]
        assert all(item["label"]["show"] == bool(item["value"]) for item in data)


def test_nothing_is_drawn_as_html_and_the_chart_describes_itself() -> None:
    for chart in charts().values():
        made = option(chart)
        assert made["tooltip"]["renderMode"] == "richText"
        assert made["animation"] is False
        assert chart.rows[0].label in made["aria"]["label"]["description"]
        assert "function" not in chart.option_json


def test_light_and_dark_have_their_own_colours() -> None:
    light, dark = (charts(dark=dark)[ChartId.RECORDS_BY_KIND].option_json for dark in (False, True))
    assert LIGHT.bar in light
    assert DARK.bar not in light
    assert DARK.bar in dark
    assert LIGHT.bar not in dark


def test_no_records_give_charts_without_rows() -> None:
    empty = charts(Statistics(0, {}, {}, {}, {}))
    assert set(empty) == set(ChartId)
    assert all(chart.rows == () for chart in empty.values())


@pytest.mark.parametrize(
    ("id", "part"),
    [
        (ChartId.RECORDS_BY_TOWN, Part.TOWN),
        (ChartId.HECTARES_BY_TOWN, Part.TOWN),
        (ChartId.RECORDS_BY_KIND, Part.KIND),
        (ChartId.RECORDS_BY_YEAR, Part.YEAR),
    ],
)
def test_a_bar_stands_for_a_part_of_the_filter(id: ChartId, part: Part) -> None:
    assert id.part is part


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=40))
def test_any_name_arrives_unchanged(name: str) -> None:
    figures = Statistics(1, {A: 1}, {}, {}, {A: 1.5})
    made = {chart.id: chart for chart in statistics_charts(figures, lambda _: name)}
    assert option(made[ChartId.RECORDS_BY_TOWN])["series"][0]["data"][0]["name"] == name
    assert option(made[ChartId.RECORDS_BY_TOWN])["yAxis"][0]["data"] == [name]


def test_pyecharts_is_imported_only_when_charts_are_made() -> None:
    code = "import sys, hpviewer.charting.statistics_charts; sys.exit('pyecharts' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_of_a_province_only_the_largest_towns_are_bars_and_the_rows_have_all() -> None:
    towns = {PlaceCode(f"44{number:07}"): number for number in range(1, 1601)}
    chart = charts(Statistics(10, towns, {}, {}, {}))[ChartId.RECORDS_BY_TOWN]
    assert len(chart.rows) == 1600
    bars = [item["id"] for item in option(chart)["series"][0]["data"]]
    assert bars == [row.key for row in chart.rows[:60]]
    assert "前 60 个" in chart.subtitle
    assert "1,600" in chart.subtitle


def test_where_all_are_bars_nothing_is_said_of_it() -> None:
    assert "前" not in charts()[ChartId.RECORDS_BY_TOWN].subtitle
