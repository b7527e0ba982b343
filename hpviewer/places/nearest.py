"""Other ways to a place than its name: by its code, or by names that are merely close."""

from __future__ import annotations

from hpviewer.errors import NotFoundError
from hpviewer.places.index import NameIndex
from hpviewer.places.normalise import normalise
from hpviewer.places.place import Match, PlaceCode
from hpviewer.wording import say

_CLOSE = 50.0  # rapidfuzz ratio, 0..100: half the characters of a two-character name


def by_code(index: NameIndex, text: str) -> list[Match]:
    """The place of a 9 or 12 digit code; [] when the text is no such code."""
    code = text.strip()
    if not (code.isdecimal() and len(code) in (9, 12)):
        return []
    try:
        place = index.place(PlaceCode(code))
    except NotFoundError:
        return []
    town = index.place(place.town_code).name
    return [Match(place.code, place.name, place.level, town, say("places.why.code"), 1.0, code)]


def nearest(index: NameIndex, text: str, limit: int) -> list[Match]:
    """Places whose name is close to the text, closest first: to offer, never to act on.

    Scores are the share of characters in common (0..1).
    """
    from rapidfuzz import fuzz  # here: only an empty result asks

    key = normalise(text)
    if not key:
        return []
    close: dict[PlaceCode, tuple[float, str]] = {}
    for entry in index.similar(key):
        score = fuzz.ratio(key, entry.key)
        if score >= _CLOSE and score > close.get(entry.code, (0.0, ""))[0]:
            close[entry.code] = (score, entry.written)
    best = sorted(close.items(), key=lambda item: (-item[1][0], item[0]))[:limit]
    matches = []
    for code, (score, written) in best:
        place = index.place(code)
        town = index.place(place.town_code).name
        why = say("places.why.nearest", name=written)
        matches.append(Match(code, place.name, place.level, town, why, score / 100, text))
    return matches
