"""The charts of the statistics as values, for views: they reach no other room than this one."""

from hpviewer.charting.chart import Chart, ChartId, ChartRow

__all__ = ["Chart", "ChartId", "ChartRow"]
