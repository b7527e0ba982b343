"""Where the start goes: modules by group, and marks of the window's thread, its readers and the page until the picture.

    PYTHONPATH=. python tests/bench/start_profile.py CATALOGUE [--runs 5]

Prints two tables (Markdown). Imports come from `-X importtime`, which itself slows them down: their share is what
counts. Marks are medians of several starts; milliseconds since the process was asked for, and how long it took.
Beside them stands a bare QWebEngineView, measured in turn.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hpviewer.desktop.app import Desktop

LAUNCHED = "HPVIEWER_LAUNCHED"
_GROUPS = (
    "PySide6",
    "shiboken6",
    "hpviewer.desktop",
    "hpviewer.session",
    "hpviewer.catalogue",
    "hpviewer",
    "apsw",
)
_PAGE = """
document.addEventListener('load', (event) => {
  if (!/parts\\.js$/.test(event.target.src ?? '')) return;
  const spans = window.spans_ = [];
  const watch = (of, name, title) => {
    const plain = of[name];
    of[name] = function (...values) {
      const began = performance.now();
      const done = (result) => { spans.push([title, performance.timeOrigin + began, performance.now() - began]); return result; };
      const result = plain.apply(this, values);
      return result instanceof Promise ? result.then(done) : done(result);
    };
  };
  const mark = (title) => spans.push([title, performance.timeOrigin + performance.now(), 0]);
  document.fonts.addEventListener('loadingdone', () => mark('fonts are there'));
  const frame = () => { mark('frame'); requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
  watch(hp.Geography, 'layer', 'fetch and parse a layer');
  watch(hp.MapView.prototype, 'received', 'message of the window');
  watch(hp.MapView.prototype, 'fit', 'fit');
  watch(hp.MapView.prototype, 'reserved', 'room that is taken');
  watch(hp.Labels.prototype, 'wanted', 'names wanted');
  watch(hp.MapView.prototype, 'apply', 'draw the state');
  watch(hp.MapView.prototype, 'reportPainted', 'names known, frame asked for');
  for (const part of ['RegionLayer', 'BaseMap', 'Outlines', 'Labels', 'Legend', 'Hatch'])
    for (const method of ['onGeography', 'onState', 'onZoom', 'onMove', 'onFacts', 'settle'])
      if (hp[part].prototype[method]) watch(hp[part].prototype, method, `${part}.${method}`);
}, true);
"""

Span = tuple[str, float, float, float]
"""What, when it began, how long it took, processor time of its thread in it; milliseconds."""


class Marks:
    def __init__(self) -> None:
        self.spans: list[Span] = []
        self._launched = float(os.environ[LAUNCHED])

    def now(self) -> float:
        return (time.time() - self._launched) * 1000

    def at(self, name: str) -> None:
        self.spans.append((name, self.now(), 0.0, 0.0))

    def watched(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(work)
        def run(*values: Any, **named: Any) -> Any:
            began, cpu = self.now(), time.thread_time()
            try:
                return work(*values, **named)
            finally:
                self.spans.append((name, began, self.now() - began, (time.thread_time() - cpu) * 1000))

        return run

    def page(self, spans: list[list[Any]]) -> None:
        for name, epoch, took in spans:
            self.spans.append((f"page: {name}", epoch - self._launched * 1000, took, took))

    def tell(self) -> None:
        print(json.dumps({"spans": self.spans, "cpu": time.process_time() * 1000}), flush=True)


def window(catalogue: str) -> None:
    marks = Marks()
    marks.at("interpreter up")
    import hpviewer.cli.start  # noqa: F401
    from hpviewer.desktop import start

    marks.at("Qt and our first modules imported")
    from PySide6.QtWebEngineCore import QWebEngineScript

    from hpviewer.desktop.jobs import JobRunner
    from hpviewer.desktop.map.bridge import MapBridge

    def page_made(*values: Any) -> Any:
        from PySide6.QtCore import QTimer

        made = plain_page(*values)
        script = QWebEngineScript()
        script.setInjectionPoint(QWebEngineScript.InjectionPoint.DocumentCreation)
        script.setWorldId(QWebEngineScript.ScriptWorldId.MainWorld)
        script.setSourceCode(_PAGE)
        made.pane.page.scripts().insert(script)
        made.pane.page.guard.requested.connect(
            lambda address: marks.at(f"asked for {address.rpartition('/')[2]}")
        )
        QTimer.singleShot(0, lambda: marks.at("event loop runs"))
        return made

    plain_page = start.MapPage
    for name, title in (
        ("load_settings", "settings"),
        ("catalogue_for_window", "which catalogue"),
        ("make_application", "QApplication"),
        ("first_picture", "first layer read (apsw imported)"),
        ("map_page_folder", "page's folder"),
    ):
        setattr(start, name, marks.watched(title, getattr(start, name)))
    start.MapPage = marks.watched("page made, web engine started", page_made)  # type: ignore[assignment, misc]

    all_steps = start._Start._all_steps

    def steps(of: Any) -> Any:
        for at, step in enumerate(all_steps(of), 1):
            named = f"import {step.args[0]}" if isinstance(step, partial) else _name(step)
            yield marks.watched(f"step {at}: {named}", step)

    start._Start._all_steps = steps  # type: ignore[method-assign]
    read = JobRunner.read

    def watched_read(of: Any, lane: str, work: Any, done: Any) -> None:
        read(of, lane, marks.watched(f"reader: {lane}", work), marks.watched(f"answer: {lane}", done))

    JobRunner.read = watched_read  # type: ignore[method-assign]
    for name in ("send", "tell_ready", "tell_painted"):
        setattr(MapBridge, name, marks.watched(f"bridge: {name}", getattr(MapBridge, name)))

    def opened(desktop: Desktop) -> None:
        said: list[int] = []

        def ask(result: Any) -> None:
            marks.page(json.loads(result))
            marks.tell()
            desktop.window.close()

        def painted(number: int) -> None:
            if not said and desktop.map_panel.is_current() and desktop.records.table.model().rowCount():
                said.append(number)
                marks.at("painted")
                desktop.map_panel.page.runJavaScript("JSON.stringify(window.spans_)", ask)

        desktop.map_panel.painted.connect(painted)

    sys.exit(start.run_window(Path(catalogue), opened))


def _name(step: Callable[..., object]) -> str:
    code = getattr(step, "__code__", None)
    if code is None or step.__name__ != "<lambda>":  # a bound method
        return step.__name__.strip("_")
    return ".".join(code.co_names[-2:])


def bare() -> None:
    marks = Marks()
    marks.at("interpreter up")
    from PySide6.QtCore import QUrl
    from PySide6.QtWebEngineWidgets import QWebEngineView
    from PySide6.QtWidgets import QApplication
    from shiboken6 import delete

    marks.at("Qt imported")
    app = QApplication(sys.argv[:1])
    marks.at("QApplication made")
    view = QWebEngineView()
    view.resize(1366, 768)
    marks.at("view made")

    def titled(title: str) -> None:
        if title == "painted":
            marks.at("painted")
            marks.tell()
            app.quit()

    twice = "requestAnimationFrame(() => requestAnimationFrame(() => document.title = 'painted'))"
    view.loadFinished.connect(lambda _: view.page().runJavaScript(twice))
    view.titleChanged.connect(titled)
    view.load(QUrl("about:blank"))
    view.show()
    app.exec()
    delete(view)


def run(words: Sequence[str], home: str, *options: str) -> tuple[dict[str, Any], str]:
    done = subprocess.run(
        [sys.executable, *options, __file__, *words],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        env={**os.environ, "PYTHONPATH": os.getcwd(), "HPVIEWER_HOME": home, LAUNCHED: str(time.time())},
    )
    told = next(line for line in done.stdout.splitlines() if line.startswith('{"spans"'))
    return json.loads(told), done.stderr


def imports(words: Sequence[str], home: str) -> dict[str, tuple[int, float]]:
    """Number of modules and milliseconds of their own by group."""
    found: dict[str, list[float]] = defaultdict(list)
    for line in run(words, home, "-X", "importtime")[1].splitlines():
        if line.startswith("import time:") and line.split("|")[0].split()[-1].isdigit():
            own, _, name = line.removeprefix("import time:").split("|")
            name = name.strip()
            inside = (group for group in _GROUPS if name == group or name.startswith(f"{group}."))
            standard = name.partition(".")[0].lstrip("_") in _STANDARD or name.partition(".")[0] in _STANDARD
            found[next(inside, "standard library" if standard else "others")].append(int(own) / 1000)
    return {group: (len(times), sum(times)) for group, times in found.items()}


_STANDARD = frozenset(sys.stdlib_module_names)


def marks_table(runs: list[list[Span]], least: float) -> list[str]:
    """Medians by name, in the order of time; what is shorter than ``least`` milliseconds is left out."""
    times: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for spans in runs:
        seen: dict[str, int] = defaultdict(int)
        for name, *numbers in spans:
            seen[name] += 1
            again = f" ({seen[name]})" if seen[name] > 1 else ""
            times[name + again].append((numbers[0], numbers[1], numbers[2]))
    rows = []
    for name, found in times.items():
        if len(found) * 2 <= len(runs):
            continue
        at, took, cpu = (statistics.median(one[column] for one in found) for column in range(3))
        if took >= least or not took:
            rows.append((at, took, cpu, name))
    return [
        f"| {name} | {at:.0f} | {f'{took:.1f}' if took else ''} | {f'{cpu:.1f}' if took else ''} |"
        for at, took, cpu, name in sorted(rows)
    ]


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("catalogue", type=Path)
    words.add_argument("--runs", type=int, default=5)
    words.add_argument("--least", type=float, default=1.0, help="shorter marks are left out (milliseconds)")
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as home:
        ours, beside = ["window", str(asked.catalogue)], ["bare"]
        run(ours, home)
        run(beside, home)
        runs, bares = [], []
        for _ in range(asked.runs):
            runs.append(run(ours, home)[0])
            bares.append(run(beside, home)[0])
        groups, bare_groups = imports(ours, home), imports(beside, home)
    print("| modules | number | ms of their own | in the bare view |\n|---|---|---|---|")
    for group, (number, spent) in sorted(groups.items(), key=lambda item: -item[1][1]):
        other = bare_groups.get(group)
        print(f"| {group} | {number} | {spent:.0f} | {f'{other[0]}: {other[1]:.0f}' if other else ''} |")
    print(
        f"| all | {sum(n for n, _ in groups.values())} | {sum(ms for _, ms in groups.values()):.0f} |", end=""
    )
    print(f" {sum(n for n, _ in bare_groups.values())}: {sum(ms for _, ms in bare_groups.values()):.0f} |")
    for title, found in (("what", runs), ("the bare view", bares)):
        cpu = statistics.median(one["cpu"] for one in found)
        print(f"\n| {title} (processor time {cpu:.0f} ms) | at ms | took | of it busy |\n|---|---|---|---|")
        print("\n".join(marks_table([one["spans"] for one in found], asked.least)))


if __name__ == "__main__":
    if sys.argv[1] == "window":
        window(sys.argv[2])
    elif sys.argv[1] == "bare":
        bare()
    else:
        main()
