"""One copy of a catalogue's columns for all its readers, made anew when the file has changed."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import apsw

from hpviewer.catalogue.connection import open_reader

if TYPE_CHECKING:
    from hpviewer.catalogue.record_columns import RecordColumns


class ColumnStore:
    """Give the same one to the readers of all threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._columns: RecordColumns | None = None
        self._state = b""

    def columns(self, connection: apsw.Connection) -> RecordColumns:
        """Of the file as ``connection`` sees it; call inside its read transaction, which holds writers off.

        Made by whoever asks first (2 s for a million records), on a connection of its own: the question that
        asks may be overtaken by the next letter typed, and what is half made would be lost.
        """
        from hpviewer.catalogue.record_columns import RecordColumns  # here: brings numpy

        state = _state(connection)
        with self._lock:
            if self._columns is None or state != self._state:
                own = open_reader(self._path)
                try:
                    self._columns, self._state = RecordColumns(own), state
                finally:
                    own.close()
            return self._columns

    def known(self, connection: apsw.Connection) -> RecordColumns | None:
        """The same if it is there; None where it would have to be made. Waits for nobody."""
        columns, state = self._columns, self._state
        return columns if columns is not None and state == _state(connection) else None


def _state(connection: apsw.Connection) -> bytes:
    """The file change counter, which every commit raises (SQLite file format, 1.3.7)."""
    return connection.read("main", 0, 24, 4)[1]
