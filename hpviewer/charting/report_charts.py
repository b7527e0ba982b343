"""The charts of a report: where requests went, who asked, why not, disputes, and year to year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hpviewer.charting.bars import bar_option
from hpviewer.charting.chart import ChartRow
from hpviewer.charting.palette import DARK, LIGHT, Palette
from hpviewer.charting.report_chart import ReportChart, ReportChartId
from hpviewer.charting.report_options import FlowNode, Series, flow_option, series_option
from hpviewer.charting.report_palette import series_colours
from hpviewer.reports.cell import Number
from hpviewer.reports.form import (
    APPLICANTS,
    T4_GROUPS,
    T4_RESULTS,
    t3_results,
)
from hpviewer.reports.report import YearFigures
from hpviewer.wording import say

_YEARLY = {
    ReportChartId.REQUESTS_BY_YEAR: ("t3.new.total", "t3.carried_in.total", "t3.carried_out.total"),
    ReportChartId.DOCUMENTS_BY_YEAR: ("t2.documents.made", "t2.documents.abolished", "t2.documents.in_force"),
    ReportChartId.DECISIONS_BY_YEAR: (
        "t2.licences.decisions",
        "t2.penalties.decisions",
        "t2.coercion.decisions",
    ),
}


def report_charts(
    figures: YearFigures, years: Iterable[YearFigures], dark: bool = False
) -> tuple[ReportChart, ...]:
    """Charts of these figures, and over ``years`` (in any order, ``figures`` among them).

    A chart without a figure is left out. Imports pyecharts on first use (about 0.1 s): not for the UI thread.
    """
    palette = DARK if dark else LIGHT
    colours = series_colours(dark)
    ordered = sorted((each for each in years if each.year is not None), key=lambda each: each.year or 0)
    made = [
        _flow(figures, palette, colours),
        _bars(ReportChartId.APPLICANTS, _applicants(figures), palette),
        _bars(ReportChartId.REFUSALS, _refusals(figures), palette),
        _disputes(figures, palette, colours),
        *(_by_year(id, cells, ordered, figures, palette, colours) for id, cells in _YEARLY.items()),
    ]
    return tuple(chart for chart in made if chart is not None)


def _flow(figures: YearFigures, palette: Palette, colours: Sequence[str]) -> ReportChart | None:
    """New and carried in, together, then the outcomes and what is carried out. Only what is known and over 0."""
    key = ReportChartId.FLOW
    sources = [(say(f"charting_reports.flow.{row}"), f"t3.{row}.total") for row in ("new", "carried_in")]
    targets: list[tuple[str, str, float]] = []
    for row in t3_results(figures.format):
        name, cell = row.group or row.label, "" if row.group else f"t3.{row.key}.total"
        if row.key == "partial":
            name = say("charting_reports.flow.partial")
        value = _value(figures, f"t3.{row.key}.total")
        same = next((at for at, target in enumerate(targets) if target[0] == name), None)
        if same is None:
            targets.append((name, cell or f"t3.{row.key}.total", value))
        else:
            targets[same] = (name, targets[same][1], targets[same][2] + value)
    out = "t3.carried_out.total"
    targets.append((say("charting_reports.flow.carried_out"), out, _value(figures, out)))
    ins = [(name, cell, _value(figures, cell)) for name, cell in sources]
    ins, targets = [each for each in ins if each[2] > 0], [each for each in targets if each[2] > 0]
    if not ins or len(targets) < 2:
        return None
    middle = say("charting_reports.flow.all")
    everything = sum(value for _, _, value in ins)
    nodes = [FlowNode(name, _shown(value), cell, 0, colours[0]) for name, cell, value in ins]
    nodes.append(FlowNode(middle, _shown(everything), "t3.total.total", 1, colours[1]))
    nodes += [
        FlowNode(name, _shown(value), cell, 2, colours[3 if cell == out else 1])
        for name, cell, value in targets
    ]
    links = [(name, middle, value) for name, _, value in ins]
    links += [(middle, name, value) for name, _, value in targets]
    title, unit = _title(key), say(f"charting_reports.{key}.unit")
    rows = tuple(ChartRow(cell, name, value, _shown(value)) for name, cell, value in (*ins, *targets))
    option = flow_option(nodes, links, title, unit, palette)
    return ReportChart(key, title, _subtitle(key), unit, option, rows, height=300, wide=True)


def _applicants(figures: YearFigures) -> tuple[ChartRow, ...]:
    named = [(column.short, f"t3.new.{column.key}") for column in APPLICANTS]
    return _rows(figures, named)


def _refusals(figures: YearFigures) -> tuple[ChartRow, ...]:
    """Every reason for giving nothing, largest first; equal ones in the order of the form."""
    rows = [row for row in t3_results(figures.format) if row.group]
    found = _rows(figures, [(row.short, f"t3.{row.key}.total") for row in rows])
    return tuple(sorted(found, key=lambda row: -row.value))


def _rows(figures: YearFigures, named: Sequence[tuple[str, str]]) -> tuple[ChartRow, ...]:
    """What is known and over 0."""
    found = [(label, cell, figures.value(cell)) for label, cell in named]
    return tuple(
        ChartRow(cell, label, float(value), _shown(value))
        for label, cell, value in found
        if value and value > 0
    )


def _bars(id: ReportChartId, rows: tuple[ChartRow, ...], palette: Palette) -> ReportChart | None:
    if not rows:
        return None
    title, unit = _title(id), say(f"charting_reports.{id}.unit")
    option = bar_option(rows, title, unit, palette, upright=False)
    return ReportChart(id, title, _subtitle(id), unit, option, rows, height=len(rows) * 26 + 12)


def _disputes(figures: YearFigures, palette: Palette, colours: Sequence[str]) -> ReportChart | None:
    id = ReportChartId.DISPUTES
    series = []
    for result in T4_RESULTS[:-1]:
        rows = []
        for group in T4_GROUPS:
            cell = f"t4.{group.key}.{result.key}"
            value = figures.value(cell)
            rows.append(ChartRow(cell, group.short, float(value or 0), _shown(value)))
        series.append(Series(result.short, tuple(rows)))
    if not any(row.value for each in series for row in each.rows):
        return None
    names = [group.short for group in T4_GROUPS]
    return _series_chart(id, names, series, palette, colours, stacked=True)


def _by_year(
    id: ReportChartId,
    cells: Sequence[str],
    years: Sequence[YearFigures],
    now: YearFigures,
    palette: Palette,
    colours: Sequence[str],
) -> ReportChart | None:
    """A group per year of which one of the cells is known; nothing to see with fewer than two years."""
    known = [each for each in years if any(each.value(cell) is not None for cell in cells)]
    if len(known) < 2:
        return None
    series = []
    for cell in cells:
        rows = [
            ChartRow(
                cell if each is now else "",
                say("charting_reports.year", year=each.year),
                float(each.value(cell) or 0),
                _shown(each.value(cell)),
            )
            for each in known
        ]
        series.append(Series(say(f"charting_reports.series.{cell.replace('.', '_')}"), tuple(rows)))
    names = [say("charting_reports.year", year=each.year) for each in known]
    return _series_chart(id, names, series, palette, colours, stacked=False)


def _series_chart(
    id: ReportChartId,
    names: Sequence[str],
    series: Sequence[Series],
    palette: Palette,
    colours: Sequence[str],
    *,
    stacked: bool,
) -> ReportChart:
    title, unit = _title(id), say(f"charting_reports.{id}.unit")
    rows = tuple(
        ChartRow(
            row.key,
            say("charting_reports.of_series", label=row.label, series=each.name),
            row.value,
            row.figure,
        )
        for place in range(len(names))
        for each in series
        for row in (each.rows[place],)
        if row.figure
    )
    option = series_option(names, series, colours, title, unit, palette, stacked=stacked)
    height = 150 if stacked else 240
    return ReportChart(id, title, _subtitle(id), unit, option, rows, height)


def _title(id: ReportChartId) -> str:
    return say(f"charting_reports.{id}.title")


def _subtitle(id: ReportChartId) -> str:
    return say(f"charting_reports.{id}.subtitle")


def _value(figures: YearFigures, cell: str) -> float:
    value = figures.value(cell)
    return 0.0 if value is None else float(value)


def _shown(value: Number | float | None) -> str:
    """Thousands separators; empty for a figure that is not known."""
    return "" if value is None else f"{value:,.2f}".rstrip("0").rstrip(".")
