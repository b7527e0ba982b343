"""Run as a process: starts the program, or a bare web view, and prints when it was painted (monotonic seconds).

`start_probe.py window CATALOGUE` is the path of the command `hpviewer`; `start_probe.py bare` is what Qt alone costs.
With `memory CATALOGUE` it goes on until nothing is under way any more, and prints megabytes: of this process, and of
all its processes together (proportional sizes, which count what they share once).
"""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hpviewer.desktop.app import Desktop


def window(catalogue: str, memory: bool = False) -> None:
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
                print(
                    json.dumps({"painted": time.monotonic(), "cpu": time.process_time(), "heavy": loaded}),
                    flush=True,
                )
                if memory:
                    settle(desktop)
                else:
                    desktop.window.close()

        desktop.map_panel.painted.connect(painted)

    sys.exit(run_window(Path(catalogue), opened))


def settle(desktop: Desktop) -> None:
    """A few gestures, then the sizes."""
    from dataclasses import replace

    from PySide6.QtCore import QTimer

    session = desktop.session
    steps = [
        lambda: None,
        lambda: session.set_filter(replace(session.filter, text="旧村改造"), "bench"),
        lambda: session.clear("bench"),
        lambda: desktop.window.tabs.setCurrentIndex(1),
        lambda: None,
    ]

    def step() -> None:
        if desktop.jobs.busy or not desktop.map_panel.is_current():
            return
        if steps:
            steps.pop(0)()
            return
        timer.stop()
        sizes = {"python": proportional("self"), "all": proportional("self", *children())}
        print(json.dumps(sizes), flush=True)
        desktop.window.close()

    timer = QTimer(desktop.window)
    timer.timeout.connect(step)
    timer.start(700)


def proportional(*processes: str) -> float:
    """Megabytes."""
    from pathlib import Path

    sizes = [Path(f"/proc/{one}/smaps_rollup").read_text().split("\nPss:")[1].split()[0] for one in processes]
    return sum(map(int, sizes)) / 1024


def children() -> list[str]:
    """Numbers of all processes below this one."""
    import os
    from pathlib import Path

    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[stat.parent.name] = stat.read_text().rpartition(")")[2].split()[1]
        except OSError:  # gone meanwhile
            continue
    found = [str(os.getpid())]
    for known in found:
        found += [one for one, parent in parents.items() if parent == known]
    return found[1:]


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
            print(
                json.dumps({"painted": time.monotonic(), "cpu": time.process_time(), "heavy": []}), flush=True
            )
            app.quit()

    view.loadFinished.connect(loaded)
    view.titleChanged.connect(titled)
    view.load(QUrl("about:blank"))
    view.show()
    app.exec()
    delete(view)


if __name__ == "__main__":
    bare() if sys.argv[1] == "bare" else window(sys.argv[2], memory=sys.argv[1] == "memory")
