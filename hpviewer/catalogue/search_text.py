"""How text goes into the full-text index and how a question is put to it.

Chinese text has no spaces and a trigram index finds no two-character name such as 永和, so every Chinese
character is a token of its own and a word becomes a phrase; runs of digits or Latin letters stay together.
"""

from __future__ import annotations

import re
import unicodedata

from hpviewer.places.normalise import simplified

_TOKEN = re.compile(r"[0-9]+|[a-z]+|[^\W0-9a-z_]")
# every second title carries the district's name: it would make each record a hit for 黄埔
_DISTRICT = re.compile("(?:广东省)?(?:广州市)?黄埔区|广州市|广东省")


def tokens(text: str) -> list[str]:
    """Characters, numbers and Latin words of a text, in simplified characters and half width."""
    plain = simplified(unicodedata.normalize("NFKC", text)).lower()
    return _TOKEN.findall(_DISTRICT.sub(" ", plain))


def indexed(text: str) -> str:
    """The text as the index stores it: its tokens with spaces between."""
    return " ".join(tokens(text))


def phrase(text: str, *, open_end: bool = True) -> str | None:
    """An FTS5 phrase that finds the text as written; None when nothing in it can be searched for.

    With ``open_end`` a last number or Latin word may go on (typing 202 finds 2023).
    """
    parts = tokens(text)
    if not parts:
        return None
    star = "*" if open_end and parts[-1].isascii() else ""
    return '"' + " ".join(parts) + '"' + star
