"""Records as table rows: what a writer needs, apart from what the start of the window reads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from hpviewer.records.kind import Kind
from hpviewer.records.partial_date import PartialDate
from hpviewer.records.record import LandClass, Record

_SOURCE_ID = re.compile(r"post_\d+")
_ORDER = {kind._value_: order for order, kind in enumerate(Kind)}


def values_of(record: Record, places_shown: str, unlocated: bool) -> dict[str, object]:
    """Column name -> value for the records table, fid aside.

    ``_value_`` is what ``value`` gives, without the call: 100,000 imported records ask for it 300,000 times.
    """
    kind = record.kind._value_
    return {
        "id": record.id,
        "column_name": record.column._value_,
        "kind": kind,
        "kind_order": _ORDER[kind],
        "title": record.title,
        "doc_number": record.doc_number,
        "approval_number": record.approval_number,
        "issuer": record.issuer,
        "published": date_text(record.published),
        "year": record.published.year if record.published else None,
        "approved": date_text(record.approved),
        "notice_from": date_text(record.notice_from),
        "notice_to": date_text(record.notice_to),
        "project": record.project,
        "location": record.location,
        "area_ha": record.area_ha,
        "land_classes": _listed(_plain(record.land_classes)),
        "owners": _listed(record.owners),
        "place_as_written": record.place_as_written,
        "places_shown": places_shown,
        "unlocated": int(unlocated),
        "source_kind": record.source_kind._value_,
        "source_name": record.source_name,
        "source_url": record.source_url,
        "source_id": source_id(record),
        "note": record.note,
        "flags": _listed(record.flags),
    }


def source_id(record: Record) -> str:
    """The source's own number of the page (post_NNN), "" when its address and name carry none."""
    text = f"{record.source_url} {record.source_name}"
    found = _SOURCE_ID.search(text) if "post_" in text else None
    return found[0] if found else ""


def date_text(date: PartialDate | None) -> str:
    """``str`` of a date, and "" of none; a full date at half the cost."""
    if date is None:
        return ""
    if date.month is not None and date.day is not None:
        return "%04d-%02d-%02d" % (date.year, date.month, date.day)  # noqa: UP031  # faster than an f-string
    return str(date)


def _listed(values: Sequence[object]) -> str:
    return msgspec.json.encode(values).decode() if values else "[]"


def _plain(classes: Sequence[LandClass]) -> list[list[Any]]:
    return [[item.name, item.hectares, _plain(item.parts) if item.parts else []] for item in classes]
