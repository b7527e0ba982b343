"""Working days by the official holiday calendar of the State Council (library chinese-calendar).

How days are counted, everywhere in this house: the day something is published, approved or received is not
counted, the last day is (民法典 art. 201, and the practice of notices). So ``add_working_days(d, n)`` and
``working_days_between(d, end)`` are each other's inverse. Make-up working days on a weekend count as working
days, holidays on a weekday do not.

The calendar is announced year by year; outside the library's table only weekends are left out and the result
says so: ``official`` is False.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache, lru_cache

from hpviewer.wording import say

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkingDate:
    """A day reached by counting. ``official`` is False when a day on the way lies outside the calendar's table."""

    day: dt.date
    official: bool


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """A number of working days; ``official`` as for WorkingDate."""

    days: int
    official: bool


@lru_cache(maxsize=1)
def calendar_years() -> range:
    """The years whose holidays and make-up days the calendar knows."""
    from chinese_calendar.constants import holidays

    return range(min(holidays).year, max(holidays).year + 1)


def is_official(day: dt.date) -> bool:
    """Whether the calendar's table covers the year of this day."""
    return day.year in calendar_years()


@cache
def is_working_day(day: dt.date) -> bool:
    """By the official calendar; outside its table every Monday to Friday."""
    if not is_official(day):
        return day.weekday() < 5
    from chinese_calendar import is_workday

    return bool(is_workday(day))


def add_working_days(start: dt.date, days: int) -> WorkingDate:
    """The last day of a period of this many working days that begins the day after ``start``.

    0 gives ``start`` itself, working day or not. ValueError for a negative number.
    """
    if days < 0:
        raise ValueError(days)
    day, official = start, True
    while days:
        day += _DAY
        official = official and is_official(day)
        days -= is_working_day(day)
    return WorkingDate(day, official)


def working_days_between(start: dt.date, end: dt.date) -> WorkingDays:
    """Working days after ``start`` up to and including ``end``. ValueError when ``end`` lies before ``start``."""
    if end < start:
        raise ValueError((start, end))
    span = [start + _DAY * step for step in range(1, (end - start).days + 1)]
    return WorkingDays(sum(map(is_working_day, span)), all(map(is_official, span)))


def next_working_day(day: dt.date) -> WorkingDate:
    """The day itself if it is a working day, else the first one after it."""
    official = is_official(day)
    while not is_working_day(day):
        day += _DAY
        official = official and is_official(day)
    return WorkingDate(day, official)


def calendar_note(official: bool) -> str:
    """A sentence for a result outside the calendar's table; empty for an official one."""
    years = calendar_years()
    return "" if official else say("records.calendar_outside", first=years[0], last=years[-1])
