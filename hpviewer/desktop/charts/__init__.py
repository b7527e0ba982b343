"""Charts in a page of the window: used by the statistics and by the annual report."""
