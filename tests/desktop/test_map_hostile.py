"""Names from outside are text on the map, whatever is in them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.helpers.map_window import NO_GRAPHICS_CARD, MapWindow, map_window

pytestmark = pytest.mark.qt_log_ignore(NO_GRAPHICS_CARD)

HOSTILE = (
    "</script><script>document.title='x1'</script>",
    "<img src=x onerror=\"document.title='x2'\">",
    "${document.title='x3'}",
    "{{7*7}}{% raw %}",
    "\\u003cb\\u003e\\",
    "'\"`;document.title='x4'//",
    "\u202e\u200fabc\u2067",
    "{count}{name}",
    "]]><svg onload=\"document.title='x5'\">",
)


def _hostile(name: str, body: bytes | None) -> bytes | None:
    """The layer with the names of its places replaced, one after the other."""
    if body is None:
        return None
    layer = json.loads(body)
    for kind in ("towns", "communities", "stations", "metro", "water"):
        for i, item in enumerate(layer.get(kind, ())):
            item["name"] = HOSTILE[i % len(HOSTILE)]
            if "label" in item:
                item["label"] = item["name"]
    return json.dumps(layer).encode()


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[MapWindow]:
    with map_window(qtbot, tmp_path, change=_hostile, size=(1200, 900)) as made:
        yield made


def test_hostile_names_show_as_text_and_run_nothing(opened: MapWindow) -> None:
    title = opened.evaluate("document.title")
    elements = opened.evaluate("document.querySelectorAll('script, img, b').length")
    for i, town in enumerate(opened.session.towns()[: len(HOSTILE)]):
        opened.session.select_place(town.code, "cascade")
        opened.wait()
        labels = opened.evaluate("[...document.querySelectorAll('.label')].map((one) => one.textContent)")
        assert labels
        opened.evaluate(f"void map.hover('{town.code}', map.leaflet.getCenter())")
        assert opened.evaluate("document.querySelector('.tip-name').textContent") == HOSTILE[i]
        assert opened.evaluate("document.querySelector('.tip-name').children.length") == 0
    shown = set(opened.evaluate("[...document.querySelectorAll('.label')].map((one) => one.textContent)"))
    assert shown & set(HOSTILE)
    assert opened.evaluate("document.title") == title
    assert opened.evaluate("document.querySelectorAll('script, img, b').length") == elements
    assert (
        opened.evaluate("document.querySelectorAll('#map script, #map img, #map b, #map [onload]').length")
        == 0
    )
    assert opened.errors == []
    assert all(url.startswith("hpviewer://map/") for url in opened.requests)


def test_a_layer_of_another_form_is_refused_with_a_banner(qtbot: QtBot, tmp_path: Path) -> None:
    with map_window(qtbot, tmp_path) as opened:
        with qtbot.waitSignal(opened.panel.pane.lost):
            opened.evaluate("void (hp.LAYER_VERSION = 99, map.loadGeography())")
        assert opened.panel.pane.is_lost
        assert not opened.panel.is_current()
