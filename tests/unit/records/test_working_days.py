from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hpviewer.records.working_days import (
    add_working_days,
    calendar_note,
    calendar_years,
    is_working_day,
    next_working_day,
    working_days_between,
)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2024-05-06", 1, "2024-05-07"),
        ("2024-05-10", 1, "2024-05-11"),  # a Saturday worked for Labour Day
        ("2024-05-11", 1, "2024-05-13"),
        (
            "2023-09-28",
            1,
            "2023-10-07",
        ),  # National Day with Mid-Autumn; a Saturday and a Sunday worked after it
        ("2023-09-28", 2, "2023-10-08"),
        ("2023-09-28", 3, "2023-10-09"),
        ("2023-09-14", 15, "2023-10-11"),
        ("2024-02-02", 1, "2024-02-04"),  # a Sunday worked before Spring Festival
        ("2024-02-09", 1, "2024-02-18"),  # and one after it
        ("2020-01-23", 1, "2020-02-03"),  # Spring Festival lengthened by the State Council
        # by hand from the State Council's notices for 2024, 2025 and 2026, over National Day and Spring Festival
        ("2024-09-27", 10, "2024-10-16"),
        ("2025-09-26", 10, "2025-10-16"),
        ("2026-09-25", 10, "2026-10-15"),
        ("2024-02-05", 10, "2024-02-23"),
        ("2025-01-24", 10, "2025-02-13"),
        ("2026-02-12", 10, "2026-03-04"),
        ("2025-09-26", 15, "2025-10-23"),
        ("2026-09-25", 15, "2026-10-22"),
        ("2024-05-11", 0, "2024-05-11"),
    ],
)
def test_days_are_counted_by_the_official_calendar(start: str, days: int, end: str) -> None:
    reached = add_working_days(day(start), days)
    assert reached.day == day(end)
    assert reached.official
    assert working_days_between(day(start), day(end)).days == days


def test_the_first_day_does_not_count_and_the_last_does() -> None:
    assert working_days_between(day("2024-05-13"), day("2024-05-13")).days == 0
    assert working_days_between(day("2024-05-13"), day("2024-05-14")).days == 1
    assert working_days_between(day("2024-05-13"), day("2024-05-19")).days == 4


def test_outside_the_table_only_weekends_are_left_out_and_it_says_so() -> None:
    after = calendar_years()[-1] + 1
    assert is_working_day(dt.date(1999, 10, 1))
    old = add_working_days(dt.date(1999, 9, 30), 1)
    assert (old.day, old.official) == (dt.date(1999, 10, 1), False)
    assert str(after - 1) in calendar_note(old.official)
    across = add_working_days(dt.date(after - 1, 12, 1), 40)
    assert not across.official
    assert not working_days_between(dt.date(after - 1, 12, 31), dt.date(after, 1, 5)).official
    assert calendar_note(True) == ""


def test_the_next_working_day() -> None:
    assert next_working_day(day("2023-10-01")).day == day("2023-10-07")
    assert next_working_day(day("2023-10-07")).day == day("2023-10-07")


def test_backwards_is_an_error() -> None:
    with pytest.raises(ValueError, match="-1"):
        add_working_days(day("2024-05-13"), -1)
    with pytest.raises(ValueError, match="2024"):
        working_days_between(day("2024-05-13"), day("2024-05-12"))


_DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2035, 12, 31))


@given(start=_DAYS, days=st.integers(0, 60))
@settings(max_examples=150, deadline=None)
def test_add_then_count_is_the_identity(start: dt.date, days: int) -> None:
    reached = add_working_days(start, days)
    counted = working_days_between(start, reached.day)
    assert (counted.days, counted.official) == (days, reached.official)
    assert days == 0 or is_working_day(reached.day)


@given(start=_DAYS, first=st.integers(0, 40), second=st.integers(0, 40))
@settings(max_examples=100, deadline=None)
def test_counting_on_from_where_one_stopped(start: dt.date, first: int, second: int) -> None:
    middle = add_working_days(start, first).day
    assert add_working_days(middle, second).day == add_working_days(start, first + second).day
