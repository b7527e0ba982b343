"""Records per place, in a form that a province of 27,600 places can be given anew at every gesture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar, overload

from hpviewer.places.place import PlaceCode

D = TypeVar("D")
FIFTHS = 5


class PlaceCounts(Mapping[PlaceCode, int]):
    """A row of numbers, and by code where in it each place stands: the second is shared by all counts of a catalogue.

    As in any mapping of counts here, a place without a record is absent.
    """

    __slots__ = ("_at", "_numbers")

    def __init__(self, at: Mapping[PlaceCode, int], numbers: Sequence[int]) -> None:
        self._at = at
        self._numbers = numbers

    def __getitem__(self, code: PlaceCode) -> int:
        count = self._numbers[self._at[code]]
        if not count:
            raise KeyError(code)
        return count

    @overload
    def get(self, code: PlaceCode, /) -> int | None: ...
    @overload
    def get(self, code: PlaceCode, /, default: int | D) -> int | D: ...
    def get(self, code: PlaceCode, /, default: int | D | None = None) -> int | D | None:
        at = self._at.get(code)
        return default if at is None else self._numbers[at] or default

    def __iter__(self) -> Iterator[PlaceCode]:
        return (code for code, at in self._at.items() if self._numbers[at])

    def __len__(self) -> int:
        return sum(1 for _ in self)


def same_counts(one: Mapping[PlaceCode, int], other: Mapping[PlaceCode, int]) -> bool:
    """Whether nothing has to be drawn anew. Counts in the short form are the same object where nothing has changed;
    comparing 27,600 of them would take longer than drawing those that show."""
    return one is other or (isinstance(one, dict) and isinstance(other, dict) and one == other)


def spread(counts: Iterable[int]) -> tuple[int, ...]:
    """Of positive counts in their order those at one, two, three and four fifths, and the largest; empty for none."""
    ordered = sorted(counts)
    return tuple(ordered[at] for at in spread_places(len(ordered)))


def spread_places(size: int) -> tuple[int, ...]:
    """Where these stand among so many."""
    return (*(fifth * size // FIFTHS for fifth in range(1, FIFTHS)), size - 1) if size else ()
