"""Run as a process: starts the program, or a bare web view, and prints when it was painted (monotonic seconds).

`start_probe.py window CATALOGUE` is the path of the command `hpviewer`; `start_probe.py bare` is what Qt alone costs.
"""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hpviewer.desktop.app import Desktop


def window(catalogue: str) -> None:
    from pathlib import Path

    import hpviewer.cli.start  # noqa: F401  # the command pays for its import, too
    from hpviewer.desktop.start import run_window

    def opened(desktop: Desktop) -> None:
        said: list[int] = []

        def painted(number: int) -> None:
            if not said and desktop.map_panel.is_current() and desktop.records.table.model().rowCount():
                said.append(number)
                heavy = {
                    "pandas",
                    "geopandas",
                    "folium",
                    "shapely",
                    "pyogrio",
                    "pyproj",
                    "numpy",
                    "pyecharts",
                }
                loaded = sorted(heavy & set(sys.modules))
                print(json.dumps({"painted": time.monotonic(), "heavy": loaded}), flush=True)
                desktop.window.close()

        desktop.map_panel.painted.connect(painted)

    sys.exit(run_window(Path(catalogue), opened))


def bare() -> None:
    from PySide6.QtCore import QUrl
    from PySide6.QtWebEngineWidgets import QWebEngineView
    from PySide6.QtWidgets import QApplication
    from shiboken6 import delete

    app = QApplication(sys.argv[:1])
    view = QWebEngineView()
    view.resize(1366, 768)

    def loaded(_ok: bool) -> None:
        view.page().runJavaScript(
            "requestAnimationFrame(() => requestAnimationFrame(() => document.title = 'painted'))"
        )

    def titled(title: str) -> None:
        if title == "painted":
            print(json.dumps({"painted": time.monotonic(), "heavy": []}), flush=True)
            app.quit()

    view.loadFinished.connect(loaded)
    view.titleChanged.connect(titled)
    view.load(QUrl("about:blank"))
    view.show()
    app.exec()
    delete(view)


if __name__ == "__main__":
    window(sys.argv[2]) if sys.argv[1] == "window" else bare()
