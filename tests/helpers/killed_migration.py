"""Kills a migration at random moments, again and again: run as a process, prints what it found as JSON.

`killed_migration.py CATALOGUE TIMES`: each time a fresh copy is migrated by a child that is killed without warning; then
the copy must be a whole file of the old or of the new version, and be brought to the new one by the next start.
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

import apsw

from hpviewer.catalogue.connection import open_reader
from hpviewer.catalogue.kept_backups import kept_backups
from hpviewer.catalogue.migrations import Step, migrate, stored_version

ROWS = 60_000


def _remarks(connection: apsw.Connection) -> None:
    connection.pragma(
        "cache_size", 5
    )  # SQLite writes to the file all through the step, as in a large catalogue
    connection.execute("CREATE TABLE remarks (fid INTEGER PRIMARY KEY, text TEXT NOT NULL)")
    connection.execute(
        f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {ROWS})"
        " INSERT INTO remarks (text) SELECT hex(randomblob(8)) FROM n"
    )
    connection.execute("UPDATE records SET note = note || 'x'")


def _index(connection: apsw.Connection) -> None:
    connection.pragma("cache_size", 5)
    connection.execute("CREATE INDEX remarks_text ON remarks(text)")


STEPS = (Step(2, _remarks), Step(3, _index))
TARGET = 3


def state(path: Path) -> str:
    """The version that the file is whole in; anything else is damage."""
    version = stored_version(path, TARGET)
    connection = open_reader(path)
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
    rows = connection.execute("SELECT count(*) FROM remarks").fetchone() if "remarks" in tables else None
    marked = connection.execute("SELECT count(*) FROM records WHERE note LIKE '%x'").fetchone()
    sound = connection.pragma("integrity_check")
    connection.close()
    expected = {1: (None, False), 2: ((ROWS,), False), 3: ((ROWS,), True)}[version]
    if sound != "ok" or (rows, "remarks_text" in tables) != expected or (marked[0] > 0) != (version > 1):
        return f"torn: {version} {sound} {rows} {marked}"
    return f"v{version}"


def migrated_in_child(path: Path) -> int:
    child = os.fork()
    if child == 0:
        migrate(path, STEPS, TARGET)
        os._exit(0)
    return child


def killed_at(source: Path, work: Path, moment: float) -> str:
    shutil.rmtree(work.parent)
    work.parent.mkdir()
    shutil.copyfile(source, work)
    child = migrated_in_child(work)
    time.sleep(moment)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    found = state(work)
    backups = [stored_version(backup, TARGET) for backup in kept_backups(work)]
    if found != "v1" and backups != [1]:
        return f"no backup of {found}: {backups}"
    for leftover in (work.parent / "backups").glob(
        ".*.tmp"
    ):  # of a killed backup: never taken for a whole one
        leftover.unlink()
    migrate(work, STEPS, TARGET)
    return found if state(work) == "v3" else f"not finished: {state(work)}"


def main(source: Path, times: int) -> None:
    work = source.parent / "killed" / "catalogue.gpkg"
    work.parent.mkdir()
    shutil.copyfile(source, work)
    began = time.monotonic()
    os.waitpid(migrated_in_child(work), 0)
    whole = time.monotonic() - began
    assert state(work) == "v3"
    chance = random.Random(20261124)
    states = [killed_at(source, work, chance.uniform(0, whole * 1.05)) for _ in range(times)]
    print(json.dumps({"states": states, "milliseconds": round(whole * 1000)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
