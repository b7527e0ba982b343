"""Charts of a report: options of ECharts without functions, the same figures as rows."""

from __future__ import annotations

import json
from typing import Any

import pytest

from hpviewer.charting.report_chart import ReportChart, ReportChartId
from hpviewer.charting.report_charts import report_charts
from hpviewer.reports.form import ReportFormat
from hpviewer.reports.report import Headlines, Report
from hpviewer.reports.shipped import shipped_headlines, shipped_year


@pytest.fixture(params=[False, True], ids=["light", "dark"])
def charts(request: pytest.FixtureRequest) -> dict[ReportChartId, ReportChart]:
    report = shipped_year(2023)
    assert isinstance(report, Report)
    made = report_charts(report, [report, *shipped_headlines()], request.param)
    return {chart.id: chart for chart in made}


def option(chart: ReportChart) -> Any:
    return json.loads(chart.option_json)


def test_the_flow_keeps_every_request(charts: dict[ReportChartId, ReportChart]) -> None:
    (series,) = option(charts[ReportChartId.FLOW])["series"]
    incoming = sum(link["value"] for link in series["links"] if link["target"] == "全部申请")
    outgoing = sum(link["value"] for link in series["links"] if link["source"] == "全部申请")
    assert incoming == outgoing == 1706
    assert {node["name"] for node in series["data"]} == {
        name for link in series["links"] for name in (link["source"], link["target"])
    }
    by_cell = {node["cell"]: node for node in series["data"]}
    assert by_cell["t3.carried_out.total"]["depth"] == 2
    assert by_cell["t3.new.total"]["label"]["formatter"].endswith("1,683")


def test_options_hold_neither_functions_nor_markup(charts: dict[ReportChartId, ReportChart]) -> None:
    for chart in charts.values():
        assert "function" not in chart.option_json
        assert "<" not in chart.option_json
        assert option(chart)["aria"]["label"]["description"].startswith(chart.title)


def test_rows_and_bars_tell_the_same(charts: dict[ReportChartId, ReportChart]) -> None:
    disputes = charts[ReportChartId.DISPUTES]
    drawn = {item["cell"]: item["value"] for each in option(disputes)["series"] for item in each["data"]}
    assert {row.key: row.value for row in disputes.rows} == drawn
    assert drawn["t4.review.maintained"] == 19


def test_an_unknown_year_has_no_bar(charts: dict[ReportChartId, ReportChart]) -> None:
    documents = option(charts[ReportChartId.DOCUMENTS_BY_YEAR])
    assert documents["xAxis"][0]["data"] == ["2021 年", "2022 年", "2023 年"]
    in_force = documents["series"][2]["data"]
    assert [item["value"] for item in in_force] == [None, 181, 151]
    assert [item["cell"] for item in in_force] == ["", "", "t2.documents.in_force"]


def test_nothing_known_gives_no_chart() -> None:
    empty = Headlines(2021, "", {})
    assert report_charts(empty, [empty]) == ()
    trial = Headlines(
        2020, "", {"t3.new.total": 5, "t3.granted.total": 3, "t3.other.total": 2}, (), ReportFormat.TRIAL
    )
    flow = {chart.id: chart for chart in report_charts(trial, [trial])}[ReportChartId.FLOW]
    assert [row.value for row in flow.rows] == [5, 3, 2]
