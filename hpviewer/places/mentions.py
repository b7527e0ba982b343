"""Places named in running text: notices, titles of approvals, lists of owners.

A name counts where the text shows that it is one: it has a suffix (文冲社区), stands after a district or
town (黄埔区文冲街文冲), in a list of places (大涵村、汤村), or before a co-operative's or project's words
(文冲旧村改造). A bare two-character stem anywhere else is left alone: 长岭居, 经济联合.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from hpviewer.places.flat_text import FlatText
from hpviewer.places.grammar import (
    COOPERATIVE,
    FORMER_DISTRICTS,
    OTHER_DISTRICTS,
    OWN_DISTRICTS,
    PROJECT,
    SUFFIX,
    is_explicit,
)
from hpviewer.places.index import NameIndex
from hpviewer.places.name_entry import NameEntry, NameForm
from hpviewer.places.place import Level, Match, PlaceCode
from hpviewer.places.reason import Reading
from hpviewer.places.understanding import Understanding

_LONGEST_NAME = 11
_DISTRICT = re.compile("|".join((*OWN_DISTRICTS, *FORMER_DISTRICTS)))
_PLAIN_SUFFIXES = ("街道", "街", "镇", "社区", "村")
_AFTER_BARE = re.compile(
    rf"\W|$|[和及与等的或在]|以及|位于|地段|境内|范围|辖|属|{COOPERATIVE.pattern}|{PROJECT.pattern}"
)
_JOINS = frozenset("、和及与")
_LIST = re.compile(r"[、，,；;]|以及|[和及与]")
_TAIL = re.compile(rf"{COOPERATIVE.pattern}|片区|片")
_PART_AND_TAIL = re.compile(rf"[\u4e00-\u9fff]{{0,4}}?(?:{COOPERATIVE.pattern})|片区|片")
_MISSPELT = re.compile(r"[\u4e00-\u9fff]{2,6}?(?:社区|村)")
_FOREIGN_TOWN = re.compile(r"[^本全该各两我所镇街村、，的](?:镇|乡|街道|街)$")


@dataclass(frozen=True, slots=True)
class Mention:
    """``text[start:end] == written``; ``matches`` is never empty, best first."""

    start: int
    end: int
    written: str
    matches: list[Match]


@dataclass(frozen=True, slots=True)
class Found:
    """A mention before its readings became matches."""

    start: int
    end: int
    readings: list[Reading]


@dataclass(slots=True)
class _Span:
    """A stretch of the flat text. ``start`` moves back over the town and district before the name."""

    start: int
    name: int
    end: int
    community: bool = False
    towns: frozenset[PlaceCode] | None = field(default=None)
    readings: list[Reading] = field(default_factory=list)


class MentionFinder:
    """Reads one text: looks up all stretches that end in a suffix at once, then the few that the places
    found ask for."""

    def __init__(self, index: NameIndex, understanding: Understanding, text: str) -> None:
        self._index = index
        self._understanding = understanding
        self._text = FlatText(text)
        self._flat = self._text.characters
        self._known: dict[str, list[NameEntry]] = {}
        self._meant: dict[tuple[str, bool], list[Reading]] = {}
        self._used = bytearray(len(self._flat))

    def find(self) -> Iterator[Found]:
        """In the order of the text, never overlapping; positions are those of the text that was given."""
        for span in self._spans():
            first, last = self._text.original(span.start), self._text.original(span.end - 1)
            yield Found(first, last + 1, span.readings)

    def _spans(self) -> list[_Span]:
        flat = self._flat
        districts = {m.end(): m.start() for m in _DISTRICT.finditer(flat)}
        candidates = list(self._candidates())
        self._look_up({flat[start:end] for start, end, _ in candidates})
        taken = self._longest_first(candidates, districts)
        self._after_prefixes(taken, districts)
        self._through_lists(taken)
        return self._read(taken, districts)

    def _candidates(self) -> Iterator[tuple[int, int, bool]]:
        """(start, end, before a tail): every stretch that ends in a suffix or right before a tail."""
        flat = self._flat
        for found in SUFFIX.finditer(flat):
            ends = {found.end()}
            ends.update(found.start() + len(s) for s in _PLAIN_SUFFIXES if flat.startswith(s, found.start()))
            for start in self._starts(found.start()):
                for end in ends:
                    yield start, end, False
        for pattern in (COOPERATIVE, PROJECT):
            for found in pattern.finditer(flat):
                for start in self._starts(found.start()):
                    if found.start() - start >= 2:
                        yield start, found.start(), True

    def _starts(self, before: int) -> Iterator[int]:
        for start in range(before - 1, max(-1, before - _LONGEST_NAME), -1):
            if not self._flat[start].isalnum():
                return
            yield start

    def _longest_first(
        self, candidates: list[tuple[int, int, bool]], districts: dict[int, int]
    ) -> dict[int, _Span]:
        """Accepted spans by their start."""
        taken: dict[int, _Span] = {}
        for start, end, tail in sorted(candidates, key=lambda c: (c[0] - c[1], c[0], c[2])):
            entries = self._entries(start, end, communities_only=tail)
            if entries and not any(self._used[start:end]) and (tail or is_explicit(self._flat[start:end])):
                self._take(_Span(start, start, end, tail), taken)
        ends = {span.end for span in taken.values()}
        dropped: set[int] = set()
        for start in sorted(taken):
            follows = self._flat[start - 1 : start] in _JOINS and start - 1 in dropped
            if follows or (start not in ends and self._is_elsewhere(start, districts, taken[start])):
                dropped.add(taken.pop(start).end)
        return taken

    def _is_elsewhere(self, start: int, districts: dict[int, int], span: _Span) -> bool:
        """Right after another city, district or an unknown town the same name is another place."""
        before = self._flat[max(0, start - 4) : start]
        if start in districts and self._flat[districts[start] : start] in OWN_DISTRICTS:
            return False
        if any(m.end() == len(before) for m in OTHER_DISTRICTS.finditer(before)):
            district = self._flat[districts[start] : start] if start in districts else "?"
            return not any(
                entry.form is NameForm.FORMER_TOWN and entry.detail.split("|")[1].startswith(district)
                for entry in self._entries(span.name, span.end)
            )
        return _FOREIGN_TOWN.search(before) is not None

    def _after_prefixes(self, taken: dict[int, _Span], districts: dict[int, int]) -> None:
        """Bare stems after a district or town, and names misspelt after a town."""
        towns = [span for span in taken.values() if self._is_town(span)]
        for end in {span.end for span in towns} | set(districts):
            if end >= len(self._flat) or self._used[end]:
                continue
            after_town = end not in districts
            span = self._bare_at(end, after_town)
            if span is None and after_town:
                misspelt = _MISSPELT.match(self._flat, end)
                if misspelt and not any(self._used[end : misspelt.end()]):
                    span = _Span(end, end, misspelt.end())
            if span is not None:
                self._take(span, taken)

    def _bare_at(self, start: int, inside: bool) -> _Span | None:
        """The longest bare stem here that ends where a name can end."""
        limit = start
        while limit < min(start + 8, len(self._flat)) and not self._used[limit]:
            limit += 1
        ends = [
            end
            for end in range(limit, start + 1, -1)
            if self._flat[start:end].isalnum() and _AFTER_BARE.match(self._flat, end)
        ]
        self._look_up({self._flat[start:end] for end in ends})
        for end in ends:
            if self._flat[start:end] + "区" in OWN_DISTRICTS and not inside:
                continue
            if self._entries(start, end, communities_only=inside):
                return _Span(start, start, end, inside)
        return None

    def _through_lists(self, taken: dict[int, _Span]) -> None:
        """大涵村、汤村 forward from a place, 福山、福洞村 back from one."""
        queue = [span for span in taken.values() if not self._is_town(span)]
        while queue:
            span = queue.pop()
            end = self._with_tail(span)
            if self._flat[end : end + 1] == "、":
                following = self._bare_at(end + 1, True)
                if following:
                    queue.append(self._take(following, taken))
            if span.start and self._flat[span.start - 1] == "、":
                previous = self._bare_before(span.start - 1)
                if previous and not any(self._used[previous.start : previous.end]):
                    queue.append(self._take(previous, taken))

    def _bare_before(self, end: int) -> _Span | None:
        """A bare stem that fills the place between two separators."""
        start = end
        while start and self._flat[start - 1].isalnum() and end - start < 8:
            start -= 1
        if end - start < 2:
            return None
        self._look_up({self._flat[start:end]})
        return _Span(start, start, end, True) if self._entries(start, end, communities_only=True) else None

    def _read(self, taken: dict[int, _Span], districts: dict[int, int]) -> list[_Span]:
        """Joins each name with the town and district before it and asks what the whole means."""
        result: list[_Span] = []
        for start in sorted(taken):
            span = taken[start]
            span.start = self._over_districts(start, districts)
            previous = result[-1] if result else None
            if previous and previous.end == start and not previous.community and self._is_town(previous):
                joined = self._flat[previous.name : span.end]
                readings = self._meaning(joined, True)
                if readings:
                    codes = frozenset(r.place.town_code for r in previous.readings)
                    span.start, span.name, span.towns, span.readings = previous.start, start, codes, readings
                    result[-1] = span
                    span.end = self._with_tail(span)
                    continue
            elif previous and previous.towns and _LIST.fullmatch(self._flat, previous.end, span.start):
                span.towns = previous.towns
            name = self._flat[span.start : span.end]
            span.readings = self._carried(name, span) or self._meaning(name, span.community)
            span.end = self._with_tail(span)
            if span.readings:
                result.append(span)
        return result

    def _carried(self, name: str, span: _Span) -> list[Reading]:
        """大涵村、汤村村 after 九龙镇: the town before the first name holds for the list, where it can."""
        if span.towns is None:
            return []
        readings = self._understanding.exact(name, lambda entry: entry.code[:9] in (span.towns or ()))
        if not readings:
            span.towns = None
        elif any(r.place.level is Level.TOWN for r in readings) and not is_explicit(name):
            readings = [r for r in readings if r.place.level is Level.COMMUNITY]
        return readings

    def _over_districts(self, start: int, districts: dict[int, int]) -> int:
        while start in districts:
            start = districts[start]
        return start

    def _with_tail(self, span: _Span) -> int:
        """End of the name with the co-operative or 片区 that follows it."""
        if not span.community and self._is_town(span):
            return span.end
        explicit = is_explicit(self._flat[span.name : span.end])
        tail = (_PART_AND_TAIL if explicit else _TAIL).match(self._flat, span.end)
        if tail is None or any(self._used[tail.start() : tail.end()]):
            return span.end
        return tail.end()

    def _is_town(self, span: _Span) -> bool:
        name = self._flat[span.name : span.end]
        return is_explicit(name) and any(len(e.code) == 9 for e in self._known.get(name, ()))

    def _take(self, span: _Span, taken: dict[int, _Span]) -> _Span:
        taken[span.start] = span
        self._used[span.start : span.end] = b"\x01" * (span.end - span.start)
        return span

    def _meaning(self, name: str, communities_only: bool) -> list[Reading]:
        """Notices repeat their names: each is understood once."""
        key = (name, communities_only)
        if key not in self._meant:
            self._meant[key] = self._understanding.readings(name, communities_only=communities_only)
        return self._meant[key]

    def _entries(self, start: int, end: int, *, communities_only: bool = False) -> list[NameEntry]:
        return [
            e for e in self._known.get(self._flat[start:end], ()) if len(e.code) > 9 or not communities_only
        ]

    def _look_up(self, keys: Iterable[str]) -> None:
        wanted = [key for key in keys if key not in self._known]
        found: defaultdict[str, list[NameEntry]] = defaultdict(list)
        for entry in self._index.lookup(wanted):
            if entry.form.is_written:
                found[entry.key].append(entry)
        self._known.update({key: found.get(key, []) for key in wanted})
