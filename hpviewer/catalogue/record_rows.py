"""Table rows as records. Land classes and owners are JSON in their column."""

from __future__ import annotations

import json
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


def _date(text: str) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


def _classes(plain: list[list[Any]]) -> tuple[LandClass, ...]:
    return tuple(LandClass(name, hectares, _classes(parts)) for name, hectares, parts in plain)
