"""All places of a catalogue: towns as they are, communities in a short form until somebody looks into their town.

A province has 26,000 communities, of which a window shows a few dozen: as objects they take 100 ms and 16 MB, as
one text for each town 15 ms and 3 MB.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import overload

from hpviewer.places.place import Level, Place, PlaceCode

BETWEEN_FIELDS, BETWEEN_PLACES = "\x1f", "\x1e"
"""A community is ``code, name, official name, kind``; control characters, which no name has."""
_FIELDS = 4
_KEPT_TOWNS = 200


class PlaceTable(Mapping[PlaceCode, Place]):
    """Every place by its code; ``towns`` and ``communities`` (by town) are in the order of codes."""

    def __init__(self, towns: Sequence[Place], inside: Mapping[PlaceCode, str]) -> None:
        """``inside`` are the communities of each town that has some, in the order of codes, written as above."""
        self.towns = tuple(towns)
        read: dict[PlaceCode, tuple[Place, ...]] = {}
        self.communities: Mapping[PlaceCode, Communities] = {
            town: Communities(town, written, read) for town, written in inside.items()
        }
        self._by_code = {town.code: town for town in towns}

    def __getitem__(self, code: PlaceCode) -> Place:
        town = self._by_code.get(code)
        if town is not None:
            return town
        for place in self.communities.get(PlaceCode(code[:9]), ()):
            if place.code == code:
                return place
        raise KeyError(code)

    def __iter__(self) -> Iterator[PlaceCode]:
        yield from self._by_code
        for inside in self.communities.values():
            for place in inside:
                yield place.code

    def __len__(self) -> int:
        return len(self._by_code) + sum(map(len, self.communities.values()))

    def named(self, text: str) -> frozenset[PlaceCode]:
        """Places whose name, as shown or as official, holds the text. Looks only into towns that may have one."""
        may_have = (inside for inside in self.communities.values() if inside.may_hold(text))
        return frozenset(
            place.code
            for places in (self.towns, *may_have)
            for place in places
            if text in place.name or text in place.official_name
        )


class Communities(Sequence[Place]):
    """Those of one town. How many there are is known without reading them."""

    __slots__ = ("_read", "_town", "_written")

    def __init__(self, town: PlaceCode, written: str, read: dict[PlaceCode, tuple[Place, ...]]) -> None:
        """``read`` keeps those of some towns, for all of them."""
        self._town = town
        self._written = written
        self._read = read

    @overload
    def __getitem__(self, index: int) -> Place: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Place]: ...
    def __getitem__(self, index: int | slice) -> Place | Sequence[Place]:
        return self._places()[index]

    def __iter__(self) -> Iterator[Place]:
        return iter(self._places())

    def __len__(self) -> int:
        return self._written.count(BETWEEN_PLACES) + 1

    def may_hold(self, text: str) -> bool:
        return text in self._written

    def _places(self) -> tuple[Place, ...]:
        places = self._read.get(self._town)
        if places is None:
            places = tuple(_place(self._town, line) for line in self._written.split(BETWEEN_PLACES))
            if len(self._read) >= _KEPT_TOWNS:
                self._read.clear()
            self._read[self._town] = places
        return places


def _place(town: PlaceCode, line: str) -> Place:
    """A name with a control character in it, from a file that no program of ours wrote, may get lost here."""
    code, name, official, kind = (line.split(BETWEEN_FIELDS) + [""] * _FIELDS)[:_FIELDS]
    return Place(PlaceCode(code), name, official, Level.COMMUNITY, kind, town)
