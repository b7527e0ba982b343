"""Areas as written: a figure and a unit, in hectares for comparison, the written value kept.

公顷, 亩 (1 公顷 = 15 亩), 平方米 (also ㎡, m2, m²), 万平方米, 平方公里. Sums are decimal: 0.1 + 0.2 is 0.3.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

MU_PER_HECTARE = 15


class AreaUnit(StrEnum):
    HECTARE = "公顷"
    MU = "亩"
    SQUARE_METRE = "平方米"
    TEN_THOUSAND_SQUARE_METRES = "万平方米"
    SQUARE_KILOMETRE = "平方公里"

    def hectares(self, value: Decimal) -> Decimal:
        """亩 is the only unit that does not divide evenly; it is kept to eight decimals."""
        match self:
            case AreaUnit.HECTARE | AreaUnit.TEN_THOUSAND_SQUARE_METRES:
                return value
            case AreaUnit.SQUARE_METRE:
                return value / 10000
            case AreaUnit.SQUARE_KILOMETRE:
                return value * 100
            case AreaUnit.MU:
                return (value / MU_PER_HECTARE).quantize(Decimal("0.00000001")).normalize()


NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,8})?|\d{1,9}(?:\.\d{1,8})?"
UNIT = r"公顷|万亩|亩|万平方米|万㎡|万m2|平方米|平方公里|平方千米|平米|㎡|m2|m²|km2|km²|ha(?![a-z])"
_UNITS = {
    "公顷": AreaUnit.HECTARE,
    "ha": AreaUnit.HECTARE,
    "亩": AreaUnit.MU,
    "平方米": AreaUnit.SQUARE_METRE,
    "平米": AreaUnit.SQUARE_METRE,
    "m2": AreaUnit.SQUARE_METRE,
    "万平方米": AreaUnit.TEN_THOUSAND_SQUARE_METRES,
    "万m2": AreaUnit.TEN_THOUSAND_SQUARE_METRES,
    "平方公里": AreaUnit.SQUARE_KILOMETRE,
    "平方千米": AreaUnit.SQUARE_KILOMETRE,
    "km2": AreaUnit.SQUARE_KILOMETRE,
}
_WHOLE = re.compile(rf"(?P<value>{NUMBER})\s*(?P<unit>{UNIT})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Area:
    """``value`` as written, in ``unit``."""

    value: Decimal
    unit: AreaUnit

    @property
    def hectares(self) -> float:
        return float(self.exact_hectares)

    @property
    def exact_hectares(self) -> Decimal:
        return self.unit.hectares(self.value)

    @property
    def rounding(self) -> Decimal:
        """Half a unit of the last decimal written, in hectares: what the source's rounding can hide."""
        exponent = self.value.as_tuple().exponent
        last = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0) / 2
        return self.unit.hectares(last) if self.unit is not AreaUnit.MU else last / MU_PER_HECTARE

    def agrees_with(self, other: Area) -> bool:
        """Equal within what the rounding of both can hide."""
        return abs(self.exact_hectares - other.exact_hectares) <= self.rounding + other.rounding

    def __str__(self) -> str:
        return f"{self.value}{self.unit.value}"

    @classmethod
    def parse(cls, text: str) -> Area:
        """One figure with its unit, any width; ValueError otherwise."""
        found = _WHOLE.fullmatch(unicodedata.normalize("NFKC", text).strip())
        if not found:
            raise ValueError(text)
        return cls.of(found["value"], found["unit"])

    @classmethod
    def of(cls, value: str, unit: str) -> Area:
        """From the two parts of a match of NUMBER and UNIT; ValueError for an unknown unit."""
        plain = unicodedata.normalize("NFKC", unit).lower()
        amount = Decimal(value.replace(",", ""))
        if plain == "万亩":
            return cls(amount * 10000, AreaUnit.MU)
        if plain not in _UNITS:
            raise ValueError(unit)
        return cls(amount, _UNITS[plain])
