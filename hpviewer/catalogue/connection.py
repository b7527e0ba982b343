"""Opening the file: read-only readers, one writer, and SQLite's errors as sentences."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import apsw

from hpviewer.catalogue.access import is_read_only
from hpviewer.errors import CancelledError, CatalogueError
from hpviewer.wording import say

_BUSY_MS = 5_000
_READER_KB, _WRITER_KB = 4_000, 16_000
"""Pages that a connection keeps. A window has four readers, and the system keeps the file's pages, too: with 16 MB each
the longest questions of a million records take a tenth less."""


_WRITE_AHEAD = 2
"""Read version in the file's header (SQLite file format, 1.3.3): 1 is a rollback journal, 2 is WAL."""


def open_reader(path: Path) -> apsw.Connection:
    """A read-only connection: leaves no file beside the catalogue and takes no lasting lock, so a share works too.

    A program that was killed while it wrote leaves a journal that only a writer may roll back: that is done first,
    where the file may be written.
    """
    if _is_write_ahead(path):
        return _open_write_ahead(path)
    try:
        return _open(path, "mode=ro", apsw.SQLITE_OPEN_READONLY)
    except CatalogueError as error:
        if not isinstance(error.__cause__, apsw.ReadOnlyError):
            raise
        if is_read_only(path):
            raise CatalogueError(
                say("catalogue.interrupted", file=path), say("catalogue.interrupted_next")
            ) from error
        open_writer(path).close()
        return _open(path, "mode=ro", apsw.SQLITE_OPEN_READONLY)


def open_writer(path: Path, *, create: bool = False) -> apsw.Connection:
    """The writing connection. Rollback journal, because WAL breaks on network shares."""
    mode, flags = ("mode=rwc", apsw.SQLITE_OPEN_CREATE) if create else ("mode=rw", 0)
    if path.is_file() and is_read_only(path):
        raise CatalogueError(say("catalogue.read_only", file=path), say("catalogue.read_only_next"))
    connection = _open(path, mode, apsw.SQLITE_OPEN_READWRITE | flags)
    with sentences(path):
        connection.pragma("journal_mode", "DELETE")
        connection.pragma("foreign_keys", 1)
        connection.pragma("cache_size", -_WRITER_KB)
    from hpviewer.catalogue.spatial_index import teach_geometry  # here: a reader needs none of it

    teach_geometry(connection)
    return connection


def _is_write_ahead(path: Path) -> bool:
    """QGIS sets this mode, and a copy keeps it. Read through SQLite's own file layer, which minds the locks that
    this process holds; opening the database instead would already make the two files beside it."""
    try:
        file = apsw.VFSFile(
            "", str(path.resolve()), [apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_MAIN_DB, 0]
        )
    except apsw.CantOpenError:
        return False  # missing or no file: opening it says so in a sentence
    try:
        return file.xRead(1, 19) == bytes((_WRITE_AHEAD,))
    except apsw.IOError:  # too short for a database
        return False
    finally:
        file.xClose()


def _open_write_ahead(path: Path) -> apsw.Connection:
    """Back to the rollback journal where that can be, else without journal files.

    ``immutable`` looks for no changes and takes no lock, so it is for this case alone: a file that nobody here may
    write and that has no open changes beside it.
    """
    changes = path.with_name(f"{path.name}-wal")
    if is_read_only(path):
        if changes.is_file() and changes.stat().st_size:
            raise CatalogueError(say("catalogue.interrupted", file=path), say("catalogue.interrupted_next"))
        return _open(path, "mode=ro&immutable=1", apsw.SQLITE_OPEN_READONLY)
    with suppress(CatalogueError):  # QGIS has it open: its files are there already
        open_writer(path).close()
    return _open(path, "mode=ro", apsw.SQLITE_OPEN_READONLY)


def _open(path: Path, query: str, flags: int) -> apsw.Connection:
    if query != "mode=rwc" and not path.is_file():
        raise CatalogueError(say("catalogue.missing", file=path), say("catalogue.missing_next"))
    with sentences(path):
        uri = f"file:{quote(str(path.resolve()))}?{query}"
        connection = apsw.Connection(uri, flags=flags | apsw.SQLITE_OPEN_URI)
        connection.set_busy_timeout(_BUSY_MS)
        connection.pragma(
            "trusted_schema", 0
        )  # a catalogue may come from anybody: its triggers call nothing unsafe
        connection.pragma("cache_size", -_READER_KB)
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
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # some failures, a full disk for one, have ended it already
            connection.execute("ROLLBACK")
        raise


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
