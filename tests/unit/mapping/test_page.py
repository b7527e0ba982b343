"""The rendered page: complete, the same each time, and free of everything that the policy forbids."""

from __future__ import annotations

import re

import folium
import pytest

from hpviewer import paths
from hpviewer.mapping.page import PARTS_SCRIPT, SCRIPTS, STYLES, RenderedPage, render_page


@pytest.fixture(scope="module")
def page() -> RenderedPage:
    return render_page()


def test_nothing_is_named_that_lies_elsewhere(page: RenderedPage) -> None:
    assert "//" not in page.html
    assert "//" not in page.script
    assert "cdn" not in (page.html + page.script).lower()


def test_no_inline_script_style_or_handler(page: RenderedPage) -> None:
    assert re.findall(r"<script(?![^>]*\bsrc=)", page.html) == []
    assert re.findall(r"<script[^>]*>[^<]", page.html) == []
    assert "<style" not in page.html
    assert not re.search(r"\s(style|on\w+)=", page.html)


def test_scripts_and_style_exist_and_none_is_forgotten(page: RenderedPage) -> None:
    folder = paths.resources() / "web" / "map"
    assert {file.name for file in folder.iterdir()} == {*SCRIPTS, *STYLES}
    for name in (PARTS_SCRIPT, "vendor/leaflet.js", "qwebchannel.js", "page.js"):
        assert page.html.count(f'src="{name}"') == 1


def test_rendering_again_gives_the_same(page: RenderedPage) -> None:
    assert render_page() == page


def test_our_map_leaves_other_maps_of_folium_alone(page: RenderedPage) -> None:
    assert "cdn.jsdelivr.net" in str(folium.Map.default_js)
    assert "leaflet@" in folium.Map().get_root().render()


def test_texts_are_in_the_script_as_values(page: RenderedPage) -> None:
    assert '"title": "\\u8bb0\\u5f55\\u6570"' in page.script
    assert page.script.count("map.add(") == 11
    assert page.script.rstrip().endswith("map.run();")


def test_scripts_are_strict_and_set_text_only_as_text() -> None:
    for name in SCRIPTS:
        text = (paths.resources() / "web" / "map" / name).read_text(encoding="utf-8")
        assert text.startswith('"use strict";')
        for forbidden in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "new Function",
        ):
            assert forbidden not in text, f"{forbidden} in {name}"
