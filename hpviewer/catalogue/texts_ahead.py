"""The text of many records split on a second thread while SQLite sorts and fills other tables.

SQLite leaves the interpreter's lock alone as long as a statement runs, so both go on at once: half a second of 100,000
records. With the text rows themselves it would not help: one statement is one row there.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice

from hpviewer.catalogue.known_records import in_chunks
from hpviewer.catalogue.record_values import RecordValues
from hpviewer.records.record import Record

Rows = list[tuple[object, ...]]

_AHEAD = 20
"""Chunks: 35 MB of text at most."""
_WORTH_A_THREAD = 10_000


@contextmanager
def texts_ahead(records: Sequence[Record], first: int, values: RecordValues) -> Iterator[Iterator[Rows]]:
    """Rows for the text index, some thousand at a time. ``first``: the number of the first record, the others follow.

    ``values`` is the thread's until the end of ``with``.
    """
    chunks = _numbered(records, first)
    if len(records) < _WORTH_A_THREAD:
        yield (list(values.texts(*chunk)) for chunk in chunks)
        return
    with ThreadPoolExecutor(1, "text") as pool:

        def split(chunk: tuple[Sequence[Record], range]) -> Rows:
            return list(values.texts(*chunk))

        waiting = deque(pool.submit(split, chunk) for chunk in islice(chunks, _AHEAD))

        def rows() -> Iterator[Rows]:
            while waiting:
                done = waiting.popleft().result()
                waiting.extend(pool.submit(split, chunk) for chunk in islice(chunks, 1))
                yield done

        try:
            yield rows()
        finally:
            for future in waiting:
                future.cancel()


def _numbered(records: Sequence[Record], first: int) -> Iterator[tuple[Sequence[Record], range]]:
    for chunk in in_chunks(records):
        yield chunk, range(first, first + len(chunk))
        first += len(chunk)
