"""The days of a record that a judgement may rest on, or the sentence why there is none.

A partial date (2025, 2017-08) is no day. The date of a press report is the day of the report, not the day on
which the notice itself was published.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from hpviewer.records.column import SourceKind
from hpviewer.records.document_number import find_numbers
from hpviewer.records.kind import Kind
from hpviewer.records.law import earliest
from hpviewer.records.partial_date import PartialDate
from hpviewer.records.record import Record
from hpviewer.wording import say


@dataclass(frozen=True, slots=True)
class KnownDay:
    """``doubt`` is the reason why ``day`` is None, a clause without a full stop; empty when it is known."""

    day: dt.date | None
    doubt: str = ""


def published_on(record: Record) -> KnownDay:
    """The day of publication; the first day of the notice period where the source gives only that."""
    if record.source_kind is SourceKind.PRESS:
        return KnownDay(None, say("records.doubt.press"))
    for date in (record.published, record.notice_from):
        if date and date.exact:
            return KnownDay(date.exact)
    date = record.published or record.notice_from
    if date:
        return KnownDay(None, say("records.doubt.partial_published", date=date))
    return KnownDay(None, say("records.doubt.no_published"))


def approved_on(records: Iterable[Record]) -> KnownDay:
    """The day of approval as any of the records states it. Two different days are no day."""
    dates = sorted({record.approved for record in records if record.approved}, key=str)
    days = {date.exact for date in dates if date.exact}
    if len(days) == 1:
        return KnownDay(days.pop())
    if days:
        return KnownDay(None, say("records.doubt.two_approvals"))
    if dates:
        return KnownDay(None, say("records.doubt.partial_approved", date=dates[0]))
    return KnownDay(None, say("records.doubt.no_approved"))


def first_published(records: Iterable[Record]) -> KnownDay:
    """The earliest day of publication; not known while one of the records has none."""
    days = [published_on(record) for record in records]
    doubtful = next((day for day in days if day.day is None), None)
    known = [day.day for day in days if day.day]
    return doubtful or KnownDay(min(known))


def governing_date(records: Iterable[Record]) -> PartialDate | None:
    """The earliest date of any of the records: it says which law's stages they are held against.

    A record without any date counts with the year of its approval number (粤国土资(建)字〔2015〕499号).
    """
    dates: list[PartialDate] = []
    for record in records:
        own = [date for date in (record.published, record.approved, record.notice_from) if date]
        dates += own or _year_of_number(record)
    return min(dates, key=lambda date: (earliest(date), str(date)), default=None)


def _year_of_number(record: Record) -> list[PartialDate]:
    texts = (record.approval_number, record.doc_number)
    return [PartialDate(found.number.year) for text in texts for found in find_numbers(text)][:1]


def cites_approval(record: Record) -> bool:
    """Whether the record shows that an approval was given: it is one, or names its number or its day."""
    return record.kind is Kind.APPROVAL or bool(record.approval_number or record.approved)
