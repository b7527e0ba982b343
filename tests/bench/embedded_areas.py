"""All areas of a catalogue in one page as folium writes it, panned and zoomed: what tiles stand against.

    PYTHONPATH=. python tests/bench/embedded_areas.py CATALOGUE [--seconds 120]

Prints megabytes of the page, of its renderer, seconds until it was drawn, and milliseconds a frame while the map moves;
or after how many seconds it was given up.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

_MOVES = "[[180, 90], [-260, 40], [120, -200], [200, 0], [-90, 160], [0, -240], [160, 160]]"
_SCRIPT = """
const began = performance.now();
requestAnimationFrame(() => setTimeout(() => {
  document.title = `drawn ${Math.round(performance.now())}`;
  const times = []; let last = performance.now(); let ended = false; const moves = %s;
  const frame = (now) => { times.push(now - last); last = now; if (!ended) requestAnimationFrame(frame); };
  const next = () => {
    const move = moves.shift();
    if (!move) {
      ended = true;
      const sum = times.reduce((a, b) => a + b, 0);
      document.title = `frames ${times.length} ${(sum / times.length).toFixed(1)} ${Math.max(...times).toFixed(0)}`;
      return;
    }
    MAP.once('moveend', () => setTimeout(next, 60));
    MAP.panBy(move, { duration: 0.5 });
  };
  requestAnimationFrame((now) => { last = now; requestAnimationFrame(frame); next(); });
}, 0));
"""


def write_page(catalogue: Path, folder: Path) -> Path:
    """With folium, its network files replaced by ours."""
    import folium
    import shapely

    from hpviewer import paths
    from hpviewer.catalogue.connection import open_reader
    from hpviewer.catalogue.geopackage import geometry_parts

    with closing(open_reader(catalogue)) as bare:
        rows = bare.execute("SELECT geom FROM projects WHERE location_basis = 'area'").fetchall()
    shapes = shapely.from_wkb([geometry_parts(geom)[0] for (geom,) in rows])
    west, south, east, north = shapely.total_bounds(shapes)
    leaflet = paths.built() / "web" / "leaflet"
    page = folium.Map(location=((south + north) / 2, (west + east) / 2), zoom_start=13, tiles=None)
    page.default_js = [("leaflet", (leaflet / "leaflet.js").as_uri())]
    page.default_css = [("leaflet_css", (leaflet / "leaflet.css").as_uri())]
    features = [
        {"type": "Feature", "properties": {}, "geometry": json.loads(one)}
        for one in shapely.to_geojson(shapes)
    ]
    folium.GeoJson({"type": "FeatureCollection", "features": features}).add_to(page)
    figure = page.get_root()
    figure.script.add_child(folium.Element(_SCRIPT.replace("MAP", page.get_name()) % _MOVES))  # type: ignore[attr-defined]
    target = folder / "embedded.html"
    page.save(str(target))
    print(f"{len(shapes):,} areas, page of {target.stat().st_size / 1e6:.0f} MB", flush=True)
    return target


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("catalogue", type=Path)
    words.add_argument("--seconds", type=float, default=120)
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        show(write_page(asked.catalogue, Path(folder)), asked.seconds)


def show(page: Path, seconds: float) -> None:
    from PySide6.QtCore import QTimer, QUrl
    from PySide6.QtWebEngineWidgets import QWebEngineView
    from PySide6.QtWidgets import QApplication

    from tests.bench.start_probe import children, proportional

    app = QApplication(sys.argv[:1])
    view = QWebEngineView()
    view.resize(435, 640)
    began = time.monotonic()

    def say(text: str) -> None:
        largest = max((proportional(one) for one in children()), default=0.0)
        print(f"{time.monotonic() - began:.1f} s: {text}; largest process {largest:.0f} MB", flush=True)

    def end(text: str) -> None:
        say(text)
        os._exit(0)  # a page of this size takes its time to go

    view.titleChanged.connect(lambda title: end(title) if title.startswith("frames") else say(title))
    view.page().renderProcessTerminated.connect(lambda how, code: end(f"renderer ended: {how.name}, {code}"))
    QTimer.singleShot(int(seconds * 1000), lambda: end("given up"))
    view.load(QUrl.fromLocalFile(str(page)))
    view.show()
    app.exec()


if __name__ == "__main__":
    main()
