"""One cell of a table, as read: its value, and how it was written."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

Number = int | Decimal


@dataclass(frozen=True, slots=True)
class Cell:
    """``value`` is 0 for a blank cell (``blank`` says so) and None when the text is no number.

    ``written`` is the source's own text (124宗, +70, 184719元). Money is in 万元 whatever unit was written.
    A cell that the source does not have at all is not a Cell: it is missing from the report's map.
    """

    value: Number | None
    blank: bool = False
    written: str = ""

    @property
    def readable(self) -> bool:
        return self.value is not None


BLANK = Cell(0, blank=True)


def magnitude(value: Number) -> Number:
    """abs() with a type that stays a Number."""
    return value if value >= 0 else -value


def in_words(value: Number) -> str:
    """A number as it stands in a sentence: no exponent, no thousands separator, no trailing zeros."""
    if isinstance(value, int):
        return str(value)
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
