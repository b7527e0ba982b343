"""Kills an import at random moments, again and again: run as a process, prints what it found as JSON.

`killed_import.py CATALOGUE TIMES`: each time a fresh copy is written to by a child that is killed without warning;
then the copy must open and hold either everything as before or the whole import.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from pathlib import Path

from hpviewer.catalogue.check import check_catalogue
from hpviewer.catalogue.reader import Reader
from hpviewer.catalogue.writer import Writer
from hpviewer.places.place import PlaceCode
from hpviewer.records.column import Column
from hpviewer.records.filter import RecordFilter
from hpviewer.records.kind import Kind
from hpviewer.records.partial_date import PartialDate
from hpviewer.records.record import Record

RECORDS = [
    Record(
        id=f"kill-{number}",
        column=Column.LAND,
        kind=Kind.APPROVAL,
        title=f"第{number}号批复",
        doc_number=f"粤府土审(02)〔2024〕{number}号",
        published=PartialDate(2024, 1 + number % 12, 1 + number % 28),
        project=f"项目{number % 50}",
        towns=(PlaceCode("440112006"),),
        communities=(PlaceCode("440112006003"),),
    )
    for number in range(1, 1_201)
]
"""As many as are written the way that suits a large import: indexes put aside, counted once."""


def bring_in(path: Path) -> None:
    with Writer(path) as writer:
        # a cache of a few pages makes SQLite write to the file all through the import, as a large import does
        writer._connection.pragma("cache_size", 5)
        writer.save(RECORDS, "killed.xlsx")


def state(path: Path) -> str:
    """``before`` or ``after``; anything else is damage."""
    reader = Reader(path)
    total, batches = reader.count(RecordFilter()), 0
    reader.close()
    with Writer(path) as writer:
        batches = len(writer.batches())
    problems = [problem for result in check_catalogue(path) for problem in result.problems]
    if problems:
        return f"damaged: {problems[:3]}"
    return {(25, 0): "before", (25 + len(RECORDS), 1): "after"}.get(
        (total, batches), f"torn: {total} {batches}"
    )


def killed_at(source: Path, work: Path, moment: float) -> str:
    shutil.copyfile(source, work)
    child = os.fork()
    if child == 0:
        bring_in(work)
        os._exit(0)
    time.sleep(moment)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return state(work)


def main(source: Path, times: int) -> None:
    folder = source.parent / "killed"
    folder.mkdir()
    work = folder / "catalogue.gpkg"
    shutil.copyfile(source, work)
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        bring_in(work)
        os._exit(0)
    os.waitpid(child, 0)
    whole = time.monotonic() - began
    assert state(work) == "after"
    chance = random.Random(20261124)
    states = [killed_at(source, work, chance.uniform(0, whole * 1.05)) for _ in range(times)]
    left = sorted(path.name for path in folder.iterdir())
    print(json.dumps({"states": states, "left": left, "milliseconds": round(whole * 1000)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
