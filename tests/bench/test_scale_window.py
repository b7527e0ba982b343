"""The real window on generated catalogues of three sizes: from a gesture to the picture that answers it.

HPVIEWER_BENCH_FILES keeps the catalogues from one run to the next and adds the million, HPVIEWER_BENCH_SIZES chooses
among the sizes.
"""

from __future__ import annotations

import itertools
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hpviewer.catalogue.connection import open_reader
from hpviewer.catalogue.geopackage import geometry_parts
from hpviewer.catalogue.search_text import phrase
from hpviewer.desktop.app import Desktop
from hpviewer.places.place import PlaceCode
from hpviewer.records.column import Column
from hpviewer.records.filter import RecordFilter
from hpviewer.records.kind import Kind
from hpviewer.records.results import Sort, SortKey
from tests.bench.conftest import Figures, probe_environment
from tests.bench.test_event_loop import scale_window
from tests.bench.test_gestures import Answers, Painted, committed, until
from tests.bench.test_scale_queries import as_frame, pandas_click, timed
from tests.helpers.map_window import NO_GRAPHICS_CARD, evaluate
from tests.helpers.scale import bench_sizes, generated_catalogue

pytestmark = [pytest.mark.qt_log_ignore(NO_GRAPHICS_CARD), pytest.mark.timeout(900)]

SIZES = bench_sizes()
WORDS = ("石塘村", "shitang", "旧村改造", "征收土地公告", "穗东府征〔2023〕", "2019")
PROBE = "tests/bench/start_probe.py"


class Opened:
    def __init__(self, records: int, desktop: Desktop, qtbot: QtBot) -> None:
        self.records, self.desktop, self.qtbot = records, desktop, qtbot
        self.session = desktop.session
        self.painted = Painted(desktop)

    def name(self, measure: str) -> str:
        return f"{self.records:,} records · window · {measure}"

    def settle(self) -> None:
        panel, jobs = self.desktop.map_panel, self.desktop.jobs
        self.qtbot.waitUntil(lambda: panel.is_shown() and not jobs.busy, timeout=60_000)

    def page(self, script: str) -> object:
        return evaluate(self.qtbot, self.desktop.map_panel.page, script)

    def until_drawn(self, wanted: RecordFilter | Sort) -> None:
        """Map, table and cascade show the results of the session's filter and sort."""
        session, panel = self.session, self.desktop.map_panel

        def done() -> bool:
            results = session.results
            if results is None or wanted not in (results.filter, results.sort) or not panel.is_current():
                return False
            return not self.painted.waiting or not results.total

        # idle: of an empty result that leaves the map as it is nothing is painted
        until(done, [panel.painted, self.painted.happened, self.desktop.jobs.idle])

    def time(self, act: Callable[[], object], wanted: RecordFilter | Sort) -> float:
        self.settle()
        self.qtbot.wait(100)
        began = time.perf_counter()
        act()
        self.until_drawn(wanted)
        return (time.perf_counter() - began) * 1000


@pytest.fixture(scope="module", params=SIZES)
def records(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def opened(records: int, qtbot: QtBot) -> Iterator[Opened]:
    with scale_window(records) as desktop:
        desktop.open()
        qtbot.waitUntil(lambda: desktop.map_panel.is_current() and not desktop.jobs.busy, timeout=60_000)
        yield Opened(records, desktop, qtbot)


def probe(home: Path, *words: str) -> tuple[float, list[dict[str, float]]]:
    """When the process was started, and what it printed."""
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, PROBE, *words],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
        env=probe_environment(home),
    )
    return began, [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def test_start(records: int, tmp_path: Path, figures: Figures) -> None:
    files = {"ours": str(generated_catalogue(records)), "small": str(generated_catalogue(1_000))}
    times: dict[str, list[float]] = {"ours": [], "small": []}
    for path in files.values():
        probe(tmp_path, "window", path)
    for _ in range(7):
        for key, path in files.items():
            began, said = probe(tmp_path, "window", path)
            times[key].append((said[0]["painted"] - began) * 1000)
    name = f"{records:,} records · window · start → map painted, table filled"
    figures.add(name, times["ours"], "≤ 1.3 × 1,000", times["small"], "1,000 records")


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_memory(records: int, tmp_path: Path, figures: Figures) -> None:
    runs = [probe(tmp_path, "memory", str(generated_catalogue(records)))[1][-1] for _ in range(2)]
    for key, words, goal in (
        ("python", "MB of the Python process, after a text and statistics", "≤ 250"),
        ("all", "MB of all processes (proportional)", "≤ 600"),
    ):
        figures.add(f"{records:,} records · {words}", [run[key] for run in runs], goal)


def test_click_on_a_region(opened: Opened, figures: Figures) -> None:
    session, qtbot = opened.session, opened.qtbot
    results = session.results
    assert results is not None
    with closing(open_reader(generated_catalogue(opened.records))) as bare:
        frame = as_frame(bare)
    by_count = sorted(results.facets.town, key=lambda code: -results.facets.town[code])
    surface = opened.desktop.map_panel.view.focusProxy()
    times, with_pandas = [], []
    for code in [*by_count[:6], *random.Random(1).sample(by_count, 8)]:
        session.select_place(None, "bench")
        opened.settle()
        opened.page("void map.fit(null, false)")
        qtbot.wait(300)
        at = QPoint(*opened.page(f"map.pixelOf('{code}')"))  # type: ignore[misc]
        wanted = RecordFilter().at_place(PlaceCode(code))
        times.append(
            opened.time(lambda at=at: QTest.mouseClick(surface, Qt.MouseButton.LeftButton, pos=at), wanted)  # type: ignore[misc, call-overload]
        )
        with_pandas.append(timed(pandas_click, frame, code))
    figures.add(
        opened.name("region click → map, table, facets"),
        times,
        "p95 ≤ 100",
        with_pandas,
        "pandas, no drawing",
    )


def test_keystroke(opened: Opened, figures: Figures) -> None:
    search, answers, qtbot = opened.desktop.window.search, Answers(opened.desktop), opened.qtbot
    search.setFocus()
    by_rank = "SELECT rowid FROM records_text WHERE records_text MATCH ? ORDER BY rank LIMIT 5"
    times, bare_times = [], []
    with closing(open_reader(generated_catalogue(opened.records))) as bare:
        for word in WORDS:
            search.clear()
            for end in range(1, len(word) + 1):
                qtbot.wait(150)  # a fast typist
                opened.settle()
                began = time.perf_counter()
                if word[end - 1].isascii():
                    QTest.keyClicks(search, word[end - 1])
                else:
                    QApplication.sendEvent(search, committed(word[end - 1]))
                until(lambda so_far=word[:end]: answers.last == so_far, [answers.came])  # type: ignore[misc]
                assert search.popup is not None
                search.popup.view.viewport().repaint()
                times.append((time.perf_counter() - began) * 1000)
                sought = phrase(word[:end])
                bare_times.append(timed(lambda sought=sought: bare.execute(by_rank, (sought,)).fetchall()))  # type: ignore[misc]
    figures.add(opened.name("keystroke → suggestions drawn"), times, "p95 ≤ 50", bare_times, "bare FTS5")


def test_facet_with_text(opened: Opened, figures: Figures) -> None:
    session, chance = opened.session, random.Random(2)
    kinds = [kind for kind in Kind if kind.column is Column.LAND]
    first, times = [], []
    for text in ("旧村改造", "变电站", "石塘"):
        wanted = RecordFilter(text=text)
        first.append(opened.time(lambda wanted=wanted: session.set_filter(wanted, "search"), wanted))  # type: ignore[misc]
        for _ in range(5):
            wanted = replace(
                wanted, years=(chance.randint(2006, 2025),), kinds=tuple(chance.sample(kinds, 3))
            )
            times.append(opened.time(lambda wanted=wanted: session.set_filter(wanted, "facet"), wanted))  # type: ignore[misc]
    figures.add(opened.name("a text, first time → map, table, facets"), first, "–")
    figures.add(opened.name("facet change with text → map, table, facets"), times, "p95 ≤ 100")


def test_sort_and_scroll(opened: Opened, figures: Figures) -> None:
    session, table = opened.session, opened.desktop.records.table
    for filter, words in ((RecordFilter(), "all records"), (RecordFilter(column=Column.LAND), "a column")):
        session.set_filter(filter, "bench")
        opened.settle()
        times = []
        for key, down in itertools.product(SortKey, (False, True)):
            sort = Sort(key, down)
            times.append(opened.time(lambda sort=sort: session.set_sort(sort, "table"), sort))  # type: ignore[misc]
        figures.add(opened.name(f"a sort → table drawn, {words}"), times, "p95 ≤ 50")
        session.set_sort(Sort(), "table")
        opened.settle()
        bar, model, times = table.verticalScrollBar(), table.model(), []
        for part in range(1, 20):
            began = time.perf_counter()
            bar.setValue(round(bar.maximum() * ((part * 7) % 20) / 20))

            def filled(model=model) -> bool:  # type: ignore[no-untyped-def]
                return bool(model.index(table.rowAt(table.viewport().height() // 2), 2).data())

            until(filled, [model.dataChanged])
            table.viewport().repaint()
            times.append((time.perf_counter() - began) * 1000)
            opened.qtbot.wait(40)
        figures.add(opened.name(f"a jump of the table → rows drawn, {words}"), times, "p95 ≤ 50")


_FRAMES = """new Promise((done) => {
  const times = []; let last = performance.now(); let moves = %s; let ended = false;
  const frame = (now) => { times.push(now - last); last = now; if (!ended) requestAnimationFrame(frame); };
  const next = () => { const move = moves.shift(); if (!move) { ended = true; window.frames_ = times; return; }
    map.leaflet.once('moveend', () => setTimeout(next, 60));
    if (move.length === 2) map.leaflet.panBy(move, { duration: 0.5 }); else map.leaflet.setZoom(move[0]); };
  window.frames_ = null; requestAnimationFrame((now) => { last = now; requestAnimationFrame(frame); next(); });
})"""
_MOVES = [
    [180, 90],
    [-260, 40],
    [120, -200],
    [13.4],
    [200, 0],
    [-90, 160],
    [12.6],
    [0, -240],
    [14],
    [160, 160],
]


def test_pan_and_zoom_with_areas(opened: Opened, figures: Figures) -> None:
    results = opened.session.results
    assert results is not None
    town = max(results.facets.town, key=lambda code: results.facets.town[code])
    opened.page("void document.querySelector('.map-button[aria-pressed]').click()")

    def move() -> list[float]:
        opened.page(f"void map.leaflet.setView(hp.latLng(map.region('{town}').at), 13, {{animate: false}})")
        opened.qtbot.waitUntil(lambda: bool(opened.page("map.areas.settled")), timeout=20_000)
        opened.qtbot.wait(300)
        opened.page(f"void {_FRAMES % json.dumps(_MOVES)}")
        opened.qtbot.waitUntil(lambda: bool(opened.page("window.frames_ !== null")), timeout=60_000)
        return list(opened.page("window.frames_"))  # type: ignore[call-overload]

    ours = move()
    beside: list[float] = []
    if opened.records <= 100_000:  # a million areas in one page was not tried
        opened.page("void document.querySelector('.map-button[aria-pressed]').click()")
        opened.page(
            f"void L.layerGroup({_embedded(opened.records)}.map((ring) => L.polygon(ring))).addTo(map.leaflet)"
        )
        beside = move()
    figures.add(
        opened.name("pan and zoom with areas, ms a frame"), ours, "mean ≤ 33", beside, "all areas embedded"
    )
    mean, other = sum(ours) / len(ours), sum(beside) / len(beside) if beside else 0.0
    print(
        f"\nmean {mean:.1f} ms a frame, longest {max(ours):.0f}; embedded {other:.1f}, {max(beside, default=0):.0f}"
    )


def _embedded(records: int) -> str:
    """Rings of all areas as the script of a page in which everything is written out."""
    with closing(open_reader(generated_catalogue(records))) as bare:
        import shapely

        rows = bare.execute("SELECT geom FROM projects WHERE location_basis = 'area'").fetchall()
        shapes = shapely.from_wkb([geometry_parts(geom)[0] for (geom,) in rows])
    rings = [[[round(y, 5), round(x, 5)] for x, y in shape.geoms[0].exterior.coords] for shape in shapes]
    return json.dumps(rings, separators=(",", ":"))
