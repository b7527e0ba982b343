"""How far the cells of an xls reach, and whether it is locked: a walk over its records ([MS-CFB], [MS-XLS]).

calamine reserves memory for what the DIMENSIONS record claims and for the rectangle around all cells, and a locked xlsx
comes in the same container.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from hpviewer.importing.ledger.limits import check_extent, refusal

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FREE = 0xFFFFFFFA
"""Sector numbers from here on are marks: end of chain, free, table."""
_STREAM = 2
_FILEPASS = 0x002F
_DIMENSIONS = 0x0200
_SINGLE = frozenset((0x0203, 0x027E, 0x0204, 0x00FD, 0x0006, 0x0205, 0x00D6, 0x0406, 0x0206))
"""NUMBER, RK, LABEL, LABELSST, FORMULA, BOOLERR, RSTRING: row, column, …"""
_MULTIPLE = 0x00BD
"""MULRK: row, first column, …, last column."""


def check_xls(data: bytes) -> None:
    """InputError when the file is locked, damaged, no workbook, or reaches too far."""
    try:
        names = _Container(data)
        if names.stream("EncryptedPackage") is not None:
            raise refusal("encrypted")
        book = names.stream("Workbook", "Book")
        if book is None:
            raise refusal("other_office")
        _check_records(book)
    except (struct.error, IndexError, RecursionError, MemoryError) as problem:
        raise refusal("damaged") from problem


class _Container:
    """The streams of a compound file. Chains that loop or leave the file end where they do so."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._size = 1 << min(struct.unpack_from("<H", data, 30)[0], 16)
        self._mini_size = 1 << min(struct.unpack_from("<H", data, 32)[0], 16)
        if self._size < 128:
            raise refusal("damaged")
        first_directory = struct.unpack_from("<I", data, 48)[0]
        self._cutoff, first_mini, _, first_double = struct.unpack_from("<IIII", data, 56)
        tables = list(struct.unpack_from("<109I", data, 76))
        seen: set[int] = set()
        while first_double < _FREE and first_double not in seen:
            seen.add(first_double)
            sector = self._sector(first_double)
            numbers = struct.unpack_from(f"<{len(sector) // 4}I", sector)
            tables.extend(numbers[:-1])
            first_double = numbers[-1]
        table = b"".join(self._sector(number) for number in tables if number < _FREE)
        self._next = struct.unpack_from(f"<{len(table) // 4}I", table)
        self._entries = self._directory(b"".join(self._chain(first_directory)))
        mini = b"".join(self._chain(first_mini))
        self._mini_next = struct.unpack_from(f"<{len(mini) // 4}I", mini)
        root = next((entry for entry in self._entries if entry[1] == 5), None)
        self._mini = b"".join(self._chain(root[2])) if root else b""

    def stream(self, *names: str) -> bytes | None:
        for wanted in names:
            for name, kind, start, size in self._entries:
                if kind == _STREAM and name.lower() == wanted.lower():
                    return self._read(start, size)
        return None

    def _read(self, start: int, size: int) -> bytes:
        if size >= self._cutoff:
            return b"".join(self._chain(start))[:size]
        found: list[bytes] = []
        seen: set[int] = set()
        while start < len(self._mini_next) and start not in seen:
            seen.add(start)
            found.append(self._mini[start * self._mini_size : (start + 1) * self._mini_size])
            start = self._mini_next[start]
        return b"".join(found)[:size]

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        return self._data[at : at + self._size]

    def _chain(self, number: int) -> Iterator[bytes]:
        seen: set[int] = set()
        while number < len(self._next) and number not in seen:
            seen.add(number)
            yield self._sector(number)
            number = self._next[number]

    @staticmethod
    def _directory(data: bytes) -> list[tuple[str, int, int, int]]:
        """(name, kind, first sector, size) of each entry."""
        entries = []
        for at in range(0, len(data) - 127, 128):
            length = min(struct.unpack_from("<H", data, at + 64)[0], 64)
            name = data[at : at + max(0, length - 2)].decode("utf-16-le", errors="replace")
            start, size = struct.unpack_from("<II", data, at + 116)
            entries.append((name, data[at + 66], start, size))
        return entries


def _check_records(book: bytes) -> None:
    at, end = 0, len(book) - 4
    rows = columns = cells = 0
    while at <= end:
        kind, length = struct.unpack_from("<HH", book, at)
        at += 4
        if kind in _SINGLE and length >= 4:
            row, column = struct.unpack_from("<HH", book, at)
            cells += 1
        elif kind == _MULTIPLE and length >= 6:
            row, column = (
                struct.unpack_from("<H", book, at)[0],
                struct.unpack_from("<H", book, at + length - 2)[0],
            )
            cells += 1
        elif kind == _DIMENSIONS and length >= 10:
            _check_dimensions(book, at, length)
            row = column = -1
        elif kind == _FILEPASS:
            raise refusal("encrypted")
        else:
            row = column = -1
        if row >= rows:
            rows = row + 1
        if column >= columns:
            columns = column + 1
        at += length
    check_extent(rows, columns, cells)


def _check_dimensions(book: bytes, at: int, length: int) -> None:
    """A claim only, but one that calamine reserves memory for: first row, past the last, the same of columns."""
    first, last = struct.unpack_from("<II" if length >= 14 else "<HH", book, at)
    left, right = struct.unpack_from("<HH", book, at + (8 if length >= 14 else 4))
    if last < first or right < left or last > 65_536 or right > 256:
        raise refusal("damaged")
