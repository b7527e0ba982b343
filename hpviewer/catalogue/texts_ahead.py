"""The text of many records split on a second thread while SQLite sorts and fills other tables.

SQLite leaves the interpreter's lock alone as long as a statement runs, so both go on at once: half a second of 100,000
records. Beside the text rows themselves it would not help: they are one short statement each.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice

from hpviewer.catalogue.known_records import in_chunks
from hpviewer.catalogue.record_values import RecordValues
from hpviewer.records.record import Record

Rows = list[tuple[object, ...]]

_AHEAD = 25
"""Chunks: 45 MB of text at most."""


class TextsAhead:
    """Rows for the text index, some thousand at a time, as an iterator; each is given once."""

    def __init__(
        self, records: Sequence[Record], first: int, values: RecordValues, pool: ThreadPoolExecutor
    ) -> None:
        self._chunks = _numbered(records, first)
        self._values = values
        self._pool = pool
        self._waiting: deque[Future[Rows]] = deque()
        self._go_ahead()

    def ready(self) -> Iterator[Rows]:
        """Those that were made by now, or soon will be; at their end the thread makes as many again."""
        while self._waiting:
            yield self._waiting.popleft().result()
        self._go_ahead()

    def __iter__(self) -> Iterator[Rows]:
        while self._waiting:
            yield from self.ready()

    def stop(self) -> None:
        for future in self._waiting:
            future.cancel()

    def _go_ahead(self) -> None:
        for chunk in islice(self._chunks, _AHEAD):
            self._waiting.append(self._pool.submit(self._split, *chunk))

    def _split(self, records: Sequence[Record], fids: range) -> Rows:
        return list(self._values.texts(records, fids))


@contextmanager
def texts_ahead(records: Sequence[Record], first: int, values: RecordValues) -> Iterator[TextsAhead]:
    """``first``: the number of the first record, the others follow. ``values`` is the thread's until the end."""
    with ThreadPoolExecutor(1, "text") as pool:
        texts = TextsAhead(records, first, values, pool)
        try:
            yield texts
        finally:
            texts.stop()


def _numbered(records: Sequence[Record], first: int) -> Iterator[tuple[Sequence[Record], range]]:
    for chunk in in_chunks(records):
        yield chunk, range(first, first + len(chunk))
        first += len(chunk)
