"""Colours of the charts in light and dark.

The window's theme lies in desktop, which this room cannot see; tests/desktop/test_statistics_theme.py
holds both to the same values.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """CSS colours: ``bar``, ``bar_hover``, labels, axis names, grid lines, the ground of the tooltip."""

    bar: str
    bar_hover: str
    text: str
    text_muted: str
    line: str
    ground: str


LIGHT = Palette("#3a8fb5", "#1f6f8b", "#1d2733", "#5f6c79", "#dde2e8", "#ffffff")
DARK = Palette("#4a95b6", "#6fb9d6", "#e3e8ed", "#9ba8b5", "#303841", "#1a1f25")
