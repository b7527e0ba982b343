"""What a chart of a report is: an ECharts option for the page and the same figures as rows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hpviewer.charting.chart import ChartRow


class ReportChartId(StrEnum):
    FLOW = "flow"
    APPLICANTS = "applicants"
    REFUSALS = "refusals"
    DISPUTES = "disputes"
    REQUESTS_BY_YEAR = "requests_by_year"
    DOCUMENTS_BY_YEAR = "documents_by_year"
    DECISIONS_BY_YEAR = "decisions_by_year"


@dataclass(frozen=True, slots=True)
class ReportChart:
    """``key`` of a row is the cell it shows (``t3.new.natural``), empty when it shows several or another year's.

    ``option_json`` is an ECharts 6 option as JSON text without functions or HTML; its items carry the row's key
    as ``cell``. ``height`` in CSS pixels; ``wide`` charts take the whole width.
    """

    id: ReportChartId
    title: str
    subtitle: str
    unit: str
    option_json: str
    rows: tuple[ChartRow, ...]
    height: int
    wide: bool = False
