"""A ledger of 100,000 rows: what reading and saving it cost beside calamine and a bare executemany, in one run.

Compared, each in turn with what stands beside it and on the same file and the same catalogue:

- **read**: `read_ledger` (file -> records, with every check) beside calamine handing over the cells as Python values;
- **read, kept bare**: the same beside calamine and an executemany of those rows into a table without any index;
- **whole import**: `ImportDesk.preview` and `save` (read, compare, save with places, search text, history, projects)
  beside calamine and an executemany of the same *finished* rows into the same tables: records, places, search text
  already split, history, with all indexes but without the counting triggers that a catalogue has (they cost a bare
  executemany 70 µs a row; our import counts once at its end);
- **records alone**: the same import beside calamine and an executemany of the finished records and places only.

Wall time and processor time; memory is the peak of a process of its own.
"""

from __future__ import annotations

import datetime as dt
import gc
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import apsw
import pytest
from python_calamine import CalamineWorkbook

from hpviewer.catalogue.connection import open_writer, transaction
from hpviewer.catalogue.places_on_map import PlacesOnMap
from hpviewer.catalogue.record_values import RecordValues
from hpviewer.catalogue.record_writer import TEXT_INSERT
from hpviewer.importing.ledger.reader import read_ledger
from hpviewer.records.filter import RecordFilter
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.session.import_desk import ImportDesk
from tests.bench.conftest import Figures
from tests.helpers import ledger_files
from tests.helpers.catalogue import bundled_catalogue

pytestmark = pytest.mark.timeout(900)

ROWS = int(os.environ.get("HPVIEWER_BENCH_ROWS", "100000"))
RUNS = 3
HEADER = (
    "序号", "公告标题", "类别", "公告文号", "批准文号", "发布日期", "公告期", "项目名称", "四至", "总面积（公顷）", "农用地",
    "耕地", "园地", "建设用地", "权属单位", "所属街镇", "所属社区", "来源网址", "备注",
)  # fmt: skip
_KINDS = ("征收土地公告", "征收土地预公告", "征地补偿安置公告", "征地批复", "征地补偿安置方案公告")
Pair = tuple[float, float]
"""Wall seconds, processor seconds."""


@lru_cache(maxsize=1)
def _places() -> tuple[tuple[str, str], ...]:
    """Town and community as the bundled catalogue names them."""
    queries = CatalogueQueries(bundled_catalogue(Path(tempfile.mkdtemp(prefix="hpviewer-bench-"))))
    places = queries.reader().places()
    found = tuple(
        (places[place.town_code].name, place.name)
        for place in places.values()
        if place.code != place.town_code
    )
    queries.close()
    return found


def ledger_rows(count: int, seed: int = 1) -> Iterator[tuple[Any, ...]]:
    """模拟数据: rows as a keeper's ledger has them. Titles, numbers, areas and addresses differ in each row; places,
    kinds, days, owners and projects come again."""
    chance = random.Random(seed)
    for number in range(1, count + 1):
        town, community = chance.choice(_places())
        day = dt.date(2008, 1, 1) + dt.timedelta(days=chance.randrange(6500))
        until = day + dt.timedelta(days=chance.choice((10, 14, 30)))
        farm, built = round(chance.uniform(0, 3), 4), round(chance.uniform(0, 5), 4)
        tilled = round(farm * 0.6, 4)
        kind = chance.choice(_KINDS)
        yield (
            number, f"广州市黄埔区{town}{community}地块{number}{kind}", kind,
            f"穗埔府征〔{day.year}〕{number - 1}号", f"粤府土审({chance.randint(1, 20):02d})〔{day.year}〕{number - 1}号",
            day if number % 2 else day.isoformat(),
            f"{day.year}年{day.month}月{day.day}日至{until.year}年{until.month}月{until.day}日",
            f"{day.year}年度第{chance.randint(1, 300)}批次城镇建设用地", f"改革路以东{number}号，南至{community}河涌",
            round(farm + built, 4), farm, tilled, round(farm - tilled, 4), built,
            f"{community}经济联合社、{community}第{'一二三四五'[number % 5]}经济合作社", town, community,
            f"https://example.invalid/gk/post_{7_000_000 + number}.html", "" if number % 4 else "模拟数据",
        )  # fmt: skip


def ledger(folder: Path) -> Path:
    """The file: 14 MB, about 15 s to write; kept in HPVIEWER_BENCH_FILES."""
    kept = os.environ.get("HPVIEWER_BENCH_FILES")
    path = (Path(kept) if kept else folder) / f"ledger-{ROWS}.xlsx"
    if path.is_file():
        return path
    return ledger_files.write_sheets(path, {"台账": [HEADER, *ledger_rows(ROWS)]})


def timed(work: Callable[[], object]) -> Pair:
    gc.collect()
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - processor


def cells_of(path: Path) -> list[list[Any]]:
    with CalamineWorkbook.from_path(str(path)) as book:
        return list(book.get_sheet_by_index(0).iter_rows())


def test_reading(tmp_path: Path, figures: Figures) -> None:
    path = ledger(tmp_path)
    queries = CatalogueQueries(bundled_catalogue(tmp_path))
    resolver = queries.reader().resolver
    bare, plain, ours = [], [], []
    for run in range(RUNS):
        bare.append(timed(lambda: cells_of(path)))
        plain.append(timed(lambda run=run: _plain_table(tmp_path / f"plain{run}.db", path)))
        ours.append(timed(lambda: read_ledger(path, resolver)))
    reading = read_ledger(path, resolver)
    assert (len(reading.records), reading.rejections, reading.warnings) == (ROWS, (), ())
    _report(figures, "read", ours, bare, "calamine")
    _report(figures, "read", ours, plain, "calamine and a plain table")
    queries.close()


def test_whole_import(tmp_path: Path, figures: Figures) -> None:
    path = ledger(tmp_path)
    bare, alone, ours, parts = [], [], [], []
    finished: Finished | None = None
    for run in range(RUNS):
        for name in ("ours", "bare", "alone"):
            (tmp_path / f"{name}{run}").mkdir()
        catalogue = bundled_catalogue(tmp_path / f"ours{run}")
        pairs = imported(catalogue, path)
        parts.append(pairs)
        ours.append((sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)))
        finished = finished or Finished(catalogue)
        for name, times, everything in (("bare", bare, True), ("alone", alone, False)):
            target = bundled_catalogue(tmp_path / f"{name}{run}")
            times.append(timed(partial(_finished_rows, target, path, finished, everything)))
    for at, name in enumerate(("preview", "save")):
        _report(figures, name, [each[at] for each in parts], bare, "the whole of it")
    _report(figures, "whole import", ours, bare, "calamine and finished rows, text and history too")
    _report(figures, "whole import", ours, alone, "calamine and finished rows, records and places only")


def test_memory(tmp_path: Path) -> None:
    """Of a process that imports the file, from its start to its end."""
    path = ledger(tmp_path)
    catalogue = bundled_catalogue(tmp_path)
    root = Path(__file__).parents[2]
    said = subprocess.run(
        [sys.executable, __file__, str(catalogue), str(path)],
        check=True, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(root)},
    ).stdout  # fmt: skip
    print("\n" + said)
    queries = CatalogueQueries(catalogue)
    assert queries.reader().count(RecordFilter()) == ROWS + 25
    queries.close()


def imported(catalogue: Path, path: Path) -> tuple[Pair, Pair]:
    """Times of the preview and of saving it."""
    queries = CatalogueQueries(catalogue)
    desk = ImportDesk(queries)
    queries.reader().resolver  # noqa: B018  # the window and a second file have it already
    previews: list[Any] = []
    reading = timed(lambda: previews.extend(desk.preview([path])))
    saving = timed(lambda: desk.save(previews))
    assert not previews[0].rejected, previews[0].rejected[:3]
    queries.close()
    return reading, saving


class Finished:
    """What an import left in a catalogue, as rows ready to be put into another one."""

    def __init__(self, catalogue: Path) -> None:
        from hpviewer.catalogue.writer import Writer

        connection = apsw.Connection(str(catalogue))
        first = connection.execute("SELECT max(fid) FROM records").get - ROWS + 1
        self.records = list(connection.execute("SELECT * FROM records WHERE fid >= ?", (first,)))
        self.places = list(
            connection.execute(
                "SELECT record, code, position FROM record_places WHERE record >= ? ORDER BY fid", (first,)
            )
        )
        self.history = list(
            connection.execute("SELECT 1, record_id, before, after FROM record_history ORDER BY fid")
        )
        names = dict(
            connection.execute("SELECT code, name FROM towns UNION SELECT code, name FROM communities")
        )
        connection.close()
        with Writer(catalogue) as writer:
            changes = writer.changes_of(writer.batches()[0].number)
        records = [change.after for change in changes if change.after is not None]
        values = RecordValues(PlacesOnMap(names, {}))
        self.texts = list(values.texts(records, range(first, first + ROWS)))


def _finished_rows(catalogue: Path, path: Path, finished: Finished, everything: bool) -> None:
    cells_of(path)
    connection = open_writer(catalogue)
    connection.pragma("cache_size", -128_000)  # as our import has it
    with transaction(connection):
        for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            if name.endswith("counted"):
                connection.execute(f"DROP TRIGGER {name}")
        marks = ", ".join("?" * len(finished.records[0]))
        connection.executemany(f"INSERT INTO records VALUES ({marks})", finished.records)
        connection.executemany(
            "INSERT INTO record_places (record, code, position) VALUES (?, ?, ?)", finished.places
        )
        if everything:
            connection.executemany(TEXT_INSERT, finished.texts)
            connection.execute("INSERT INTO batches (started, source, undone) VALUES ('', '', '')")
            connection.executemany(
                "INSERT INTO record_history (batch, record_id, before, after) VALUES (?, ?, ?, ?)",
                finished.history,
            )
    connection.close()


def _plain_table(target: Path, path: Path) -> None:
    rows = cells_of(path)
    connection = apsw.Connection(str(target))
    with connection:
        connection.execute(f"CREATE TABLE ledger ({', '.join(f'c{at}' for at in range(len(HEADER)))})")
        marks = ", ".join("?" * len(HEADER))
        connection.executemany(
            f"INSERT INTO ledger VALUES ({marks})",
            ([str(cell) if isinstance(cell, dt.date) else cell for cell in row] for row in rows),
        )
    connection.close()


def _report(figures: Figures, name: str, ours: list[Pair], other: list[Pair], beside: str) -> None:
    for at, clock in enumerate(("wall", "processor")):
        figures.add(
            f"{name}, {ROWS:,} rows, {clock} ms",
            [pair[at] * 1000 for pair in ours],
            "≤ 1.5 ×",
            [pair[at] * 1000 for pair in other],
            beside,
        )


def main(catalogue: Path, path: Path) -> None:
    before = _most_memory()
    pairs = imported(catalogue, path)
    print(json.dumps({"MB before": before, "MB at most": _most_memory(), "preview, save": pairs}))


def _most_memory() -> int:
    """MB; the child's ru_maxrss would begin with what its parent had."""
    (line,) = (
        line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")
    )
    return int(line.split()[1]) // 1024


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
