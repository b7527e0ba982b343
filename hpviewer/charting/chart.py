"""What a chart is: an ECharts option for the page and the same figures as rows for the table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hpviewer.records.filter import Part


class ChartId(StrEnum):
    """The charts of the statistics tab. A bar of one is a value of the filter part it stands for."""

    RECORDS_BY_TOWN = "records_by_town"
    RECORDS_BY_KIND = "records_by_kind"
    RECORDS_BY_YEAR = "records_by_year"
    HECTARES_BY_TOWN = "hectares_by_town"

    @property
    def part(self) -> Part:
        return _PART[self]


_PART = {
    ChartId.RECORDS_BY_TOWN: Part.TOWN,
    ChartId.RECORDS_BY_KIND: Part.KIND,
    ChartId.RECORDS_BY_YEAR: Part.YEAR,
    ChartId.HECTARES_BY_TOWN: Part.TOWN,
}


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One bar. ``key`` is its filter value as text: a town's code, a kind, a year, ``""`` for no date.

    ``figure`` is ``value`` as people read it (1,204 or 28.6452, thousands separators, no unit).
    """

    key: str
    label: str
    value: float
    figure: str


@dataclass(frozen=True, slots=True)
class Chart:
    """``title`` and ``subtitle`` stand above the chart, in the page as in the table.

    ``option_json`` is an ECharts 6 option as JSON text without functions or HTML; ``id`` of each data
    item is the row's key, and the items stand in the order of ``rows``; of very many rows only the first are bars.
    ``unit`` belongs to the values.
    """

    id: ChartId
    title: str
    subtitle: str
    unit: str
    option_json: str
    rows: tuple[ChartRow, ...]
