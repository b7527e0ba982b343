"""Questions to generated catalogues of three sizes, without a window: what a gesture waits for before it is drawn.

The million takes 150 s to make; set HPVIEWER_BENCH_FILES to a folder to keep it for the next run.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import apsw
import pytest

from hpviewer.catalogue.connection import open_reader
from hpviewer.catalogue.reader import Reader
from hpviewer.catalogue.search_text import phrase
from hpviewer.records.column import Column
from hpviewer.records.filter import RecordFilter
from hpviewer.records.kind import Kind
from hpviewer.records.results import Sort, SortKey
from tests.bench.conftest import Figures
from tests.helpers.scale import bench_sizes, generated_catalogue

pytestmark = pytest.mark.timeout(900)

TEXTS = ("旧村改造", "征地补偿安置方案公告", "变电站", "石塘", "安置区", "产业园")
TYPED = (
    "石塘村",
    "shitang",
    "旧村改造",
    "征收土地公告",
    "穗东府征〔2023〕33号",
    "轨道交通",
    "污水处理厂",
    "2019",
    "凤桥社区",
)


class Asked:
    def __init__(self, records: int) -> None:
        self.records = records
        self.path = generated_catalogue(records)
        self.reader = Reader(self.path)
        self.bare = open_reader(self.path)
        self.chance = random.Random(1)
        facets = self.reader.results(RecordFilter(), Sort(), wanted).facets
        self.towns = sorted(facets.town, key=lambda code: -facets.town[code])
        self.communities = sorted(facets.community, key=lambda code: -facets.community[code])
        self.reader.prepare()

    def name(self, measure: str) -> str:
        return f"{self.records:,} records · {measure}"

    def results(self, filters: list[RecordFilter], sort: Sort = Sort()) -> list[float]:  # noqa: B008
        return [timed(self.reader.results, f, sort, wanted) for f in filters]

    def some(self, codes: list[Any]) -> list[Any]:
        """The ten with the most records, and others."""
        return codes[:10] + self.chance.sample(codes, 10)


def wanted() -> bool:
    return True


def timed(work: Callable[..., object], *given: object) -> float:
    began = time.perf_counter()
    work(*given)
    return (time.perf_counter() - began) * 1000


@pytest.fixture(scope="module", params=bench_sizes())
def asked(request: pytest.FixtureRequest) -> Iterator[Asked]:
    asked = Asked(request.param)
    yield asked
    asked.bare.close()
    asked.reader.close()


def test_filters(asked: Asked, figures: Figures) -> None:
    kinds = [kind for kind in Kind if kind.column is Column.LAND]
    years = range(2004, 2027)
    chance = asked.chance
    figures.add(asked.name("no filter"), asked.results([RecordFilter()] * 20), "p95 < 60")
    towns = [RecordFilter(towns=(code,)) for code in asked.some(asked.towns)]
    frame = as_frame(asked.bare)
    with_pandas = [timed(pandas_click, frame, f.towns[0]) for f in towns[::4]]
    figures.add(asked.name("a town"), asked.results(towns), "p95 < 60", with_pandas, "pandas")
    communities = [RecordFilter().at_place(code) for code in asked.some(asked.communities)]
    figures.add(asked.name("a community"), asked.results(communities), "p95 < 60")
    several = [
        RecordFilter(kinds=(chance.choice(kinds),), years=(chance.choice(years),), column=Column.LAND)
        for _ in range(20)
    ]
    figures.add(asked.name("kind, year and column"), asked.results(several), "p95 < 60")
    figures.add(asked.name("a year"), asked.results([RecordFilter(years=(y,)) for y in years]), "p95 < 60")
    figures.add(
        asked.name("a text, first time"), asked.results([RecordFilter(text=text) for text in TEXTS]), "–"
    )
    combined = [
        RecordFilter(text=text, years=(chance.choice(years),), kinds=tuple(chance.sample(kinds, 3)))
        for text in TEXTS * 4
    ]
    figures.add(asked.name("a facet changed, with text"), asked.results(combined), "p95 < 100")


def as_frame(connection: apsw.Connection) -> Any:
    """What a user of pandas would load: one line for each record and place."""
    import pandas as pd

    rows = connection.execute(
        "SELECT r.fid, p.code, r.kind, r.year, r.column_name, r.published, r.title FROM records r"
        " JOIN record_places p ON p.record = r.fid"
    )
    names = ["fid", "code", "kind", "year", "column", "published", "title"]
    parts = []
    while some := list(itertools.islice(rows, 100_000)):
        part = pd.DataFrame(some, columns=names)
        parts.append(part)
    frame = pd.concat(parts)
    return frame.astype(dict.fromkeys(("code", "kind", "column"), "category"))


def pandas_click(frame: Any, code: str) -> None:
    """The same answer: the first page, and each facet without its own part."""
    chosen = frame[frame["code"] == code]
    chosen.sort_values("published", ascending=False).head(100)
    for facet in ("kind", "year", "column"):
        chosen[facet].value_counts()
    frame["code"].value_counts()


def test_suggestions(asked: Asked, figures: Figures) -> None:
    typed = [text[:end] for text in TYPED for end in range(1, len(text) + 1)]
    by_rank = "SELECT rowid FROM records_text WHERE records_text MATCH ? ORDER BY rank LIMIT 5"
    by_like = "SELECT id FROM records WHERE title LIKE ? ORDER BY published DESC LIMIT 5"

    def ask(sql: str, value: str | None) -> None:
        asked.bare.execute(sql, (value,)).fetchall()

    times, bare = [], []
    for text in typed:
        times.append(timed(asked.reader.suggest, text, wanted))
        bare.append(timed(ask, by_rank, phrase(text)))
    like = [timed(ask, by_like, f"%{text}%") for text in typed[::6]]
    figures.add(asked.name("suggestions for a keystroke"), times, "p95 < 50", bare, "FTS5 by rank")
    figures.add(asked.name("the same beside LIKE"), times, "p95 < 50", like, "LIKE")


def test_sorting_and_scrolling(asked: Asked, figures: Figures) -> None:
    for filters, words in (
        ([RecordFilter()], "no filter"),
        ([RecordFilter(towns=(asked.towns[0],)), RecordFilter(column=Column.LAND)], "a town, a column"),
    ):
        times = [
            one
            for key in SortKey
            for descending in (True, False)
            for one in asked.results(filters, Sort(key, descending))
        ]
        figures.add(asked.name(f"first page of every sort, {words}"), times, "p95 < 50")
    for filter, words in ((RecordFilter(), "no filter"), (RecordFilter(column=Column.LAND), "a column")):
        total = asked.reader.count(filter)
        offsets = [total * at // 20 for at in range(20)]
        times = [timed(asked.reader.rows, filter, Sort(), o, 100, wanted) for o in offsets]
        figures.add(asked.name(f"a page anywhere, {words}"), times, "p95 < 50")


def test_statistics(asked: Asked, figures: Figures) -> None:
    asked.reader.statistics(RecordFilter(), wanted)
    filters = [RecordFilter(), RecordFilter(column=Column.LAND), RecordFilter(towns=(asked.towns[0],))]
    times = [timed(asked.reader.statistics, f, wanted) for f in filters * 4]
    figures.add(asked.name("statistics"), times, "–")


_START = """
import json, sys, time
from pathlib import Path
began = time.perf_counter()
from hpviewer.catalogue.reader import Reader
from hpviewer.records.filter import RecordFilter
from hpviewer.records.results import Sort
def megabytes():
    return int(Path("/proc/self/status").read_text().split("VmRSS:")[1].split()[0]) / 1024
reader = Reader(Path(sys.argv[1]))
reader.results(RecordFilter(), Sort(), lambda: True)
first = time.perf_counter()
reader.info(), reader.places(), reader.unlocated_communities()
facts = time.perf_counter()
started = megabytes()
assert "numpy" not in sys.modules
reader.prepare()
ready = time.perf_counter()
reader.results(RecordFilter(text="旧村改造", years=(2019,)), Sort(), lambda: True)
print(json.dumps({"first": first - began, "facts": facts - first, "prepare": ready - facts,
                  "started": started, "in use": megabytes()}))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_start_and_memory(asked: Asked, figures: Figures) -> None:
    runs = []
    for _ in range(5):
        done = subprocess.run(
            [sys.executable, "-c", _START, str(asked.path)],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONPATH": os.getcwd()},
        )
        runs.append(json.loads(done.stdout))
    for key, words in (
        ("first", "import, open, first results"),
        ("facts", "facts and all places"),
        ("prepare", "columns into memory"),
    ):
        figures.add(asked.name(words), [run[key] * 1000 for run in runs], "–")
    for key, words in (("started", "MB after the start"), ("in use", "MB with columns in memory")):
        figures.add(asked.name(words), [run[key] for run in runs], "< 250 MB")
