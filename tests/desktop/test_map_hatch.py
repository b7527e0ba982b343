"""The hatching of places about which nothing can be said: readable, and no carpet of lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.helpers.map_window import NO_GRAPHICS_CARD, map_window

pytestmark = pytest.mark.qt_log_ignore(NO_GRAPHICS_CARD)


def test_the_lines_move_apart_as_one_zooms_in_and_the_legend_keeps_its_own(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with map_window(qtbot, tmp_path) as opened:
        gaps = []
        for zoom in (11, 12.8, 14, 16):
            opened.evaluate(f"void map.leaflet.setZoom({zoom}, {{animate: false}})")
            qtbot.waitUntil(lambda wanted=zoom: opened.evaluate("map.leaflet.getZoom()") == wanted)  # type: ignore[misc]
            gaps.append(int(opened.evaluate("document.getElementById('hatch').getAttribute('width')")))
        assert gaps[0] == gaps[1] >= 12
        assert gaps[1] < gaps[2] < gaps[3] <= 26
        key = "document.getElementById('hatch-key').getAttribute('width')"
        assert int(opened.evaluate(key)) <= 6, "several lines fit into its box"
        fill = "getComputedStyle(document.querySelector('.legend .hatched')).fill"
        assert "hatch-key" in opened.evaluate(fill)
        assert opened.errors == []
