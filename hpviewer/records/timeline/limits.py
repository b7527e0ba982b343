"""The limits of one stage: a notice published long enough, and soon enough after what came before."""

from __future__ import annotations

import datetime as dt

from hpviewer.records.column import SourceKind
from hpviewer.records.partial_date import PartialDate
from hpviewer.records.record import Record
from hpviewer.records.stage import AtLeast, DayUnit, StageFinding, StageState, Within
from hpviewer.records.timeline.dates import KnownDay, published_on
from hpviewer.records.working_days import add_working_days, calendar_note, working_days_between
from hpviewer.wording import say

_DAY = dt.timedelta(days=1)


def end_of(limit: Within, base: dt.date) -> tuple[dt.date, bool]:
    """The last day of the limit, and whether the official calendar covers it. The day ``base`` does not count."""
    if limit.unit is DayUnit.CALENDAR:
        return base + _DAY * limit.days, True
    reached = add_working_days(base, limit.days)
    return reached.day, reached.official


def check_at_least(record: Record, limit: AtLeast) -> StageFinding:
    """TOO_SHORT, DONE or UNKNOWN for the notice period of this record.

    The day of publication does not count and the last day does. A period that begins on a later day than the
    publication counts from its first day; where the day of publication is not known, both ways of counting
    must agree.
    """
    start, end, doubt = _period(record)
    if start is None or end is None:
        sentence = say("records.limit.period_unknown", name=name_of(record), doubt=doubt, rule=rule_of(limit))
        return StageFinding(StageState.UNKNOWN, sentence, limit.article, (record.id,))
    without_first, official = _count(start, end, limit.unit)
    with_first, _ = _count(start - _DAY, end, limit.unit)
    published = _published(record)
    counted = with_first if published and published < start else without_first
    values = {
        "name": name_of(record),
        "start": start,
        "end": end,
        "rule": rule_of(limit),
        "unit": limit.unit.value,
        "note": calendar_note(official),
    }
    if published is None and without_first < limit.days <= with_first:
        sentence = say("records.limit.period_depends", fewer=without_first, more=with_first, **values)
        return StageFinding(StageState.UNKNOWN, sentence, limit.article, (record.id,))
    if counted >= limit.days:
        sentence = say("records.limit.period_kept", days=counted, **values)
        return StageFinding(StageState.DONE, sentence, limit.article, (record.id,))
    sentence = say("records.limit.period_short", days=counted, **values)
    if counted < with_first >= limit.days:
        sentence += say("records.limit.counting_first_day", days=with_first, unit=limit.unit.value)
    return StageFinding(StageState.TOO_SHORT, sentence, limit.article, (record.id,))


def check_within(record: Record, limit: Within, base: KnownDay, wording: str) -> StageFinding:
    """LATE, DONE or UNKNOWN for the day of publication of this record, counted from ``base``.

    ``wording`` names the sentences: approval (the law counts from its receipt, of which the day is not public:
    the day of the approval stands for it, and the sentence says so), notice or disclosure.
    """
    published = published_on(record)
    doubt = base.doubt or published.doubt
    if base.day is None or published.day is None:
        sentence = say("records.limit.within_unknown", name=name_of(record), doubt=doubt, rule=rule_of(limit))
        return StageFinding(StageState.UNKNOWN, sentence, limit.article, (record.id,))
    end, official = end_of(limit, base.day)
    late = published.day > end
    sentence = say(
        f"records.limit.{wording}_{'late' if late else 'kept'}",
        name=name_of(record),
        base=base.day,
        rule=rule_of(limit),
        end=end,
        day=published.day,
    )
    state = StageState.LATE if late else StageState.DONE
    return StageFinding(state, sentence + calendar_note(official), limit.article, (record.id,))


def name_of(record: Record) -> str:
    """How a sentence names a record: its number, else its title."""
    return record.doc_number or say("records.quoted", title=record.title)


def rule_of(limit: AtLeast | Within) -> str:
    """The length of a limit as a sentence names it: 15 个工作日."""
    return f"{limit.days} {limit.unit.value}"


def _count(start: dt.date, end: dt.date, unit: DayUnit) -> tuple[int, bool]:
    """Days after ``start`` up to ``end``."""
    if end < start:
        return 0, True
    if unit is DayUnit.CALENDAR:
        return (end - start).days, True
    counted = working_days_between(start, end)
    return counted.days, counted.official


def _period(record: Record) -> tuple[dt.date | None, dt.date | None, str]:
    """First and last day of the notice period, else the reason why it cannot be counted."""
    start = _exact(record.notice_from) or _published(record)
    end = _exact(record.notice_to)
    if record.notice_from and not record.notice_from.exact:
        return None, None, say("records.doubt.partial_from", date=record.notice_from)
    if start is None:
        return None, None, published_on(record).doubt
    if end is None:
        if record.notice_to:
            return None, None, say("records.doubt.partial_to", date=record.notice_to)
        return None, None, say("records.doubt.no_to")
    if end < start:
        return None, None, say("records.doubt.reversed", start=start, end=end)
    return start, end, ""


def _published(record: Record) -> dt.date | None:
    """The day of publication proper: unlike dates.published_on never the first day of the period."""
    return None if record.source_kind is SourceKind.PRESS else _exact(record.published)


def _exact(date: PartialDate | None) -> dt.date | None:
    return date.exact if date else None
