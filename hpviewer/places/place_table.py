"""All places of a catalogue: towns as they are, communities in a short form until somebody looks into their town.

A province has 26,000 communities, of which a window shows a few dozen: as objects they take 100 ms and 16 MB, as
one text for each town 10 ms and 3 MB.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

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
        self.communities: Mapping[PlaceCode, tuple[Place, ...]] = _Communities(inside)
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


class _Communities(Mapping[PlaceCode, tuple[Place, ...]]):
    def __init__(self, written: Mapping[PlaceCode, str]) -> None:
        self._written = written
        self._read: dict[PlaceCode, tuple[Place, ...]] = {}

    def __getitem__(self, town: PlaceCode) -> tuple[Place, ...]:
        inside = self._read.get(town)
        if inside is None:
            inside = tuple(_read(town, self._written[town]))
            if len(self._read) >= _KEPT_TOWNS:
                self._read = {}  # anew and not emptied: another thread may be reading it
            self._read[town] = inside
        return inside

    def __contains__(self, town: object) -> bool:
        return town in self._written  # the inherited one would read all its communities to say so

    def __iter__(self) -> Iterator[PlaceCode]:
        return iter(self._written)

    def __len__(self) -> int:
        return len(self._written)


def _read(town: PlaceCode, written: str) -> Iterator[Place]:
    for line in written.split(BETWEEN_PLACES):
        fields = line.split(BETWEEN_FIELDS)
        if len(fields) == _FIELDS:  # what has more was written by no program of ours
            code, name, official, kind = fields
            yield Place(PlaceCode(code), name, official, Level.COMMUNITY, kind, town)
