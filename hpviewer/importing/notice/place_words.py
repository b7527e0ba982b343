"""The words of a notice that say which places it concerns, and what they resolve to today."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from hpviewer.importing.notice.sheet import Sheet
from hpviewer.places.place import Level, Match, PlaceCode
from hpviewer.records.owner_list import Owner


class PlaceMention(Protocol):
    """What hpviewer.places finds in a text: ``matches`` best first, positions of the text given."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def written(self) -> str: ...
    @property
    def matches(self) -> Sequence[Match]: ...


class PlaceFinder(Protocol):
    """hpviewer.places' Resolver, as far as it is needed here."""

    def mentions(self, text: str) -> Sequence[PlaceMention]: ...


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """``spans`` are in the folded text. ``doubts`` are written names with several readings of equal rank."""

    written: str
    towns: tuple[PlaceCode, ...]
    communities: tuple[PlaceCode, ...]
    spans: tuple[tuple[int, int], ...]
    doubts: tuple[str, ...] = ()


def written_places(owners: Sequence[Owner]) -> str:
    """黄埔区九龙镇大涵村、汤村村: each town once, in front of its villages."""
    parts: list[str] = []
    town = ""
    for owner in owners:
        village = owner.village or owner.name
        own = re.sub(
            r"^(?:(?:你|我)(?:市|区|县))?(?:广东省)?(?:广州市)?(?:广州)?(?:经济技术开发区)?(?:\(([^()]+)\))?",
            r"\1",
            owner.town,
        )
        part = (own if own != town else "") + village
        town = own or town
        if part not in parts and village not in parts and not any(known.endswith(village) for known in parts):
            parts.append(part)
    return "、".join(parts)


def read_places(
    sheet: Sheet, places: PlaceFinder | None, owners: Sequence[Owner], zones: Sequence[tuple[int, int]]
) -> PlaceWords:
    """``zones`` are the spans that may name a place of the notice, the best first: owners, location, project, title.

    The office's address or the road that bounds the land name places too, but not places of the notice:
    a later zone is asked only when no earlier one names a community, and never the whole text.
    """
    written = written_places(owners)
    if places is None:
        return PlaceWords(written, (), (), ())
    read = _Reading(places)
    for start, end in zones:
        if read.communities or end <= start:
            continue
        read.zone(sheet.text[start:end], start)
        if len(read.communities) < len({owner.village for owner in owners}):
            # 文冲第十八、第十九: only the expanded names show which community each item belongs to.
            for owner in owners:
                if not read.name(owner.town + owner.name) and not _ELSEWHERE.search(owner.town):
                    read.name(owner.name)
    towns, communities, spans, words, doubts = (
        read.towns,
        read.communities,
        read.spans,
        read.words,
        read.doubts,
    )
    if communities:
        # A former town in front of its villages (九龙镇…) says where they were, not where they are.
        own = {PlaceCode(code[:9]) for code in communities}
        towns = {code: None for code in towns if code in own}
    return PlaceWords(
        written or "、".join(dict.fromkeys(words)),
        tuple(towns),
        tuple(communities),
        tuple(dict.fromkeys(spans)),
        tuple(dict.fromkeys(doubts)),
    )


_ELSEWHERE = re.compile(
    r"(?:花都|番禺|南沙|从化|荔湾|越秀|海珠|天河|白云|增城)[区市](?!(?:萝岗|九佛|镇龙|永和|中新|钟落潭|新塘)镇)"
)
"""Another district: its 长岗村 is not ours. The towns named came to this district in 2005 (穗府〔2005〕19号)."""


class _Reading:
    """Places found so far, in the order of the text."""

    def __init__(self, places: PlaceFinder) -> None:
        self._places = places
        self.towns: dict[PlaceCode, None] = {}
        self.communities: dict[PlaceCode, None] = {}
        self.spans: list[tuple[int, int]] = []
        self.words: list[str] = []
        self.doubts: list[str] = []

    def zone(self, text: str, offset: int) -> None:
        for mention in self._places.mentions(text):
            if self._take(mention):
                self.spans.append((offset + mention.start, offset + mention.end))
                self.words.append(mention.written)

    def name(self, text: str) -> bool:
        """Whether a community was understood."""
        before = len(self.communities)
        found = [self._take(mention) and mention.matches[0].level for mention in self._places.mentions(text)]
        return Level.COMMUNITY in found or len(self.communities) > before

    def _take(self, mention: PlaceMention) -> bool:
        match, doubtful = _best(mention)
        if match is None:
            return False
        if doubtful:
            self.doubts.append(mention.written)
            return False
        if match.level is Level.COMMUNITY:
            self.communities.setdefault(match.code)
            self.towns.setdefault(PlaceCode(match.code[:9]))
        else:
            self.towns.setdefault(match.code)
        return True


def _best(mention: PlaceMention) -> tuple[Match | None, bool]:
    """The best reading, and whether another place of the same level fits as well."""
    if not mention.matches:
        return None, False
    best = mention.matches[0]
    equal = [
        match
        for match in mention.matches[1:]
        if match.score >= best.score and match.level is best.level and match.code != best.code
    ]
    if best.level is Level.TOWN and not re.search(r"街|镇", mention.written):
        # 文冲 alone: the owners' own village is meant rather than the town around it.
        community = next((match for match in mention.matches if match.level is Level.COMMUNITY), None)
        if community is not None:
            return community, False
    return best, bool(equal)
