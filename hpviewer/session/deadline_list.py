"""What can still be done, until when: the deadlines of all records, first what closes soonest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from hpviewer.records.deadlines import Deadline, open_deadlines, unknown_deadlines
from hpviewer.records.results import RecordDetail

LONGEST = dt.timedelta(days=250)
"""Six months for a lawsuit, and the longest holidays that may move its last day."""


@dataclass(frozen=True, slots=True)
class DeadlineItem:
    deadline: Deadline
    detail: RecordDetail


@dataclass(frozen=True, slots=True)
class UnknownDeadline:
    """A record that opens rights, with the sentence why no date can be reckoned."""

    detail: RecordDetail
    sentence: str


@dataclass(frozen=True, slots=True)
class DeadlineList:
    """``items`` are open on the day ``on``. ``unknown`` in the order of the records."""

    on: dt.date
    data_date: str
    items: tuple[DeadlineItem, ...]
    unknown: tuple[UnknownDeadline, ...]


def deadline_list(details: Iterable[RecordDetail], on: dt.date, data_date: str) -> DeadlineList:
    """Records published after ``on`` were not known then and are left out."""
    known = [one for one in details if not (day := _published(one)) or day <= on]
    by_id = {one.record.id: one for one in known}
    items = [
        DeadlineItem(one, by_id[one.record_id]) for one in open_deadlines((one.record for one in known), on)
    ]
    unknown = [UnknownDeadline(one, sentence) for one in known if (sentence := unknown_deadlines(one.record))]
    return DeadlineList(on, data_date, tuple(items), tuple(unknown))


def _published(detail: RecordDetail) -> dt.date | None:
    published = detail.record.published
    return published.exact if published else None
