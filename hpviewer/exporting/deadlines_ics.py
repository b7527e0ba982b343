"""Deadlines as a calendar (RFC 5545): each is an all-day event on its last day, with two reminders before it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from hpviewer.exporting.atomic_file import replacing
from hpviewer.exporting.clean_text import TextCleaner
from hpviewer.exporting.written import Written
from hpviewer.records.deadlines import Deadline
from hpviewer.wording import say

_LINE_BYTES = 75
_REMIND_DAYS = (7, 1)


def write_deadlines_ics(target: Path, deadlines: Iterable[Deadline], made_at: dt.datetime) -> Written:
    """In the order given. ``made_at`` is aware; it is the DTSTAMP of every event. InputError when it cannot be written.

    An event's UID depends on the record and the right alone, so that importing a newer file moves it.
    """
    clean = TextCleaner(None)
    count = 0
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//hpviewer//deadlines//ZH", "CALSCALE:GREGORIAN"]
    for one in deadlines:
        lines += _event(one, made_at, clean)
        count += 1
    lines.append("END:VCALENDAR")
    with replacing(target) as file:
        file.write("".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode())
    return Written(target, count, clean.notes)


def _event(one: Deadline, made_at: dt.datetime, clean: TextCleaner) -> Iterator[str]:
    unique = hashlib.sha256(f"{one.record_id}\0{one.kind.name}".encode()).hexdigest()[:32]
    summary = say("records.deadline.summary", right=one.kind.value, title=clean(one.title))
    article = say("session_village.ics.article", article=one.article) if one.article else ""
    yield "BEGIN:VEVENT"
    yield f"UID:{unique}@hpviewer"
    yield f"DTSTAMP:{made_at.astimezone(dt.timezone.utc):%Y%m%dT%H%M%SZ}"  # noqa: UP017  # datetime.UTC reads worse here
    yield f"DTSTART;VALUE=DATE:{one.closes:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{one.closes + dt.timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(summary)}"
    yield f"DESCRIPTION:{_escaped(clean(one.sentence) + article)}"
    yield "TRANSP:TRANSPARENT"
    for days in _REMIND_DAYS:
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"TRIGGER:-P{days}D"
        yield f"DESCRIPTION:{_escaped(summary)}"
        yield "END:VALARM"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    """TEXT of RFC 5545, 3.3.11."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _folded(line: str) -> Iterator[str]:
    """In lines of at most 75 bytes, never inside a character; the following begin with a space (3.1)."""
    part, used = "", 0
    for char in line:
        size = len(char.encode())
        if used + size > _LINE_BYTES:
            yield part
            part, used = " ", 1
        part += char
        used += size
    yield part
