"""Statistics of the current filter as chart options (ECharts) with the same figures as table rows."""
