"""The tab with the figures of the current filter, as charts and as a table."""
