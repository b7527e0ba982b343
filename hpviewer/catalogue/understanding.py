"""What a search text means: words, and the places that each may name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hpviewer.places.place import Match

if TYPE_CHECKING:
    from hpviewer.catalogue.condition import Word
    from hpviewer.places.resolver import Resolver

_CERTAIN = 0.8  # below this a match is a slip of one character: a guess the text index may overrule


@dataclass(frozen=True, slots=True)
class Understanding:
    words: tuple[Word, ...]
    places: tuple[Match, ...]


NOTHING = Understanding((), ())
"""Of a blank text."""


def understand(text: str, resolver: Resolver) -> Understanding:
    """Read a search text. Words are separated by white space; a record must match each."""
    from hpviewer.catalogue.condition import Word  # here: a start has no text to understand

    words: list[Word] = []
    places: list[Match] = []
    # 汤村村 大迳 or wen chong: the whole may be one name even with a space in it
    whole = resolver.resolve(text) if len(text.split()) > 1 else []
    for part in [text] if whole else text.split():
        matches = whole or resolver.resolve(part)
        if not matches and part.isascii():
            matches = resolver.complete(part, 20)  # letters typed so far: wench
        rests: list[tuple[tuple[str, ...], str]] = []
        if not matches:
            for mention in resolver.mentions(part):
                rest = part[: mention.start] + " " + part[mention.end :]
                rests.append((tuple(match.code for match in mention.matches), rest.strip()))
                places.extend(mention.matches)
        places.extend(matches)
        words.append(Word(part, tuple(match.code for match in matches), tuple(rests)))  # type: ignore[arg-type]
    return Understanding(tuple(words), tuple(_distinct(places)))


def _distinct(matches: list[Match]) -> list[Match]:
    seen: dict[str, Match] = {}
    for match in matches:
        seen.setdefault(match.code, match)
    return sorted(seen.values(), key=lambda match: -match.score)
