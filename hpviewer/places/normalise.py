"""Text as a person writes it -> the key that names are looked up by.

The key keeps letters and digits only: full-width forms become plain (Unicode NFKD), tone marks fall off
pinyin, Traditional becomes Simplified, letters become small, spaces, brackets and separators disappear.
"""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from functools import lru_cache
from typing import Protocol, cast


class Spelling(StrEnum):
    """How the characters of a text differ from its key, for the sentence that says why it matched."""

    PLAIN = "plain"
    TRADITIONAL = "traditional"
    FULL_WIDTH = "full_width"


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@lru_cache(maxsize=1)
def _converter() -> _Converter:
    import opencc  # here: 20 ms with its dictionary that plain letters never pay

    return cast(_Converter, opencc.OpenCC("t2s"))


def simplified(text: str) -> str:
    """Traditional characters as Simplified ones; the length is kept, so positions stay valid."""
    if text.isascii():
        return text
    converted = _converter().convert(text)
    if len(converted) == len(text):
        return converted
    # A phrase of the dictionary changed the length: positions matter more than its wording.
    return "".join(c if len(s := _converter().convert(c)) != 1 else s for c in text)


@lru_cache(maxsize=4096)
def normalise(text: str) -> str:
    """The search key of a name; "" when nothing but signs and spaces was written."""
    if text.isascii():
        return "".join(c for c in text.lower() if c.isalnum())
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if c.isalnum())
    return simplified(plain).lower()


def spelling(text: str) -> Spelling:
    """Which kind of writing ``normalise`` had to undo, Traditional before full-width."""
    if text.isascii():
        return Spelling.PLAIN
    plain = unicodedata.normalize("NFKC", text)
    if simplified(plain) != plain:
        return Spelling.TRADITIONAL
    if any(c.isalnum() for c in set(text) - set(plain)):
        return Spelling.FULL_WIDTH
    return Spelling.PLAIN
