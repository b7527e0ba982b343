"""Places of a record being picked on the map: a mode of the session that lasts until it is finished or cancelled."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hpviewer.places.place import PlaceCode

_TOWN_DIGITS = 9


@dataclass(frozen=True, slots=True)
class PlacePicking:
    """``purpose`` is the view that asked; ``codes`` are chosen so far, towns first, each in the order of choosing."""

    purpose: str
    codes: tuple[PlaceCode, ...] = ()

    @property
    def towns(self) -> tuple[PlaceCode, ...]:
        """Towns that were named or that a chosen community lies in."""
        return tuple(code for code in self.codes if len(code) == _TOWN_DIGITS)

    @property
    def communities(self) -> tuple[PlaceCode, ...]:
        return tuple(code for code in self.codes if len(code) > _TOWN_DIGITS)

    def adding(self, code: PlaceCode) -> PlacePicking:
        """A community brings its town along."""
        new = dict.fromkeys((*self.codes, PlaceCode(code[:_TOWN_DIGITS]), code))
        return replace(self, codes=tuple(sorted(new, key=len)))  # sorting keeps the order of equals

    def without(self, code: PlaceCode) -> PlacePicking:
        """A town takes its communities along."""
        return replace(self, codes=tuple(each for each in self.codes if not each.startswith(code)))

    def toggled(self, code: PlaceCode) -> PlacePicking:
        """What a click means: in, or out again."""
        return self.without(code) if code in self.codes else self.adding(code)
