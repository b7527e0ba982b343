"""The counts that the map page is told: of all towns, and of communities where it shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hpviewer.places.place import PlaceCode
from hpviewer.records.place_counts import same_counts
from hpviewer.records.results import Facets
from hpviewer.session.session import Session

_FEW_TOWNS = 100
"""Of more towns than these the page fetches communities town by town (hp.FEW_TOWNS), and is told their counts so:
27,600 of them as JSON took the thread of the window 60 to 130 ms, and the page as long."""


@dataclass(frozen=True, slots=True)
class MapCounts:
    """``inside`` are the towns whose communities are counted; None for all."""

    towns: Mapping[PlaceCode, int]
    communities: Mapping[PlaceCode, int]
    spread: tuple[int, ...]
    inside: tuple[PlaceCode, ...] | None

    @classmethod
    def of(
        cls, facets: Facets, place: PlaceCode | None, shown: tuple[PlaceCode, ...], session: Session
    ) -> MapCounts:
        """``shown``: towns inside of which the page is looking; the town of the chosen place is always one."""
        inside = None
        if len(session.towns() or facets.town) > _FEW_TOWNS:
            chosen = () if place is None else (PlaceCode(place[:9]),)
            inside = tuple(dict.fromkeys((*shown, *chosen)))
        return cls(facets.town, facets.community, facets.spread, inside)

    def hold(self, other: MapCounts) -> bool:
        """Whether a page that has these has the other's, too."""
        return (
            (self.inside is None or (other.inside is not None and {*other.inside} <= {*self.inside}))
            and same_counts(self.towns, other.towns)
            and same_counts(self.communities, other.communities)
        )

    def numbers(self, session: Session) -> dict[PlaceCode, int]:
        """By code; places without a record are absent."""
        if self.inside is None:
            return {**self.towns, **self.communities}
        found = {**self.towns}
        for town in self.inside:
            for place in session.communities_of(town):
                if count := self.communities.get(place.code, 0):
                    found[place.code] = count
        return found
