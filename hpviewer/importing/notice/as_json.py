"""A notice as the item of `hpviewer import --json`: a record as `find` prints it, and the notice's own fields."""

from __future__ import annotations

from typing import Any

from hpviewer.importing.notice.land_use import flat
from hpviewer.importing.notice.notice import Notice
from hpviewer.places.place import PlaceCode

PlaceNames = dict[PlaceCode, str]


def notice_json(notice: Notice, names: PlaceNames | None = None) -> dict[str, Any]:
    """Dates as YYYY-MM-DD (shorter when the source gives no more), areas in hectares, "" and null for what is absent.

    ``names`` gives towns and communities their names; without it they are printed as codes. ``land_classes`` is
    flat: 农用地 and its 耕地 stand side by side.
    """
    record = notice.record
    named = names or {}

    def day(value: object) -> str:
        return str(value) if value is not None else ""

    return {
        "id": record.id,
        "title": record.title,
        "kind": record.kind.value,
        "column": record.column.value,
        "published": day(record.published),
        "doc_number": record.doc_number,
        "approval_number": record.approval_number,
        "area_ha": record.area_ha,
        "project": record.project,
        "towns": [named.get(code, code) for code in record.towns],
        "communities": [named.get(code, code) for code in record.communities],
        "place_as_written": record.place_as_written,
        "source_kind": record.source_kind.value,
        "source_url": record.source_url,
        "approved": day(record.approved),
        "notice_from": day(record.notice_from),
        "notice_to": day(record.notice_to),
        "location": record.location,
        "land_classes": flat(record.land_classes),
        "owners": list(record.owners),
        "issuer": record.issuer,
        "flags": list(record.flags),
        "approval_title": notice.approval_title,
        "purpose": notice.purpose,
        "area_written": notice.area_written,
        "bounds": dict(notice.bounds),
        "notice_days": notice.notice_days,
        "implementation_from": day(notice.implementation_from),
        "implementation_to": day(notice.implementation_to),
        "registration_from": day(notice.registration_from),
        "registration_to": day(notice.registration_to),
        "contacts": list(notice.contacts),
        "phones": list(notice.phones),
        "review": notice.review,
        "attachments": list(notice.attachments),
    }
