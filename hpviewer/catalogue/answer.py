"""How records of one filter are counted and put in order; there is more than one way, by size."""

from __future__ import annotations

from typing import Protocol

from hpviewer.records.filter import Part
from hpviewer.records.results import Facets, Sort, Statistics


class Answer(Protocol):
    """All numbers are exact, whichever way they are found; `tests/unit/catalogue/test_answers.py` compares."""

    def count(self, *leaving_out: Part) -> int:
        """Records of the filter, with these parts of it taken away."""

    def unlocated(self) -> int:
        """Records of the filter, its own unlocated part aside, with a place that is not on the map."""

    def facets(self) -> Facets: ...

    def fids(self, sort: Sort, offset: int, limit: int) -> list[int]:
        """Rows offset… in order; limit -1: all that follow."""

    def statistics(self) -> Statistics: ...
