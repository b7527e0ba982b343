"""How text goes into the full-text index and how a question is put to it.

Chinese text has no spaces and a trigram index finds no two-character name such as 永和, so every Chinese
character is a token of its own and a word becomes a phrase; runs of digits or Latin letters stay together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from string import ascii_lowercase, digits

from hpviewer.places.normalise import simplified

_TOKEN = re.compile(r"[0-9]+|[a-z]+|[^\W0-9a-z_]")
_RUN = re.compile(r"([0-9]+|[a-z]+)")
_LONG = 20_000
_JOIN = "\x1e"  # a control sign of ASCII that no file format brings along
# every second title carries the district's name: it would make each record a hit for 黄埔
_DISTRICT = re.compile("(?:广东省)?(?:广州市)?黄埔区|广州市|广东省")


def tokens(text: str) -> list[str]:
    """Characters, numbers and Latin words of a text, in simplified characters and half width."""
    plain = simplified(unicodedata.normalize("NFKC", text)).lower()
    return _TOKEN.findall(_DISTRICT.sub(" ", plain))


def indexed(text: str) -> str:
    """The text as the index stores it: its tokens with spaces between."""
    return " ".join(tokens(text))


def all_indexed(texts: Sequence[str]) -> list[str]:
    """`indexed` of many texts at once, thirty times faster: an import would spend most of its time here.

    They are changed as one text. Spaces may be doubled; the index does not see that.
    """
    if any(_JOIN in text for text in texts):
        return [indexed(text) for text in texts]
    text = _JOIN.join(texts)
    long = len(text) > _LONG
    if long:
        from hpviewer.catalogue.code_units import characters_in, set_apart  # here: numpy
    characters = characters_in(text) if long else set(text)
    if any(unicodedata.combining(c) or "\u1100" <= c <= "\u11ff" for c in characters):
        text = unicodedata.normalize("NFKC", text)
        characters = set(text)
    else:  # no character joins with its neighbour: only the few that NFKC changes are looked at
        for character in [c for c in characters if not unicodedata.is_normalized("NFKC", c)]:
            plain = unicodedata.normalize("NFKC", character)
            text = text.replace(character, plain)
            characters.update(plain)
    text = simplified(text).lower()
    for name in ("黄埔区", "广州市", "广东省"):  # what _DISTRICT finds, whole or in parts
        text = text.replace(name, " ")
    for character in characters:
        if not character.isalnum() and character != _JOIN:
            text = text.replace(character, " ")
    if long:
        return set_apart(text).split(_JOIN)
    # runs of digits or letters stay whole, of all others every character is set apart
    pieces = _RUN.split(text)
    pieces[::2] = map(" ".join, pieces[::2])
    return " ".join(pieces).split(_JOIN)


def phrase(text: str, *, open_end: bool = True) -> str | None:
    """An FTS5 phrase that finds the text as written; None when nothing in it can be searched for.

    With ``open_end`` a last number or Latin word may go on (typing 202 finds 2023).
    """
    parts = tokens(text)
    if not parts:
        return None
    written = " ".join(parts)
    if not open_end or not parts[-1].isascii():
        return f'"{written}"'
    if len(parts[-1]) > 1:
        return f'"{written}"*'
    # The index knows beginnings of two and three signs, not of one: that would be as large as the index itself.
    # One sign is it alone, or it with any second: 40 ms instead of 700 ms in a million records.
    more = digits if parts[-1].isdigit() else ascii_lowercase
    return "(" + " OR ".join([f'"{written}"', *(f'"{written}{sign}"*' for sign in more)]) + ")"
