"""From an older catalogue to the tables of today: numbered steps, each whole or not at all, a backup first.

A change of the tables is a new ``Step`` at the end of STEPS and SCHEMA_VERSION one higher; `create_tables` makes new
files with the result at once. The version stands in hpviewer_meta, because PRAGMA user_version of a GeoPackage is
the version of that standard.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import apsw

from hpviewer.catalogue.connection import fetch, open_reader, open_writer, sentences, transaction
from hpviewer.catalogue.kept_backups import KEPT, keep_backup
from hpviewer.catalogue.schema import SCHEMA_VERSION, read_meta, set_meta, tables_fingerprint
from hpviewer.errors import CatalogueError
from hpviewer.wording import say

_BUSY_MS = 60_000
"""Another program's backup and step are worth waiting for."""


@dataclass(frozen=True, slots=True)
class Step:
    """``run`` makes a file of version ``to`` - 1 one of ``to``, inside the caller's transaction."""

    to: int
    run: Callable[[apsw.Connection], None]


STEPS: tuple[Step, ...] = ()
"""None yet: version 1 is the first."""


def migrate(
    path: Path, steps: Sequence[Step] = STEPS, target: int = SCHEMA_VERSION, kept: int = KEPT
) -> Path | None:
    """Bring the file up to version ``target``; the backup made before, None when there was nothing to do.

    Two programs may start at once: the second waits and finds the work done. A program that is killed leaves the
    file at the version before or after a step, and the next start goes on from there. CatalogueError when the file
    is no catalogue, newer than ``target``, or cannot be written; it is then as it was.
    """
    if stored_version(path, target) == target:
        return None
    backups: list[Path] = []
    connection = open_writer(path)
    try:
        connection.set_busy_timeout(_BUSY_MS)
        # tables are made anew and renamed in a step; what refers to them is checked at its end
        connection.pragma("foreign_keys", 0)
        with sentences(path):
            for step in sorted(steps, key=lambda step: step.to):
                _run(connection, step, path, target, backups, kept)
        version = _version(connection, target)
    finally:
        connection.close()
    if version != target:
        raise CatalogueError(
            say("catalogue.too_old", file=path, version=version, ours=target), say("catalogue.too_old_next")
        )
    return backups[0] if backups else None


def stored_version(path: Path, target: int = SCHEMA_VERSION) -> int:
    """The version of the file's tables. CatalogueError when it is no catalogue of ours or newer than ``target``."""
    connection = open_reader(path)
    try:
        with sentences(path):
            return _version(connection, target)
    finally:
        connection.close()


def _version(connection: apsw.Connection, target: int) -> int:
    return int(read_meta(connection, range(target + 1))["schema_version"])


def _run(
    connection: apsw.Connection, step: Step, path: Path, target: int, backups: list[Path], kept: int
) -> None:
    try:
        with transaction(connection):
            # asked inside the transaction: another program may have done this step while we waited
            version = _version(connection, target)
            if version != step.to - 1 or step.to > target:
                return
            if (
                not backups
            ):  # inside, too: nobody else writes meanwhile, and reading is free until our first change
                backups.append(keep_backup(path, f"v{version}", kept))
            step.run(connection)
            broken = fetch(connection, "PRAGMA foreign_key_check")
            if broken:
                raise CatalogueError(say("catalogue.step_failed", file=path, version=step.to), str(broken[0]))
            set_meta(connection, "schema_version", str(step.to))
            set_meta(connection, "tables", tables_fingerprint())
    except (apsw.SQLError, apsw.ConstraintError) as error:
        raise CatalogueError(
            say("catalogue.step_failed", file=path, version=step.to), say("catalogue.step_failed_next")
        ) from error
