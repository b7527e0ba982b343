"""The columns of an export as data: the table's columns as the window shows them, then every further field."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from hpviewer.errors import InputError
from hpviewer.places.place import Place
from hpviewer.records.land_classes import format_land_classes
from hpviewer.records.partial_date import PartialDate
from hpviewer.records.record import LandClass
from hpviewer.records.results import RecordDetail, SortKey
from hpviewer.wording import say

FieldValue = str | float | PartialDate | tuple[str, ...] | tuple[LandClass, ...] | None
"""Empty, None or () where the source says nothing."""


@dataclass(frozen=True, slots=True)
class RecordField:
    """``key`` is stable (in GeoJSON, in --columns); ``width`` is what a column starts with, in Latin characters."""

    key: str
    width: int
    value: Callable[[RecordDetail], FieldValue]

    @property
    def heading(self) -> str:
        return say(f"exporting.field.{self.key}")


def _names(places: Iterable[Place]) -> tuple[str, ...]:
    return tuple(place.name for place in places)


FIELDS: tuple[RecordField, ...] = (
    RecordField(SortKey.PUBLISHED.value, 12, lambda d: d.record.published),
    RecordField(SortKey.KIND.value, 22, lambda d: d.record.kind.value),
    RecordField(SortKey.TITLE.value, 60, lambda d: d.record.title),
    RecordField(SortKey.DOC_NUMBER.value, 26, lambda d: d.record.doc_number),
    # As the window: the towns stand in where no community is named.
    RecordField(SortKey.COMMUNITIES.value, 24, lambda d: _names(d.communities or d.towns)),
    RecordField(SortKey.AREA.value, 12, lambda d: d.record.area_ha),
    RecordField(SortKey.SOURCE.value, 12, lambda d: d.record.source_kind.value),
    RecordField("column", 12, lambda d: d.record.column.value),
    RecordField("approval_number", 28, lambda d: d.record.approval_number),
    RecordField("approved", 12, lambda d: d.record.approved),
    RecordField("notice_from", 12, lambda d: d.record.notice_from),
    RecordField("notice_to", 12, lambda d: d.record.notice_to),
    RecordField("project", 36, lambda d: d.record.project),
    RecordField("location", 36, lambda d: d.record.location),
    RecordField("land_classes", 36, lambda d: d.record.land_classes),
    RecordField("owners", 36, lambda d: d.record.owners),
    RecordField("towns", 18, lambda d: _names(d.towns)),
    RecordField("place_as_written", 24, lambda d: d.record.place_as_written),
    RecordField("issuer", 24, lambda d: d.record.issuer),
    RecordField("source_name", 24, lambda d: d.record.source_name),
    RecordField("source_url", 40, lambda d: d.record.source_url),
    RecordField("note", 36, lambda d: d.record.note),
    RecordField("flags", 36, lambda d: d.record.flags),
    RecordField("id", 20, lambda d: d.record.id),
)

WINDOW_FIELDS = FIELDS[: len(SortKey)]
"""The columns of the records table, all of them, in its order."""


def fields_named(keys: Iterable[str]) -> tuple[RecordField, ...]:
    """The fields of these keys or headings, in the order asked for, each once. InputError for an unknown one."""
    known = {name: field for field in FIELDS for name in (field.key, field.heading)}
    chosen: dict[str, RecordField] = {}
    for key in keys:
        if key not in known:
            headings = say("exporting.list_mark").join(field.heading for field in FIELDS)
            raise InputError(
                say("exporting.unknown_field", name=key), say("exporting.unknown_field_next", names=headings)
            )
        chosen[known[key].key] = known[key]
    if not chosen:
        raise InputError(say("exporting.no_field"), say("exporting.no_field_next"))
    return tuple(chosen.values())


def text_of(value: FieldValue) -> str:
    """As one line for a cell or a page: lists joined, land classes in the notation of notices, hectares plain."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, float | int):
        return f"{value:.8f}".rstrip("0").rstrip(".")
    if isinstance(value, tuple):
        texts = [one for one in value if isinstance(one, str)]
        if texts:
            return say("exporting.list_mark").join(texts)
        return format_land_classes(one for one in value if isinstance(one, LandClass))
    return str(value)
