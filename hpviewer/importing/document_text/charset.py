"""Bytes of a Chinese text -> characters: declared encoding, UTF-8, GB18030, and a guess as the last resort."""

from __future__ import annotations

import codecs
import re

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]{2,20})", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GB = {"gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80", "hz"}


def declared_encoding(data: bytes) -> str:
    """What a page's first bytes say about their encoding, "" if nothing."""
    found = _DECLARED.search(data[:4096])
    return found[1].decode("ascii").lower() if found else ""


def decode(data: bytes, declared: str = "") -> tuple[str, str]:
    """Text and the encoding used. A wrong declaration is passed over; undecodable bytes become U+FFFD."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, errors="replace"), encoding
    zeros = data[:2000].count(0)
    if zeros > len(data[:2000]) // 8:
        even = data[:2000:2].count(0)
        encoding = "utf-16-be" if even * 2 > zeros else "utf-16-le"
        return data.decode(encoding, errors="replace"), encoding
    tried = ["utf-8"]
    if declared:
        tried.insert(0, "gb18030" if declared in _GB else declared)
    for encoding in tried:
        text = _strictly(data, encoding)
        if text is not None:
            return text, encoding
    # Saved pages are often cut inside a character: that must not change the encoding of the rest.
    loose = data.decode("utf-8", errors="replace")
    if loose.count("\ufffd") <= max(1, len(loose) // 500):
        return loose, "utf-8"
    best = _guess(data)
    if best:
        return best
    return data.decode("gb18030", errors="replace"), "gb18030"


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        if not codecs.lookup(encoding)._is_text_encoding:
            return None
        return data.decode(encoding)
    except (LookupError, UnicodeError, ValueError):
        return None


def _guess(data: bytes) -> tuple[str, str] | None:
    common = _strictly(data, "gb18030")
    if common is not None and _usual(common) > 0.9:
        return common, "gb18030"
    from charset_normalizer import from_bytes  # here: 40 ms that a declared encoding does not pay

    best = from_bytes(data[:200_000], cp_isolation=["gb18030", "big5", "big5hkscs", "utf_8", "euc_jp"]).best()
    if best is None:
        return None
    return data.decode(best.encoding, errors="replace"), best.encoding


def _usual(text: str) -> float:
    """Share of the non-ASCII characters that everyday Chinese writes: wrong encodings yield rare ones."""
    foreign = [char for char in text[:20_000] if ord(char) > 127]
    if not foreign:
        return 1.0
    usual = sum(_everyday(char) for char in foreign)
    return usual / len(foreign)


def _everyday(char: str) -> bool:
    if "\u3000" <= char <= "\u303f" or "\uff00" <= char <= "\uffef" or "\u2010" <= char <= "\u2030":
        return True
    if not "\u4e00" <= char <= "\u9fff":
        return False
    try:
        return char.encode("gb2312") is not None
    except UnicodeEncodeError:
        return False
