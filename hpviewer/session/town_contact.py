"""Whom to ask about a village: what the newest public record of its town says, with that record as the source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from hpviewer.places.place import Place
from hpviewer.records.contact import contact_of
from hpviewer.records.law import earliest
from hpviewer.records.results import RecordDetail
from hpviewer.wording import say

_OLD_AFTER = 365


@dataclass(frozen=True, slots=True)
class TownContact:
    """``text`` is as the record words it, "" when no record of the town names anyone; ``sentence`` says either, ready to
    be shown. ``date`` is the record's, as far as known."""

    sentence: str
    text: str = ""
    record_id: str = ""
    date: str = ""


def town_contact(
    own: Iterable[RecordDetail], in_town: Iterable[RecordDetail], town: Place, on: dt.date
) -> TownContact:
    """Of the village's own records first, else of its town's; the newest of them that names a contact."""
    for records in (own, in_town):
        named = [one for one in records if contact_of(one.record)]
        if named:
            return _told(max(named, key=_date), on)
    return TownContact(say("session_village.contact.none", town=town.name))


def _date(detail: RecordDetail) -> str:
    return str(detail.record.published or "")


def _told(detail: RecordDetail, on: dt.date) -> TownContact:
    record = detail.record
    text, date = contact_of(record), _date(detail)
    sentence = say(
        "session_village.contact.from",
        text=text,
        date=date or say("session_village.undated"),
        title=record.title,
        source=record.source_name or record.source_kind.value,
    )
    if record.published is None or (on - earliest(record.published)).days > _OLD_AFTER:
        sentence += say("session_village.contact.old")
    return TownContact(sentence, text, record.id, date)
