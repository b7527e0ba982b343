"""The filter and the order of an export, as a person reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hpviewer.places.place import Place, PlaceCode
from hpviewer.records.filter import Part, RecordFilter
from hpviewer.records.results import Sort
from hpviewer.wording import say


def filter_lines(filter: RecordFilter, place: Callable[[PlaceCode], Place]) -> Iterator[tuple[str, str]]:
    """What each active part is called and what it asks for; nothing for the empty filter."""
    for part in filter.active():
        yield say(f"exporting.part.{part.value}"), _value(filter, part, place)


def filter_in_words(filter: RecordFilter, place: Callable[[PlaceCode], Place]) -> str:
    """One line; says that everything is shown for the empty filter."""
    lines = [
        say("exporting.about.line", part=part, value=value) for part, value in filter_lines(filter, place)
    ]
    return say("exporting.about.filter_mark").join(lines) or say("exporting.about.no_filter")


def sort_in_words(sort: Sort) -> str:
    key = "descending" if sort.descending else "ascending"
    return say(f"exporting.about.{key}", column=say(f"exporting.field.{sort.key.value}"))


def _value(filter: RecordFilter, part: Part, place: Callable[[PlaceCode], Place]) -> str:
    mark = say("exporting.list_mark")
    match part:
        case Part.TEXT:
            return filter.text.strip()
        case Part.COLUMN:
            return filter.column.value if filter.column else ""
        case Part.TOWN:
            return mark.join(place(code).name for code in filter.towns)
        case Part.COMMUNITY:
            return mark.join(place(code).name for code in filter.communities)
        case Part.KIND:
            return mark.join(filter.kinds)
        case Part.YEAR:
            undated = say("exporting.undated")
            return mark.join(undated if year is None else str(year) for year in filter.years)
        case Part.PROJECT:
            return filter.project
        case Part.UNLOCATED:
            return say("exporting.about.unlocated")
