"""Text as the recognisers compare it: simplified characters, half width, no spaces, no injected readings."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

_SPACE = re.compile(r"[\s\u200b\u200c\u200d\ufeff\u2060]+")
_READING = re.compile(r"(?<=[\u4e00-\u9fff])\([a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ]{1,6}\)")
_NUMBERING = re.compile(
    r"^(?:\(?[一二三四五六七八九十]{1,3}\)|\(?\d{1,2}\)|[一二三四五六七八九十]{1,3}(?=[、.,:])|\d{1,2}(?=[、.,:]))[、.,:]*"
)
_PUNCTUATION = re.compile(r"[、。，；：,.;:“”\"'‘’()（）《》〈〉\[\]【】·\-—_*#]+")  # fmt: skip
_BOOKMARK = re.compile(r"\[bookmark:[^\]]*\]")


@lru_cache(maxsize=1)
def _converter() -> Any:
    import opencc  # here: 23 ms that only a reader pays

    return opencc.OpenCC("t2s")


def simplified(text: str) -> str:
    """Traditional characters made simple, the length kept: positions in the result are positions in ``text``."""
    converted = str(_converter().convert(text))
    if len(converted) == len(text):
        return converted
    return "".join(one if len(one := str(_converter().convert(char))) == 1 else char for char in text)


def half_width(text: str) -> str:
    """Full-width digits, letters and signs made half width, one character for one character."""
    return "".join(
        chr(ord(char) - 0xFEE0)
        if "０" <= char <= "９" or char in "％．＋－／" or "Ａ" <= char <= "ｚ"
        else char
        for char in text
    )


@lru_cache(maxsize=4096)
def compact(text: str) -> str:
    """For recognising: NFKC, simplified, without white space and without readings such as 区(qū)."""
    folded = _SPACE.sub("", unicodedata.normalize("NFKC", text))
    return _READING.sub("", simplified(folded)) if folded else ""


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """``compact`` without the leading number ((一), ㈠, 1., 一、) and without punctuation."""
    return _PUNCTUATION.sub("", _NUMBERING.sub("", compact(text)))


def without_bookmarks(text: str) -> str:
    """Word bookmarks that a text export writes into the text ([bookmark: _GoBack])."""
    return _BOOKMARK.sub("", text)
