"""Values of a record's fields as the views of the import show them."""

from __future__ import annotations

from collections.abc import Callable

from hpviewer.desktop.records.figures import hectares
from hpviewer.desktop.records.record_text import land_classes
from hpviewer.places.place import PlaceCode
from hpviewer.records.change import RecordChange
from hpviewer.wording import say

NameOf = Callable[[PlaceCode], str]


def field_label(field: str) -> str:
    return say(f"desktop_importing.field.{field}")


def value_text(field: str, value: object, name_of: NameOf) -> str:
    """``value`` as Record holds it; a dash for an empty one."""
    if value is None or value == "" or value == ():
        return say("desktop_importing.absent")
    if field == "area_ha" and isinstance(value, float):
        return say("desktop_importing.hectares", area=hectares(value))
    if isinstance(value, tuple):
        if field == "land_classes":
            return land_classes(value)
        mark = say(f"desktop_importing.{'item_mark' if field == 'flags' else 'list_mark'}")
        return mark.join(name_of(each) if field in ("towns", "communities") else str(each) for each in value)
    return str(value)


def title_of(change: RecordChange) -> str:
    record = change.after or change.before
    return record.title if record is not None else ""


def number_of(change: RecordChange) -> str:
    """Document number or, without one, the day: what tells records with the same title apart."""
    record = change.after or change.before
    if record is None:
        return ""
    return record.doc_number or str(record.published or "")
