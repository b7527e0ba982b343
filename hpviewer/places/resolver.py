"""A name as written -> the places it may mean, best first, each with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hpviewer.places.grammar import is_explicit, peel
from hpviewer.places.index import NameIndex
from hpviewer.places.normalise import normalise, spelling
from hpviewer.places.place import Match, PlaceCode
from hpviewer.places.reason import BEGINNING, SCORES, Reading, as_matches
from hpviewer.places.understanding import Understanding

if TYPE_CHECKING:
    from hpviewer.places.mentions import Mention

LONGEST = 60
"""A key longer than this is a sentence, not a name: see mentions."""


class Resolver:
    """The door of this room: one name, a name being typed, or a text that mentions places."""

    def __init__(self, index: NameIndex) -> None:
        self._index = index
        self._understanding = Understanding(index)

    def resolve(self, text: str) -> list[Match]:
        """All readings of one name; [] when it names no place.

        Score 1 is an official name written in full (reason.SCORES; a slip, another town than today's or an
        unknown part inside a community multiply it down). A district alone (黄埔区) is no place here.
        """
        key = normalise(text)
        if not 2 <= len(key) <= LONGEST:
            return []
        return self._finished(self._understanding.readings(key), text)

    def complete(self, text: str, limit: int, *, slips: bool = True) -> list[Match]:
        """Suggestions while typing: exact readings first, then names that begin so, then, with ``slips``, names that
        nearly match (50 ms among 27,600 places)."""
        key = normalise(text)
        if not key or len(key) > LONGEST:
            return []
        found = {r.place.code: r for r in self._understanding.readings(key, slips=False)}
        if len(found) < limit:
            towns, rest, lead = self._lead(key)
            wanted = limit if towns is None else 200
            for entry in self._index.prefixed(rest, wanted):
                place = self._index.place(entry.code)
                if towns is None or place.town_code in towns:
                    factor = BEGINNING * (0.5 + 0.5 * len(rest) / len(entry.key))
                    begun = Reading(place, entry.form, SCORES[entry.form] * factor, "")
                    found.setdefault(
                        place.code, begun.noted("places.why.beginning", written=lead + entry.written)
                    )
        if not found and slips:
            found = {r.place.code: r for r in self._understanding.readings(key)}
        return self._finished(list(found.values()), text)[:limit]

    def mentions(self, text: str) -> list[Mention]:
        """Places named in running text, in its order, with positions in ``text`` itself."""
        # here: compiling its patterns takes 30 ms, which neither a name nor the start of the window needs
        from hpviewer.places.mentions import Mention, MentionFinder

        return [
            Mention(
                found.start,
                found.end,
                text[found.start : found.end],
                self._finished(found.readings, text[found.start : found.end]),
            )
            for found in MentionFinder(self._index, self._understanding, text).find()
        ]

    def _finished(self, readings: list[Reading], text: str) -> list[Match]:
        if not readings:
            return []
        towns = {code: self._index.place(code).name for code in {r.place.town_code for r in readings}}
        return as_matches(readings, towns, text.strip(), spelling(text))

    def _lead(self, key: str) -> tuple[frozenset[PlaceCode] | None, str, str]:
        """District and town before a name that is still being typed: their codes, the rest, their text."""
        rest = peel(key, least=1).rest
        entries, name = self._understanding.town_lead(rest)
        if entries and is_explicit(entries[0].key):
            return frozenset(entry.code for entry in entries), name, entries[0].written
        return None, rest, ""
