"""Colours of the report's charts: one hue from full to pale, so that they read without colour vision."""

from __future__ import annotations

LIGHT_SERIES = ("#1f6f8b", "#6fafcb", "#a9cfe0", "#c9d2da")
DARK_SERIES = ("#7fbfd9", "#4a95b6", "#2a5a70", "#4a5562")


def series_colours(dark: bool) -> tuple[str, ...]:
    """For up to four series; the same tones as map_5 … map_2 and border_strong of the window's theme."""
    return DARK_SERIES if dark else LIGHT_SERIES
