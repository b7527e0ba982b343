"""Until when something can still be done about a record: objection, hearing, registration, review, lawsuit.

Sources of the periods:
- objection, hearing, registration: the notice period (土地管理法 2019 art. 47, 实施条例 2021 art. 28; for notices
  of the old law without a stated period the ten working days of 征收土地公告办法 art. 10). They end on the day
  that the notice states: no law moves that day, so a last day on a weekend is only pointed out.
- 行政复议: 60 days (行政复议法 2023 art. 20, before 2024 art. 9), for a notice counted from the end of the notice
  period (行政复议法实施条例 art. 15 (1) no. 4), as the notices themselves state it.
- 行政诉讼: six months (行政诉讼法 art. 46, since 2015-05-01; three months before, art. 39), counted from the same day.
  The fifteen days after a review decision (art. 45) are not here: no record carries the decision's service.
Read in their full text in the public collections LawRefBook/Laws and just-laws: 行政复议法 2023 arts. 20, 88 and 90,
行政复议法实施条例 2007 arts. 15 and 66, 行政诉讼法 2017 arts. 45, 46 and 101. 民事诉讼法 2023 art. 85 (3) as quoted by several
sources; the numbers of its former versions (82, 75) and art. 39 of 行政诉讼法 1989 rest on memory.
The day from which a period runs does not count, its last day does; see `rolled_over` for a last day on a holiday.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from hpviewer.records.column import SourceKind
from hpviewer.records.kind import Kind
from hpviewer.records.law import AMENDED_LAW, OLD_LAW, law_on
from hpviewer.records.partial_date import PartialDate
from hpviewer.records.record import Record
from hpviewer.records.working_days import (
    WorkingDate,
    add_working_days,
    calendar_note,
    is_official,
    is_working_day,
    next_working_day,
)
from hpviewer.wording import say


class DeadlineKind(StrEnum):
    OBJECTION = "提出异议"
    HEARING = "申请听证"
    REGISTRATION = "补偿登记"
    REVIEW = "行政复议"
    LAWSUIT = "行政诉讼"


@dataclass(frozen=True, slots=True)
class Deadline:
    """``opens`` and ``closes`` are the first and the last day; ``days_left`` is 0 on the last day, negative after.

    ``working`` tells that the period is counted in working days; ``on_rest_day`` that the last day is none and
    no law moves it. ``moved_from`` is the day it ended on before it was moved to a working day. ``article``
    is empty where only the notice itself states the period.
    """

    kind: DeadlineKind
    record_id: str
    title: str
    opens: dt.date
    closes: dt.date
    days_left: int
    article: str
    sentence: str
    working: bool = False
    on_rest_day: bool = False
    moved_from: dt.date | None = None

    def is_open(self, on: dt.date) -> bool:
        return self.opens <= on <= self.closes


_OWN_PERIOD = {
    Kind.SURVEY: (DeadlineKind.OBJECTION,),
    Kind.SCHEME_DRAFT: (DeadlineKind.OBJECTION,),
    Kind.REGISTRATION: (DeadlineKind.REGISTRATION,),
}
"""Kinds whose period only the notice itself states."""

_PLAN = (Kind.COMPENSATION_NOTICE, Kind.COMPENSATION_PLAN)
KINDS = frozenset((Kind.NOTICE, *_PLAN, *_OWN_PERIOD))
"""Of records that open rights; no other kind has a deadline."""
_PLAN_RIGHTS = (DeadlineKind.OBJECTION, DeadlineKind.HEARING, DeadlineKind.REGISTRATION)
_OLD_PLAN_RIGHTS = (DeadlineKind.OBJECTION, DeadlineKind.HEARING)
_OLD_PLAN_ARTICLE = "征收土地公告办法第十条"
_OLD_PLAN_DAYS = 10

REVIEW_DAYS = 60
_REVIEW_ARTICLES = (
    (dt.date(2024, 1, 1), "行政复议法（2023年修订）第二十条、行政复议法实施条例第十五条"),
    (dt.date(2007, 8, 1), "行政复议法第九条、行政复议法实施条例第十五条"),
    (dt.date(1999, 10, 1), "行政复议法第九条"),
)
_LAWSUIT_RULES = (
    (dt.date(2015, 5, 1), 6, "行政诉讼法第四十六条"),
    (dt.date(1990, 10, 1), 3, "行政诉讼法（1989年）第三十九条"),
)
_ROLLOVER_ARTICLES = (
    (dt.date(2022, 1, 1), "民事诉讼法第八十五条第三款"),
    (dt.date(2013, 1, 1), "民事诉讼法第八十二条第三款"),
    (dt.date.min, "民事诉讼法第七十五条第三款"),
)


def deadlines(record: Record, on: dt.date) -> tuple[Deadline, ...]:
    """All deadlines of a record, open or not, soonest first; () where its dates do not allow to reckon any.

    Partial dates and the dates of press reports give none: see `unknown_deadlines`.
    """
    return tuple(sorted(_of(record, on), key=_soonest))


def open_deadlines(records: Iterable[Record], on: dt.date) -> tuple[Deadline, ...]:
    """Those of all records that are open on that day, first what closes soonest."""
    found = [one for record in records for one in deadlines(record, on) if one.is_open(on)]
    return tuple(sorted(found, key=_soonest))


def unknown_deadlines(record: Record) -> str:
    """Why a record of a kind that opens a right has no deadline here; empty if it has, or opens none."""
    if record.kind not in KINDS or any(_of(record, dt.date.max)):
        return ""
    return say("records.deadline.unknown", kind=record.kind.value)


def rolled_over(day: dt.date) -> WorkingDate:
    """The rule of 民事诉讼法 for a last day on a public holiday or weekend: the first working day after it.

    行政复议法 (2023 art. 88, before art. 40) and 行政诉讼法 (art. 101) refer to it. It is for review and lawsuit
    only: 民事诉讼法 art. 85 (3); arts. 82 and 75 in the versions before 2022 and 2013.
    """
    return next_working_day(day)


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or that month's last day where it has none (民法典 art. 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _soonest(deadline: Deadline) -> tuple[dt.date, int, str]:
    return deadline.closes, list(DeadlineKind).index(deadline.kind), deadline.record_id


def _of(record: Record, on: dt.date) -> Iterator[Deadline]:
    if record.source_kind is SourceKind.PRESS:
        return
    if record.kind in _PLAN:
        yield from _of_plan(record, on)
    elif record.kind in _OWN_PERIOD:
        yield from _in_period(record, on, _OWN_PERIOD[record.kind], "")
    elif record.kind is Kind.NOTICE:
        yield from _remedies(record, on)


def _of_plan(record: Record, on: dt.date) -> Iterator[Deadline]:
    published = _exact(record.published) or _exact(record.notice_from)
    law = law_on(published) if published else None
    if law is not OLD_LAW:
        amended = law is AMENDED_LAW
        article = (
            "土地管理法（2019年修正）第四十七条" if amended else "土地管理法实施条例（2021年修订）第二十八条"
        )
        yield from _in_period(record, on, _PLAN_RIGHTS, article if law else "")
        return
    if _exact(record.notice_to):
        yield from _in_period(record, on, _OLD_PLAN_RIGHTS, _OLD_PLAN_ARTICLE)
        return
    if published and published >= dt.date(2002, 1, 1) and not record.notice_to:
        end = add_working_days(published, _OLD_PLAN_DAYS)
        for kind in _OLD_PLAN_RIGHTS:
            sentence = say("records.deadline.working", right=kind.value, start=published, days=_OLD_PLAN_DAYS)
            note = calendar_note(end.official)
            yield _deadline(
                kind, record, on, published, end.day, _OLD_PLAN_ARTICLE, sentence + note, working=True
            )


def _in_period(
    record: Record, on: dt.date, kinds: Iterable[DeadlineKind], article: str
) -> Iterator[Deadline]:
    """Rights that last as long as the notice does."""
    start = _exact(record.notice_from) or _exact(record.published)
    end = _exact(record.notice_to)
    if not start or not end or end < start:
        return
    for kind in kinds:
        sentence = say("records.deadline.in_period", right=kind.value, start=start, end=end)
        if kind is DeadlineKind.REGISTRATION:
            sentence += say("records.deadline.stated_period")
        if not is_working_day(end):
            sentence += say("records.deadline.rest_day") + calendar_note(is_official(end))
        yield _deadline(kind, record, on, start, end, article, sentence)


def _remedies(record: Record, on: dt.date) -> Iterator[Deadline]:
    """Review and lawsuit against a 征收土地公告: open from its publication, counted from the end of its period."""
    end = _exact(record.notice_to)
    opens = _exact(record.published) or _exact(record.notice_from) or end
    if not end or not opens or end < opens:
        return
    review = next((article for since, article in _REVIEW_ARTICLES if end >= since), None)
    if review:
        last = end + dt.timedelta(days=REVIEW_DAYS)
        yield _remedy(
            DeadlineKind.REVIEW, record, on, opens, end, last, review, say("records.deadline.review")
        )
    lawsuit = next((rule for rule in _LAWSUIT_RULES if end >= rule[0]), None)
    if lawsuit:
        _, months, article = lawsuit
        length = say("records.deadline.lawsuit", months=months)
        last = months_later(end, months)
        yield _remedy(DeadlineKind.LAWSUIT, record, on, opens, end, last, article, length)


def _remedy(
    kind: DeadlineKind,
    record: Record,
    on: dt.date,
    opens: dt.date,
    end: dt.date,
    last: dt.date,
    article: str,
    length: str,
) -> Deadline:
    closes = rolled_over(last)
    sentence = say("records.deadline.remedy", right=kind.value, end=end, length=length, last=last)
    moved = closes.day != last
    if moved:
        rule = next(name for since, name in _ROLLOVER_ARTICLES if last >= since)
        sentence += say("records.deadline.moved", last=last, closes=closes.day, rule=rule)
        article = f"{article}、{rule}"
    sentence += say("records.deadline.by_authority") + calendar_note(closes.official)
    return _deadline(
        kind, record, on, opens, closes.day, article, sentence, moved_from=last if moved else None
    )


def _deadline(
    kind: DeadlineKind,
    record: Record,
    on: dt.date,
    opens: dt.date,
    closes: dt.date,
    article: str,
    sentence: str,
    working: bool = False,
    moved_from: dt.date | None = None,
) -> Deadline:
    return Deadline(
        kind=kind,
        record_id=record.id,
        title=record.title,
        opens=opens,
        closes=closes,
        days_left=(closes - on).days,
        article=article,
        sentence=sentence,
        working=working,
        on_rest_day=not is_working_day(closes),
        moved_from=moved_from,
    )


def _exact(date: PartialDate | None) -> dt.date | None:
    return date.exact if date else None
