"""The charts of a report as values, for views: they reach no other room than this one."""

from hpviewer.charting.chart import ChartRow
from hpviewer.charting.report_chart import ReportChart, ReportChartId

__all__ = ["ChartRow", "ReportChart", "ReportChartId"]
