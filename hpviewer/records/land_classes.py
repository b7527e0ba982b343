"""Land classes as one line of text: 农用地0.0365（林地0.0026、草地0.0132）；建设用地0.4611, in hectares.

The notation of notices: a name and its area, sub-classes in brackets behind it, items separated by
、 ； or ，. Full-width forms are read like half-width ones; 公顷 behind an area is allowed, any other
unit is not, so that 亩 never pass for hectares.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

from hpviewer.records.record import LandClass

_SIGNS = r"\d、;,().+\-−~约"
"""No sign and no 约 (about) in a name: such an area is not the plain figure it would be taken for."""
_ITEM = re.compile(
    rf"\s*(?P<name>[^{_SIGNS}\s](?:[^{_SIGNS}]*[^{_SIGNS}\s])?)"
    r"\s*(?P<area>\d+(?:\.\d+)?)\s*(?:公顷)?\s*(?=[、;,()]|$)"
)
_SEPARATORS = "、;,"
_DECIMALS = 4
"""Notices print hectares with four decimals, that is whole square metres."""


class LandClassProblem(StrEnum):
    NO_ITEM = "no_item"
    OPEN_BRACKET = "open_bracket"
    CLOSED_BRACKET = "closed_bracket"
    NO_SEPARATOR = "no_separator"


class LandClassError(ValueError):
    """``at`` is the rest of the text (half-width) from where reading stopped."""

    def __init__(self, problem: LandClassProblem, at: str) -> None:
        super().__init__(f"{problem}: {at!r}")
        self.problem = problem
        self.at = at


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = unicodedata.normalize("NFKC", text).strip().rstrip("。")
        self._at = 0

    def whole(self) -> tuple[LandClass, ...]:
        if not self._text:
            return ()
        classes = self._items()
        if self._at < len(self._text):
            raise self._error(LandClassProblem.CLOSED_BRACKET)
        return classes

    def _items(self) -> tuple[LandClass, ...]:
        found = [self._item()]
        while self._next() not in ("", ")"):
            if self._next() not in _SEPARATORS:
                raise self._error(LandClassProblem.NO_SEPARATOR)
            self._at += 1
            found.append(self._item())
        return tuple(found)

    def _item(self) -> LandClass:
        match = _ITEM.match(self._text, self._at)
        if not match:
            raise self._error(LandClassProblem.NO_ITEM)
        self._at = match.end()
        return LandClass(match["name"], float(match["area"]), self._parts())

    def _parts(self) -> tuple[LandClass, ...]:
        if self._next() != "(":
            return ()
        opened = self._at
        self._at += 1
        parts = self._items()
        if self._next() != ")":
            self._at = opened
            raise self._error(LandClassProblem.OPEN_BRACKET)
        self._at += 1
        return parts

    def _next(self) -> str:
        while self._text[self._at : self._at + 1] == " ":
            self._at += 1
        return self._text[self._at : self._at + 1]

    def _error(self, problem: LandClassProblem) -> LandClassError:
        return LandClassError(problem, self._text[self._at :])


def parse_land_classes(text: str) -> tuple[LandClass, ...]:
    """Classes in the order of the text; empty text is (). LandClassError when any part is not understood."""
    return _Reader(text).whole()


def format_land_classes(classes: Iterable[LandClass]) -> str:
    """The notation that parse_land_classes reads, with at least four decimals and no loss."""
    return "；".join(_format(one) for one in classes)


def _format(one: LandClass) -> str:
    parts = "、".join(_format(part) for part in one.parts)
    return f"{one.name}{_hectares(one.hectares)}" + (f"（{parts}）" if parts else "")


def _hectares(value: float) -> str:
    usual = f"{value:.{_DECIMALS}f}"
    return usual if float(usual) == value else format(Decimal(repr(value)), "f")


def total(classes: Iterable[LandClass]) -> float:
    """Hectares of the top level, added in decimal: 0.1 + 0.2 is 0.3. Sub-classes are part of their class."""
    return float(sum((Decimal(repr(one.hectares)) for one in classes), Decimal(0)))


def unequal_classes(classes: Iterable[LandClass]) -> list[LandClass]:
    """Classes, at any depth, whose sub-classes do not add up to them: an oddity of the source, to flag."""
    found: list[LandClass] = []
    for one in classes:
        if one.parts and total(one.parts) != one.hectares:
            found.append(one)
        found.extend(unequal_classes(one.parts))
    return found
