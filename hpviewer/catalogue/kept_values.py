"""What is made of a value that many records share, made once: asked for by the thousand."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

K = TypeVar("K")
H = TypeVar("H", bound=Hashable)
V = TypeVar("V")

_MOST = 20_000


class KeptByObject(Generic[K, V]):
    """By the object and not by what it equals: a ledger's rows share their days and places, and to hash a date costs
    more than to write it. ``make`` gives the value of one object, never None."""

    def __init__(self, make: Callable[[K], V]) -> None:
        self._make = make
        self._values: dict[int, V] = {}
        self._held: list[K] = []  # an object that is gone could leave its number to another one

    def all(self, objects: Sequence[K]) -> list[V]:
        """The value of each."""
        if len(self._held) > _MOST:
            self._values.clear()
            self._held.clear()
        values, held = self._values, self._held
        found = list(map(values.get, map(id, objects)))
        if None in found:
            for at, value in enumerate(found):
                if value is None:
                    each = objects[at]
                    key = id(each)
                    if key not in values:
                        values[key] = self._make(each)
                        held.append(each)
                    found[at] = values[key]
        return found  # type: ignore[return-value]


class KeptAtOnce(Generic[H, V]):
    """By what a value equals. ``make`` gives the values of many, in their order."""

    def __init__(self, make: Callable[[Sequence[H]], Sequence[V]]) -> None:
        self._make = make
        self._values: dict[H, V] = {}

    def all(self, keys: Sequence[H]) -> list[V]:
        """The value of each."""
        if len(self._values) > _MOST:
            self._values.clear()
        new = list(dict.fromkeys(key for key in keys if key not in self._values))
        if new:
            self._values.update(zip(new, self._make(new), strict=True))
        return list(map(self._values.__getitem__, keys))
