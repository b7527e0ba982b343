"""How each active part of a filter is put into words, and what goes when it is removed."""

from __future__ import annotations

from collections.abc import Iterable

from hpviewer.desktop.filtering.facet_list import year_text
from hpviewer.places.place import PlaceCode
from hpviewer.records.filter import Part, RecordFilter
from hpviewer.session.session import Session
from hpviewer.wording import say


def chip_text(part: Part, chosen: RecordFilter, session: Session) -> tuple[str, str]:
    """One active part in words: with its name, and its values alone for where room is short."""
    match part:
        case Part.TEXT:
            value = chosen.text.strip()
        case Part.COLUMN:
            value = chosen.column.value if chosen.column else ""
        case Part.TOWN:
            value = _joined(_place_name(code, session) for code in chosen.towns)
        case Part.COMMUNITY:
            value = _joined(_place_name(code, session) for code in chosen.communities)
        case Part.KIND:
            value = _joined(kind.value for kind in chosen.kinds)
        case Part.YEAR:
            value = _joined(year_text(year) for year in chosen.years)
        case Part.PROJECT:
            value = chosen.project
        case Part.UNLOCATED:
            value = say("desktop.chips.unlocated")
            return value, value
    return say(f"desktop.chips.{part.value}", value=value), value


def without(chosen: RecordFilter, part: Part) -> RecordFilter:
    """The filter with this chip gone. A community hangs on its town: both leave together."""
    if part is Part.TOWN:
        return chosen.without(Part.TOWN, Part.COMMUNITY)
    return chosen.without(part)


def _joined(values: Iterable[str]) -> str:
    return say("desktop.chips.separator").join(values)


def _place_name(code: PlaceCode, session: Session) -> str:
    try:
        return session.place(code).name
    except KeyError:  # the catalogue is not open yet; the chips are drawn again when it is
        return code
