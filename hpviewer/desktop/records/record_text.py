"""A record as label and value lines: what the detail shows, and what "copy as text" copies."""

from __future__ import annotations

from hpviewer.desktop.records.figures import hectares, mu
from hpviewer.records.partial_date import PartialDate
from hpviewer.records.record import LandClass, Record
from hpviewer.records.results import RecordDetail
from hpviewer.wording import say

_LAND_DEPTH = 4  # sub-classes of sub-classes; deeper ones would not be a land classification


def _say(key: str, **values: object) -> str:
    return say(f"desktop_records.{key}", **values)


def text_lines(detail: RecordDetail, data_date: str) -> list[tuple[str, str]]:
    """(label, value) in the order of the detail; fields that the source does not give are left out."""
    record = detail.record
    lines = [
        ("title", record.title),
        ("doc_number", record.doc_number),
        ("column", f"{record.column} · {record.kind}"),
        ("published", str(record.published or "")),
        ("project", record.project),
        ("approval", approval(record)),
        ("notice_period", notice_period(record)),
        ("location", record.location),
        ("place", places(detail)),
        ("place_as_written", record.place_as_written),
        ("area", area(record)),
        ("land_classes", land_classes(record.land_classes)),
        ("owners", _say("list_mark").join(record.owners)),
        ("issuer", record.issuer),
        ("note", record.note),
        ("flags", _say("flag_mark").join(record.flags)),
        ("source_kind", record.source_kind.value),
        ("source_name", record.source_name),
        ("source_url", record.source_url),
        ("data_date", data_date),
    ]
    return [(_say(f"field.{key}"), value) for key, value in lines if value]


def plain_text(detail: RecordDetail, data_date: str) -> str:
    """The whole record for the clipboard, one field a line."""
    return "\n".join(
        _say("text_line", label=label, value=" ".join(value.split()))
        for label, value in text_lines(detail, data_date)
    )


def approval(record: Record) -> str:
    """Number and date of the approval, as far as known."""
    return " · ".join(part for part in (record.approval_number, str(record.approved or "")) if part)


def notice_period(record: Record) -> str:
    """From and to, and how many days that is when both are whole dates; both days count."""
    first, last = record.notice_from, record.notice_to
    if first is None and last is None:
        return ""
    text = _say("period.both", first=_date(first), last=_date(last))
    if first and last and first.exact and last.exact and last.exact >= first.exact:
        text += _say("period.days", days=(last.exact - first.exact).days + 1)
    return text


def places(detail: RecordDetail) -> str:
    """Towns, each with its communities; a community without a position says so."""
    shown = []
    for town in detail.towns:
        names = [
            place.name + (_say("unlocated") if place.code in detail.unlocated else "")
            for place in detail.communities
            if place.town_code == town.code
        ]
        shown.append(" · ".join([town.name, _say("list_mark").join(names)] if names else [town.name]))
    return _say("town_mark").join(shown)


def area(record: Record) -> str:
    if record.area_ha is None:
        return ""
    return _say("area.both", hectares=hectares(record.area_ha), mu=mu(record.area_ha))


def land_classes(classes: tuple[LandClass, ...], depth: int = 1) -> str:
    """Each class with its hectares, its sub-classes in brackets."""
    parts = []
    for one in classes:
        text = f"{one.name} {hectares(one.hectares)}"
        if one.parts and depth < _LAND_DEPTH:
            text += _say("in_brackets", text=land_classes(one.parts, depth + 1))
        parts.append(text)
    return _say("list_mark").join(parts)


def _date(date: PartialDate | None) -> str:
    return str(date) if date is not None else _say("absent")
