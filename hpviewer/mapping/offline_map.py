"""The map of an export: a single html file, composed with folium, that opens from disk without any network.

Leaflet stands in the page itself. Shapes and records are JSON in a script element that is never run, with every
character escaped that could end it; the page's own script sets them as text. A Content-Security-Policy refuses
whatever would be fetched.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import branca.element
import folium
from folium.template import Template

from hpviewer import paths
from hpviewer.errors import InputError
from hpviewer.records.results import RecordDetail
from hpviewer.wording import say

_WORDS = ("tip", "everywhere", "choice", "count", "more", "area", "undated")
_UNSAFE = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:;"
    " base-uri 'none'; form-action 'none'"
)
_PICTURES = re.compile(r"url\([^)]*\)")


@dataclass(frozen=True, slots=True)
class OfflineMap:
    """``records`` in the order to list; ``facts`` are label and value lines about the file.

    ``start_layer`` and ``community_layer`` are the map page's documents (mapping.layers).
    """

    title: str
    notice: str
    data_date: str
    facts: tuple[tuple[str, str], ...]
    records: tuple[RecordDetail, ...]
    start_layer: bytes
    community_layer: bytes


class OfflineFigure(branca.element.Figure):
    """The frame of the file: styles and scripts written out, data beside them."""

    _template = Template(
        """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{{ this.policy }}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="hpviewer, folium">
<title>{{ this.title|e }}</title>
{% for style in this.styles %}<style>{{ style }}</style>
{% endfor %}</head>
<body>
<header><h1>{{ this.head.title|e }}</h1><p id="date">{{ this.head.date|e }}</p>
<p id="notice">{{ this.head.notice|e }}</p>
<div id="legend"><span>{{ this.head.legend|e }}</span></div></header>
{{ this.html.render(**kwargs) }}
<script type="application/json" id="data">{{ this.data }}</script>
{% for script in this.scripts %}<script>{{ script }}</script>
{% endfor %}</body>
</html>
"""
    )

    def __init__(
        self, head: Mapping[str, str], styles: Sequence[str], scripts: Sequence[str], data: str
    ) -> None:
        super().__init__(title=head["title"])
        self.head = dict(head)
        self.styles, self.scripts, self.data, self.policy = styles, scripts, data, _POLICY


class OfflineLeaflet(folium.Map):
    """The map's place in the page and the list beside it; the page's script fills both.

    branca takes what a macro renders for a template again: only our own words may stand in it, never data.
    """

    default_js: list[tuple[str, str]] = []  # noqa: RUF012  # folium declares them so
    default_css: list[tuple[str, str]] = []  # noqa: RUF012
    _template = Template(
        """
        {% macro header(this, kwargs) %}{% endmacro %}
        {% macro html(this, kwargs) %}
<main>
<div id="map" role="application" tabindex="0" aria-label="{{ this.words.map|e }}"></div>
<section id="side" aria-label="{{ this.words.records|e }}">
<noscript><p>{{ this.words.script|e }}</p></noscript>
<div class="bar"><select id="place" aria-label="{{ this.words.place|e }}"></select>
<input id="search" type="search" aria-label="{{ this.words.search|e }}" placeholder="{{ this.words.search|e }}">
<button id="home" type="button">{{ this.words.home|e }}</button></div>
<p id="count" role="status"></p><p id="none" hidden>{{ this.words.none|e }}</p>
<ol id="records"></ol><button id="more" type="button" hidden></button>
<details><summary>{{ this.words.facts|e }}</summary><dl id="facts"></dl></details>
</section>
</main>
        {% endmacro %}
        {% macro script(this, kwargs) %}{% endmacro %}
        """
    )

    def __init__(self, words: Mapping[str, str]) -> None:
        super().__init__(tiles=None)
        self.default_js, self.default_css = [], []
        self.words = dict(words)


def render_offline_map(page: OfflineMap) -> str:
    """The whole file as text. InputError when the package was built without Leaflet."""
    leaflet = paths.built() / "web" / "leaflet"
    own = paths.resources() / "web" / "offline"
    words = {
        key: say(f"mapping_offline.{key}")
        for key in ("map", "place", "search", "home", "none", "facts", "records", "script")
    }
    head = {
        "title": page.title,
        "notice": page.notice,
        "date": say("mapping_offline.date", count=len(page.records), date=page.data_date),
        "legend": say("mapping_offline.legend"),
    }
    # its icons are files beside it, for parts that are not used here
    leaflet_style = _PICTURES.sub("none", _read(leaflet / "leaflet.css"))
    figure = OfflineFigure(
        head,
        styles=[leaflet_style, _read(own / "offline_map.css")],
        scripts=[_read(leaflet / "leaflet.js"), _read(own / "offline_map.js")],
        data=embedded(_data(page)),
    )
    figure.add_child(OfflineLeaflet(words))
    text: str = figure.render()
    return text


def embedded(value: object) -> str:
    """JSON that can stand in a script element: no text in it can end the element or begin a comment."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.translate(_UNSAFE)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as problem:
        raise InputError(
            say("mapping_offline.no_leaflet", file=file.name), say("mapping_offline.no_leaflet_next")
        ) from problem


def _data(page: OfflineMap) -> dict[str, Any]:
    start, near = json.loads(page.start_layer), json.loads(page.community_layer)
    named = {
        place.code: place.name for detail in page.records for place in (*detail.towns, *detail.communities)
    }
    return {
        "district": start["district"],
        "towns": near.get("towns") or start["towns"],
        "guessed": start["guessed"],
        "water": start["water"],
        "communities": near["communities"],
        "places": [{"code": code, "name": named[code]} for code in sorted(named)],
        "records": [_record(one) for one in page.records],
        "facts": [list(line) for line in page.facts],
        "words": {key: say(f"mapping_offline.word.{key}") for key in _WORDS},
    }


def _record(detail: RecordDetail) -> dict[str, Any]:
    record = detail.record
    places = " ".join(place.name for place in (*detail.towns, *detail.communities))
    searched: Sequence[str] = (
        record.title,
        record.doc_number,
        record.approval_number,
        record.project,
        places,
    )
    return {
        "title": record.title,
        "date": str(record.published or ""),
        "kind": record.kind.value,
        "number": record.doc_number or record.approval_number,
        "place": places or record.place_as_written,
        "area": record.area_ha,
        "project": record.project,
        "source": record.source_kind.value,
        "source_name": record.source_name,
        "address": record.source_url,
        "codes": [*record.towns, *record.communities],
        "text": "\n".join(searched).lower(),
    }
