"""Opening the file: read-only readers, one writer, and SQLite's errors as sentences."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import apsw

from hpviewer.errors import CancelledError, CatalogueError
from hpviewer.wording import say

_BUSY_MS = 5_000


def _uri(path: Path, mode: str) -> str:
    return f"file:{quote(str(path.resolve()))}?mode={mode}"


def open_reader(path: Path) -> apsw.Connection:
    """A read-only connection: leaves no journal and takes no lasting lock, so a share works too.

    A program that was killed while it wrote leaves a journal that only a writer may roll back: that is done first,
    where the file may be written.
    """
    try:
        return _open(path, "ro", apsw.SQLITE_OPEN_READONLY)
    except CatalogueError as error:
        if not isinstance(error.__cause__, apsw.ReadOnlyError):
            raise
        open_writer(path).close()
        return _open(path, "ro", apsw.SQLITE_OPEN_READONLY)


def open_writer(path: Path, *, create: bool = False) -> apsw.Connection:
    """The writing connection. Rollback journal, because WAL breaks on network shares."""
    mode, flags = ("rwc", apsw.SQLITE_OPEN_CREATE) if create else ("rw", 0)
    connection = _open(path, mode, apsw.SQLITE_OPEN_READWRITE | flags)
    connection.pragma("journal_mode", "DELETE")
    connection.pragma("foreign_keys", 1)
    return connection


def _open(path: Path, mode: str, flags: int) -> apsw.Connection:
    if mode != "rwc" and not path.is_file():
        raise CatalogueError(say("catalogue.missing", file=path), say("catalogue.missing_next"))
    with sentences(path):
        connection = apsw.Connection(_uri(path, mode), flags=flags | apsw.SQLITE_OPEN_URI)
        connection.set_busy_timeout(_BUSY_MS)
        connection.pragma("cache_size", -16_000)
        # the first real read: a file that is no database fails here and not at the first query
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
    return connection


def fetch(connection: apsw.Connection, sql: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
    """All rows of a question; column types are the schema's, so callers name them."""
    return connection.execute(sql, values).fetchall()


@contextmanager
def sentences(path: Path) -> Iterator[None]:
    """SQLite's errors become CatalogueErrors that name the file, the likely cause and what to do."""
    try:
        yield
    except (apsw.NotADBError, apsw.CorruptError) as error:
        raise CatalogueError(say("catalogue.damaged", file=path), say("catalogue.damaged_next")) from error
    except (apsw.BusyError, apsw.LockedError) as error:
        raise CatalogueError(say("catalogue.busy", file=path), say("catalogue.busy_next")) from error
    except apsw.ReadOnlyError as error:
        raise CatalogueError(
            say("catalogue.read_only", file=path), say("catalogue.read_only_next")
        ) from error
    except apsw.FullError as error:
        raise CatalogueError(
            say("catalogue.disk_full", file=path), say("catalogue.disk_full_next")
        ) from error
    except (apsw.CantOpenError, apsw.IOError, apsw.PermissionsError) as error:
        raise CatalogueError(
            say("catalogue.cannot_open", file=path), say("catalogue.cannot_open_next")
        ) from error


@contextmanager
def transaction(connection: apsw.Connection) -> Iterator[None]:
    """BEGIN IMMEDIATE … COMMIT; any failure leaves the file as it was."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def time_limit(
    connection: apsw.Connection, still_wanted: Callable[[], bool], seconds: float = 10.0
) -> Iterator[None]:
    """Ends a query with CancelledError once ``still_wanted()`` says no, with CatalogueError after ``seconds``.

    The handler runs every 20,000 steps of SQLite's machine, about each millisecond.
    """
    until = time.monotonic() + seconds
    connection.set_progress_handler(lambda: not still_wanted() or time.monotonic() > until, 20_000)
    try:
        yield
    except apsw.InterruptError as error:
        if still_wanted():
            raise CatalogueError(say("catalogue.too_slow"), say("catalogue.too_slow_next")) from error
        raise CancelledError("") from error
    finally:
        connection.set_progress_handler(None)
