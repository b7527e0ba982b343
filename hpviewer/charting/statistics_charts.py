"""The four charts of the statistics tab: records by town, by kind, by year; hectares by town."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from hpviewer.charting.bars import bar_option
from hpviewer.charting.chart import Chart, ChartId, ChartRow
from hpviewer.charting.palette import DARK, LIGHT, Palette
from hpviewer.places.place import PlaceCode
from hpviewer.records.filter import Part
from hpviewer.records.kind import Kind
from hpviewer.records.results import Statistics
from hpviewer.wording import say

_LONGEST_SPAN = 60  # years
_MOST_BARS = 60
"""Of a province's 1,600 towns a chart would be 41,000 px high: 110 MB, and more than a canvas can be."""


def statistics_charts(
    statistics: Statistics, names: Callable[[PlaceCode], str], dark: bool = False
) -> tuple[Chart, ...]:
    """Charts of these figures; ``names`` gives a town's name by its code. A chart without rows is kept.

    Imports pyecharts on first use (about 0.1 s): not for the UI thread.
    """
    palette = DARK if dark else LIGHT
    return (
        _chart(ChartId.RECORDS_BY_TOWN, _by_town(statistics.by_town, names, _count), palette),
        _chart(ChartId.HECTARES_BY_TOWN, _by_town(statistics.hectares_by_town, names, _hectares), palette),
        _chart(ChartId.RECORDS_BY_KIND, _by_kind(statistics), palette),
        _chart(ChartId.RECORDS_BY_YEAR, _by_year(statistics), palette),
    )


def _chart(id: ChartId, rows: tuple[ChartRow, ...], palette: Palette) -> Chart:
    unit = say(f"charting.{id}.unit")
    subtitle = say(f"charting.{id}.subtitle")
    if len(rows) > _MOST_BARS and id.part is Part.TOWN:  # they are in the order of their values
        subtitle += say("charting.largest", count=_MOST_BARS, all=f"{len(rows):,}")
    bars = rows[:_MOST_BARS] if id.part is Part.TOWN else rows
    return Chart(
        id=id,
        title=say(f"charting.{id}.title"),
        subtitle=subtitle,
        unit=unit,
        option_json=bar_option(
            bars, say(f"charting.{id}.title"), unit, palette, upright=id is ChartId.RECORDS_BY_YEAR
        ),
        rows=rows,
    )


def _by_town(
    values: Mapping[PlaceCode, float], names: Callable[[PlaceCode], str], figure: Callable[[float], str]
) -> tuple[ChartRow, ...]:
    """Largest first, equal ones by code, so that the order does not jump between two filters."""
    order = sorted((code for code in values if values[code]), key=lambda code: (-values[code], code))
    return tuple(ChartRow(code, names(code), values[code], figure(values[code])) for code in order)


def _by_kind(statistics: Statistics) -> tuple[ChartRow, ...]:
    """In the order of the procedure."""
    counts = statistics.by_kind
    return tuple(
        ChartRow(kind, kind, counts[kind], _count(counts[kind])) for kind in Kind if counts.get(kind)
    )


def _by_year(statistics: Statistics) -> tuple[ChartRow, ...]:
    """Ascending and without gaps, so that distances on the axis are true; records without a date last.

    Years that lie absurdly far apart (a slip in a source) are not filled up.
    """
    counts = statistics.by_year
    years = [year for year in counts if year is not None and counts[year]]
    rows = []
    for year in _filled(sorted(years)):
        count = counts.get(year, 0)
        rows.append(ChartRow(str(year), str(year), count, _count(count)))
    undated = counts.get(None, 0)
    if undated:
        rows.append(ChartRow("", say("charting.undated"), undated, _count(undated)))
    return tuple(rows)


def _filled(years: Sequence[int]) -> Sequence[int]:
    if not years or years[-1] - years[0] > _LONGEST_SPAN:
        return years
    return range(years[0], years[-1] + 1)


def _count(value: float) -> str:
    return f"{value:,.0f}"


def _hectares(value: float) -> str:
    """At most four decimals, as the sources give them."""
    return f"{value:,.4f}".rstrip("0").rstrip(".")
