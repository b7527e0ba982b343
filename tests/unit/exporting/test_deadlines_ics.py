"""Deadlines as a calendar: read back by a small reader of RFC 5545, with texts that would break it."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from hpviewer.exporting.deadlines_ics import write_deadlines_ics
from hpviewer.records.deadlines import Deadline, DeadlineKind

NOW = dt.datetime(2024, 3, 1, 8, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def deadline(title: str = "征收土地公告", **values: object) -> Deadline:
    settings_: dict[str, object] = {
        "kind": DeadlineKind.REVIEW,
        "record_id": "a",
        "title": title,
        "opens": dt.date(2023, 9, 29),
        "closes": dt.date(2023, 12, 31),
        "days_left": 3,
        "article": "第二十条",
        "sentence": "至 2023-12-31。",
    }
    return Deadline(**(settings_ | values))  # type: ignore[arg-type]


def lines_of(file: Path) -> list[str]:
    """Unfolded content lines; every physical line keeps to 75 bytes."""
    raw = file.read_bytes()
    assert raw.endswith(b"\r\n")
    physical = raw.split(b"\r\n")[:-1]
    assert all(len(line) <= 75 for line in physical)
    assert b"\n" not in raw.replace(b"\r\n", b"")
    lines: list[str] = []
    for line in physical:
        text = line.decode()
        if text.startswith(" "):
            lines[-1] += text[1:]
        else:
            lines.append(text)
    return lines


def value(lines: list[str], name: str) -> str:
    return next(line.split(":", 1)[1] for line in lines if line.split(":")[0].split(";")[0] == name)


def unescaped(text: str) -> str:
    result, at = "", 0
    while at < len(text):
        if text[at] == "\\":
            at += 1
            result += "\n" if text[at] in "nN" else text[at]
        else:
            result += text[at]
        at += 1
    return result


def test_an_event_lies_on_the_last_day_of_the_year(tmp_path: Path) -> None:
    file = tmp_path / "a.ics"
    assert write_deadlines_ics(file, [deadline()], NOW).records == 1
    lines = lines_of(file)
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert value(lines, "DTSTART") == "20231231"
    assert value(lines, "DTEND") == "20240101"
    assert value(lines, "DTSTAMP") == "20240301T003000Z"
    assert value(lines, "SUMMARY") == "行政复议截止：征收土地公告"
    assert "第二十条" in value(lines, "DESCRIPTION")
    assert lines.count("BEGIN:VALARM") == lines.count("END:VALARM") == 2


def test_the_uid_names_the_right_not_the_day(tmp_path: Path) -> None:
    items = [
        deadline(),
        deadline(closes=dt.date(2024, 1, 5), title="b"),
        deadline(kind=DeadlineKind.LAWSUIT),
        deadline(record_id="b"),
    ]
    file = tmp_path / "a.ics"
    write_deadlines_ics(file, items, NOW)
    uids = [line for line in lines_of(file) if line.startswith("UID:")]
    assert uids[0] == uids[1]
    assert len(set(uids)) == 3


def test_an_empty_calendar_is_one(tmp_path: Path) -> None:
    file = tmp_path / "a.ics"
    assert write_deadlines_ics(file, [], NOW).records == 0
    assert len(lines_of(file)) == 5


@settings(max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=120))
def test_any_title_comes_back(title: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a.ics"
        write_deadlines_ics(file, [deadline(title)], NOW)
        lines = lines_of(file)
    kept = "".join(
        char
        for char in title
        if char not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff"
    )
    assert unescaped(value(lines, "SUMMARY")) == f"行政复议截止：{kept}"
    assert sum(line == "BEGIN:VEVENT" for line in lines) == 1


def test_line_breaks_and_marks_cannot_begin_a_property(tmp_path: Path) -> None:
    file = tmp_path / "a.ics"
    hostile = "x\r\nEND:VEVENT\nATTACH:file\\,;"
    write_deadlines_ics(file, [deadline(hostile)], NOW)
    lines = lines_of(file)
    assert not any(line.startswith("ATTACH") for line in lines)
    assert unescaped(value(lines, "SUMMARY")).endswith("x\nEND:VEVENT\nATTACH:file\\,;")
