"""Which pages are asked for, kept and dropped, without a window."""

from __future__ import annotations

from collections.abc import Callable

from hpviewer.desktop.records.row_pages import PAGE, RowPages
from hpviewer.records.column import Column, SourceKind
from hpviewer.records.filter import RecordFilter
from hpviewer.records.kind import Kind
from hpviewer.records.results import Facets, RecordRow, Results, Sort

Rows = tuple[RecordRow, ...]


def row(number: int) -> RecordRow:
    return RecordRow(f"r{number}", "", Kind.NOTICE, Column.LAND, "", "", (), None, SourceKind.OWN)


def rows(offset: int, count: int) -> Rows:
    return tuple(row(number) for number in range(offset, offset + count))


def results(total: int, first: int = PAGE) -> Results:
    facets = Facets({}, {}, {}, {}, {})
    return Results(RecordFilter(), Sort(), total, rows(0, min(first, total)), facets, 0, ())


class Reader:
    """Takes requests and answers them when told to."""

    def __init__(self) -> None:
        self.open: list[tuple[int, int, Callable[[Rows], None]]] = []
        self.asked: list[tuple[int, int]] = []
        self.arrived: list[tuple[int, int]] = []
        self.pages = RowPages(self._ask, lambda first, count: self.arrived.append((first, count)))

    def _ask(self, offset: int, limit: int, deliver: Callable[[Rows], None]) -> None:
        self.asked.append((offset, limit))
        self.open.append((offset, limit, deliver))

    def answer(self) -> None:
        while self.open:
            offset, limit, deliver = self.open.pop(0)
            deliver(rows(offset, limit))


def test_the_first_page_is_there_at_once_and_the_next_is_fetched_ahead() -> None:
    reader = Reader()
    reader.pages.start(results(1_000))
    reader.pages.need(0, 10)
    assert reader.pages.row(PAGE - 1) == row(PAGE - 1)
    assert reader.asked == [(PAGE, PAGE), (2 * PAGE, PAGE)]
    assert reader.pages.row(PAGE) is None
    reader.answer()
    assert reader.pages.row(PAGE) == row(PAGE)
    assert reader.arrived == [(PAGE, PAGE), (2 * PAGE, PAGE)]


def test_what_is_to_be_seen_comes_before_its_neighbours_and_nothing_is_asked_for_twice() -> None:
    reader = Reader()
    reader.pages.start(results(1_000_000))
    reader.pages.need(500_000, 500_020)
    reader.pages.need(500_001, 500_021)
    assert reader.asked[0] == (500_000, PAGE)
    assert len(reader.asked) == len(set(reader.asked)) == 3
    reader.answer()
    reader.pages.need(500_002, 500_022)
    assert reader.open == []


def test_dragging_over_many_pages_leaves_out_those_that_were_passed() -> None:
    reader = Reader()
    reader.pages.start(results(1_000_000))
    for first in range(1_000, 900_000, 10_000):
        reader.pages.need(first, first + 20)
    assert len(reader.asked) == 3  # the rest waits until these have come
    reader.answer()
    assert reader.pages.row(891_000) == row(891_000)
    assert len(reader.asked) < 10


def test_the_last_page_is_as_long_as_the_rest() -> None:
    reader = Reader()
    reader.pages.start(results(2 * PAGE + 7))
    reader.pages.need(2 * PAGE, 2 * PAGE + 30)
    assert (2 * PAGE, 7) in reader.asked
    reader.answer()
    assert reader.pages.row(2 * PAGE + 6) == row(2 * PAGE + 6)


def test_a_part_of_a_page_is_read_again_as_a_whole() -> None:
    reader = Reader()
    reader.pages.start(results(1_000, first=PAGE + 30))
    assert reader.pages.row(PAGE) is None
    reader.pages.need(PAGE, PAGE + 10)
    assert reader.asked[0] == (PAGE, PAGE)


def test_an_answer_for_earlier_results_is_dropped() -> None:
    reader = Reader()
    reader.pages.start(results(1_000))
    reader.pages.need(PAGE, PAGE + 10)
    late = list(reader.open)
    reader.pages.start(results(500))
    for offset, limit, deliver in late:
        deliver(rows(offset + 7, limit))
    assert reader.pages.row(PAGE) is None
    assert reader.arrived == []


def test_an_answer_of_another_length_is_not_shown() -> None:
    reader = Reader()
    reader.pages.start(results(1_000))
    reader.pages.need(PAGE, PAGE + 10)
    offset, limit, deliver = reader.open.pop(0)
    deliver(rows(offset, limit - 1))
    assert reader.pages.row(PAGE) is None


def test_after_a_failure_the_page_is_asked_for_again() -> None:
    reader = Reader()
    reader.pages.start(results(1_000))
    reader.pages.need(PAGE, PAGE + 10)
    reader.open.clear()
    reader.pages.forget_requests()
    reader.pages.need(PAGE, PAGE + 10)
    assert reader.asked.count((PAGE, PAGE)) == 2


def test_pages_far_away_are_dropped_and_those_in_use_are_kept() -> None:
    reader = Reader()
    reader.pages.start(results(100_000))
    for first in range(0, 100_000, PAGE):
        reader.pages.need(first, first + 20)
        reader.answer()
    held = sum(reader.pages.row(first) is not None for first in range(0, 100_000, PAGE))
    assert held <= 60
    assert reader.pages.row(99_990) is not None
    assert reader.pages.row(0) is None


def test_a_record_is_found_on_the_pages_at_hand_only() -> None:
    reader = Reader()
    reader.pages.start(results(1_000))
    assert reader.pages.position("r42") == 42
    assert reader.pages.position("r142") is None
    reader.pages.need(PAGE, PAGE + 10)
    reader.answer()
    assert reader.pages.position("r142") == 142
