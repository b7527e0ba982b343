"""What each batch changed, read back from the history of the catalogue: records, and everything else that it holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hpviewer.catalogue.connection import fetch, open_reader, sentences
from hpviewer.catalogue.items import ItemChange, ItemKind
from hpviewer.catalogue.record_history import decoded
from hpviewer.catalogue.schema import read_meta
from hpviewer.catalogue.writer import CHANGED, Batch
from hpviewer.records.change import RecordChange

_CHUNK = 1000
"""Changes read at once: between two reads a writer may go on."""


class BatchHistory:
    """Reads only; use as a context manager. CatalogueError when the file is not a catalogue of ours."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = open_reader(path)
        try:
            with sentences(path):
                read_meta(self._connection)
        except BaseException:
            self._connection.close()
            raise

    def __enter__(self) -> BatchHistory:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def batches(self) -> list[Batch]:
        """All batches, oldest first, also those that were taken back."""
        with sentences(self.path):
            rows = fetch(
                self._connection,
                f"SELECT b.fid, b.started, b.source, b.undone, {CHANGED} FROM batches b ORDER BY b.fid",
            )
        return [Batch(*row) for row in rows]

    def records(self, batch: int) -> Iterator[RecordChange]:
        """In the order in which they were made."""
        sql = "SELECT fid, before, after FROM record_history WHERE batch = ? AND fid > ? ORDER BY fid LIMIT ?"
        for before, after in self._chunks(sql, batch):
            yield RecordChange(decoded(before), decoded(after))

    def items(self, batch: int) -> Iterator[ItemChange]:
        """Without the map's layers, which follow the boundaries. Kinds that a newer program knows are left out."""
        sql = (
            "SELECT fid, kind, key, before, after FROM item_history"
            " WHERE batch = ? AND fid > ? AND kind <> 'layer' ORDER BY fid LIMIT ?"
        )
        known = set(ItemKind)
        for kind, key, before, after in self._chunks(sql, batch):
            if kind in known:
                yield ItemChange(ItemKind(kind), key, before, after)

    def _chunks(self, sql: str, batch: int) -> Iterator[tuple[Any, ...]]:
        last = 0
        while True:
            with sentences(self.path):
                rows = fetch(self._connection, sql, (batch, last, _CHUNK))
            for fid, *values in rows:
                last = fid
                yield tuple(values)
            if len(rows) < _CHUNK:
                return
