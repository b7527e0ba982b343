"""Records as table rows and back. Land classes and owners are JSON in their column."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from hpviewer.places.place import PlaceCode
from hpviewer.records.column import Column, SourceKind
from hpviewer.records.kind import Kind
from hpviewer.records.partial_date import PartialDate
from hpviewer.records.record import LandClass, Record
from hpviewer.records.results import RecordRow

COLUMNS = (
    "r.fid, r.id, r.column_name, r.kind, r.title, r.doc_number, r.approval_number, r.issuer, r.published,"
    " r.approved, r.notice_from, r.notice_to, r.project, r.location, r.area_ha, r.land_classes, r.owners,"
    " r.place_as_written, r.source_kind, r.source_name, r.source_url, r.note, r.flags"
)
ROW_COLUMNS = "r.id, r.published, r.kind, r.column_name, r.title, r.doc_number, r.places_shown, r.area_ha, r.source_kind"
PLACE_SEPARATOR = "、"
_SOURCE_ID = re.compile(r"post_\d+")
_ENCODE = json.JSONEncoder(ensure_ascii=False).encode
_ORDER = {kind: order for order, kind in enumerate(Kind)}


def row_of(values: tuple[Any, ...]) -> RecordRow:
    record_id, published, kind, column, title, number, places, area, source = values
    return RecordRow(
        id=record_id,
        published=published,
        kind=Kind(kind),
        column=Column(column),
        title=title,
        doc_number=number,
        places=tuple(places.split(PLACE_SEPARATOR)) if places else (),
        area_ha=area,
        source_kind=SourceKind(source),
    )


def record_of(values: tuple[Any, ...], codes: Sequence[PlaceCode]) -> Record:
    """From a row of COLUMNS and the record's place codes in order."""
    return Record(
        id=values[1],
        column=Column(values[2]),
        kind=Kind(values[3]),
        title=values[4],
        doc_number=values[5],
        approval_number=values[6],
        issuer=values[7],
        published=_date(values[8]),
        approved=_date(values[9]),
        notice_from=_date(values[10]),
        notice_to=_date(values[11]),
        project=values[12],
        location=values[13],
        area_ha=values[14],
        land_classes=_classes(json.loads(values[15])),
        owners=tuple(json.loads(values[16])),
        towns=tuple(code for code in codes if len(code) == 9),
        communities=tuple(code for code in codes if len(code) != 9),
        place_as_written=values[17],
        source_kind=SourceKind(values[18]),
        source_name=values[19],
        source_url=values[20],
        note=values[21],
        flags=tuple(json.loads(values[22])),
    )


def values_of(record: Record, places_shown: str, unlocated: bool) -> dict[str, object]:
    """Column name -> value for the records table, fid aside."""
    return {
        "id": record.id,
        "column_name": record.column.value,
        "kind": record.kind.value,
        "kind_order": _ORDER[record.kind],
        "title": record.title,
        "doc_number": record.doc_number,
        "approval_number": record.approval_number,
        "issuer": record.issuer,
        "published": str(record.published or ""),
        "year": record.year,
        "approved": str(record.approved or ""),
        "notice_from": str(record.notice_from or ""),
        "notice_to": str(record.notice_to or ""),
        "project": record.project,
        "location": record.location,
        "area_ha": record.area_ha,
        "land_classes": _listed(_plain(record.land_classes)),
        "owners": _listed(record.owners),
        "place_as_written": record.place_as_written,
        "places_shown": places_shown,
        "unlocated": int(unlocated),
        "source_kind": record.source_kind.value,
        "source_name": record.source_name,
        "source_url": record.source_url,
        "source_id": source_id(record),
        "note": record.note,
        "flags": _listed(record.flags),
    }


def source_id(record: Record) -> str:
    """The source's own number of the page (post_NNN), "" when its address and name carry none."""
    found = _SOURCE_ID.search(f"{record.source_url} {record.source_name}")
    return found[0] if found else ""


def _date(text: str) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


def _listed(values: Sequence[object]) -> str:
    return _ENCODE(values) if values else "[]"


def _plain(classes: Sequence[LandClass]) -> list[list[Any]]:
    return [[item.name, item.hectares, _plain(item.parts)] for item in classes]


def _classes(plain: list[list[Any]]) -> tuple[LandClass, ...]:
    return tuple(LandClass(name, hectares, _classes(parts)) for name, hectares, parts in plain)
