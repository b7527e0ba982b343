"""Which rows of a long result are at hand: pages kept by position, asked for ahead, dropped when far away."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from hpviewer.records.results import RecordRow, Results

PAGE = 100
"""Rows of a page: about five screens, so that one page ahead outruns a wheel."""

_MOST_PAGES = 60  # 6,000 rows, about 3 MB
_MOST_UNDER_WAY = 3

Ask = Callable[[int, int, Callable[[tuple[RecordRow, ...]], None]], None]
"""Session.page: offset, limit, and who takes the rows."""


class RowPages:
    """Rows by their position in the results. ``arrived(first, count)`` is called when a page has come.

    A page that is under way is not asked for twice. What belongs to earlier results is dropped.
    """

    def __init__(self, ask: Ask, arrived: Callable[[int, int], None]) -> None:
        self._ask = ask
        self._arrived = arrived
        self._total = 0
        self._pages: OrderedDict[int, tuple[RecordRow, ...]] = OrderedDict()
        self._under_way: set[int] = set()
        self._wanted: tuple[int, ...] = ()
        self._generation = 0

    @property
    def total(self) -> int:
        return self._total

    def start(self, results: Results) -> None:
        """Begin with the first rows of new results."""
        self._generation += 1
        self._total = results.total
        self._under_way.clear()
        self._wanted = ()
        self._pages.clear()
        rows = results.rows
        for first in range(0, len(rows), PAGE):
            page = rows[first : first + PAGE]
            if len(page) == self._length(first // PAGE):  # a part of a page is read again as a whole
                self._pages[first // PAGE] = page

    def row(self, position: int) -> RecordRow | None:
        """The row, or None while its page is not at hand."""
        page = self._pages.get(position // PAGE)
        return page[position % PAGE] if page is not None else None

    def position(self, record_id: str) -> int | None:
        """Where a record stands among the rows at hand."""
        for number, page in self._pages.items():
            for place, row in enumerate(page):
                if row.id == record_id:
                    return number * PAGE + place
        return None

    def need(self, first: int, last: int) -> None:
        """Rows first…last are to be seen: fetch their pages, then the neighbours, those below first."""
        if self._total == 0:
            return
        low, high = max(0, first) // PAGE, min(last, self._total - 1) // PAGE
        ahead = (high + 1, low - 1, high + 2)
        numbers = [*range(low, high + 1), *ahead]
        self._wanted = tuple(number for number in numbers if self._length(number) > 0)
        for number in self._wanted:
            if number in self._pages:
                self._pages.move_to_end(number)
        self._fetch()

    def forget_requests(self) -> None:
        """A request failed; what is still to be seen may be asked for again."""
        self._under_way.clear()
        self._wanted = ()

    def _length(self, number: int) -> int:
        return max(0, min(PAGE, self._total - number * PAGE)) if number >= 0 else 0

    def _fetch(self) -> None:
        for number in self._wanted:
            if len(self._under_way) >= _MOST_UNDER_WAY:
                return
            if number not in self._pages and number not in self._under_way:
                self._under_way.add(number)
                self._ask(number * PAGE, self._length(number), self._receiver(number, self._generation))

    def _receiver(self, number: int, generation: int) -> Callable[[tuple[RecordRow, ...]], None]:
        def receive(rows: tuple[RecordRow, ...]) -> None:
            if generation != self._generation:
                return
            self._under_way.discard(number)
            if len(rows) == self._length(number):  # otherwise the catalogue changed; new results are coming
                self._pages[number] = rows
                while len(self._pages) > _MOST_PAGES:
                    self._pages.popitem(last=False)
                self._arrived(number * PAGE, len(rows))
                self._fetch()

        return receive
