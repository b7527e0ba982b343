"""The map page as folium composes it: our own Map class, our own parts, vendored Leaflet.

folium's own page would name ten files of content delivery networks and carry its script inline. Here
each map has lists of its own instead (add_js_link() would change the class, for all maps), and the
script that folium composes becomes a file of its own, so that the page needs no inline script or style.
"""

from __future__ import annotations

from dataclasses import dataclass

import branca.element
import folium
from folium.template import Template

from hpviewer.wording import say

SCRIPTS = (
    "namespace.js",
    "bridge.js",
    "count_classes.js",
    "geography.js",
    "hatch.js",
    "base_map.js",
    "path_sheet.js",
    "region_layer.js",
    "outlines.js",
    "picking.js",
    "labels.js",
    "project_areas.js",
    "tooltip.js",
    "legend.js",
    "buttons.js",
    "map_view.js",
)
"""Files of resources/web/map, in the order in which they are joined."""

STYLES = ("names.css", "page.css")
PARTS_SCRIPT, PARTS_STYLE = "parts.js", "parts.css"
"""What the page loads: the files above as one each. Every request passes the thread that builds the window."""
_CENTRE = (23.24, 113.49)


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """``script`` goes into a file page.js beside the page, which refers to it."""

    html: str
    script: str


class PageFigure(branca.element.Figure):
    """The frame of the page, with the script referred to and not written out. ``font`` is a file that the page needs."""

    def __init__(self, title: str, font: str) -> None:
        super().__init__(title=title)
        self.font = font

    _template = Template(
        """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<title>{{ this.title|e }}</title>
<link rel="preload" href="layer/start" as="fetch" crossorigin="anonymous">
<link rel="preload" href="first/messages" as="fetch" crossorigin="anonymous">
{% if this.font %}<link rel="preload" href="{{ this.font }}" as="font" type="font/ttf" crossorigin="anonymous">
{% endif %}{{ this.header.render(**kwargs) }}
</head>
<body>
{{ this.html.render(**kwargs) }}
<script src="page.js"></script>
</body>
</html>
"""
    )


class PageMap(folium.Map):
    """Leaflet map of the page; its parts are children and add themselves to it."""

    _template = Template(
        """
        {% macro header(this, kwargs) %}
        {% endmacro %}
        {% macro html(this, kwargs) %}
            <div id="map" role="application" aria-label="{{ this.label|e }}" tabindex="0"></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            "use strict";
            const map = new hp.MapView("map", {
                center: {{ this.location|tojson }},
                ...{{ this.options|tojavascript }}
            });
        {% endmacro %}
        """
    )

    def __init__(self, label: str, title: str, font: str) -> None:
        super().__init__(
            location=_CENTRE,
            tiles=None,
            zoom_start=11,
            zoom_snap=0.1,
            zoom_delta=0.5,
            wheel_px_per_zoom_level=90,
        )
        self.options["max_zoom"] = 16  # folium's own argument of that name is for tiles alone
        self.default_js = [
            ("leaflet", "vendor/leaflet.js"),
            ("qwebchannel", "qwebchannel.js"),
            ("parts", PARTS_SCRIPT),
        ]
        self.default_css = [
            ("leaflet_css", "vendor/leaflet.css"),
            ("parts_css", PARTS_STYLE),
        ]
        self.label = label
        PageFigure(title, font).add_child(self)


class Part(branca.element.MacroElement):
    """One part of the map: a class of resources/web/map with its options (numbers and texts)."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            map.add(new hp.{{ this.js_class }}({{ this.options|tojson }}));
        {% endmacro %}
        """
    )

    def __init__(self, js_class: str, **options: str | int) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = js_class
        self.js_class = js_class
        self.options = options


class Start(branca.element.MacroElement):
    """The last line: connect to the window, fetch the layers."""

    _template = Template("{% macro script(this, kwargs) %}map.run();{% endmacro %}")


def render_page(font: str = "") -> RenderedPage:
    """Compose and render the page. Each call makes a new map: rendering one twice repeats its parts.

    ``font`` is the file of the names' font beside the page, which is then loaded before the first name is laid out:
    a browser would begin with it only there, and draw twice.
    """
    page = PageMap(label=say("mapping.page.name"), title=say("mapping.page.title"), font=font)
    for part in _parts():
        page.add_child(part)
    page.add_child(Start())  # type: ignore[no-untyped-call]
    figure: PageFigure = page.get_root()  # type: ignore[assignment]
    html = figure.render()  # fills in the script
    script = figure.script.render()
    return RenderedPage(html=html, script=script)


def _parts() -> list[Part]:
    """From the ground up; the z-indexes leave room for tiles below and for popups above."""
    return [
        Part("Hatch"),
        Part("RegionLayer", level="town", pane="towns", zIndex=300),
        Part("RegionLayer", level="community", pane="communities", zIndex=310),
        Part("BaseMap", waterZIndex=320, metroZIndex=330),
        Part("Outlines", zIndex=340),
        Part("Picking", zIndex=345),
        Part("Labels", zIndex=350),
        Part(
            "ProjectAreas",
            zIndex=348,
            far=say("mapping.areas.far"),
            none=say("mapping.areas.none"),
            more=say("mapping.areas.more"),
        ),
        Part(
            "Tooltip",
            count=say("mapping.tip.count"),
            none=say("mapping.tip.none"),
            unplaced=say("mapping.tip.unplaced"),
            pick=say("mapping.tip.pick"),
            unpick=say("mapping.tip.unpick"),
        ),
        Part("Legend", title=say("mapping.legend.title"), unplaced=say("mapping.legend.unplaced")),
        Part(
            "Buttons",
            zoomIn=say("mapping.button.zoom_in"),
            zoomOut=say("mapping.button.zoom_out"),
            home=say("mapping.button.home"),
            areas=say("mapping.button.areas"),
        ),
    ]
