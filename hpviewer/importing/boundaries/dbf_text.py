"""Text of a shapefile's table: read as bytes, decoded by what the values themselves are.

Many shapefiles have no .cpg, or one that lies; the values are UTF-8 or GB18030. A dBASE field holds a
number of bytes, so that the last character of a long value may be cut in two.
"""

from __future__ import annotations

from collections.abc import Iterable

RAW = "ISO-8859-1"
"""Every byte is a character: what the table is read as before its encoding is known."""


def encoding_of(values: Iterable[str], declared: str) -> str:
    """The encoding that decodes most values whole. UTF-8 wins a tie, as nothing else looks like it by chance (GB18030
    takes almost any bytes); then ``declared``, what the .cpg says."""
    sample = [value.encode(RAW) for value in values if not value.isascii()][:2000]
    best, fewest = "utf-8", len(sample) + 1
    for encoding in dict.fromkeys(("utf-8", _known(declared), "gb18030", "big5")):
        if not encoding:
            continue
        failures = sum(_decoded(value, encoding) is None for value in sample)
        if failures < fewest:
            best, fewest = encoding, failures
    return best


def decoded(value: str, encoding: str) -> str:
    """The text of a value that was read as RAW. A character cut at the end is dropped."""
    if value.isascii():
        return value
    data = value.encode(RAW)
    whole = _decoded(data, encoding)
    return data.decode(encoding, errors="replace") if whole is None else whole


def _decoded(data: bytes, encoding: str) -> str | None:
    for cut in range(4):
        try:
            return data[: len(data) - cut].decode(encoding) if cut < len(data) else None
        except UnicodeDecodeError:
            continue
    return None


def _known(declared: str) -> str:
    name = declared.strip().lower().replace("_", "-")
    if name in ("936", "cp936", "gbk", "gb2312", "gb18030", "ansi 936", "54936", "ms936"):
        return "gb18030"
    return "utf-8" if name in ("utf-8", "utf8", "65001", "cp65001") else ""
