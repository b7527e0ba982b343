"""A record as typed by a person: each field's text is checked as an import would check it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from hpviewer.importing.ledger.cell_area import AreaReader, read_land_classes
from hpviewer.importing.ledger.cell_date import read_date
from hpviewer.importing.ledger.cell_number import read_number
from hpviewer.importing.ledger.cell_text import lines, one_line
from hpviewer.importing.ledger.land_sums import check_sums
from hpviewer.importing.ledger.problem import CellProblem, Noted
from hpviewer.importing.ledger.record_id import record_id
from hpviewer.places.place import PlaceCode
from hpviewer.records.area import AreaUnit
from hpviewer.records.column import Column, SourceKind
from hpviewer.records.kind import Kind
from hpviewer.records.land_classes import format_land_classes
from hpviewer.records.owners import parse_owners
from hpviewer.records.record import Record
from hpviewer.wording import say

FIELDS = (
    "title", "kind", "doc_number", "approval_number", "issuer", "published", "approved", "notice_from", "notice_to",
    "project", "location", "area_ha", "land_classes", "owners", "place_as_written", "source_kind", "source_name",
    "source_url", "note",
)  # fmt: skip
"""Fields that are typed, in the order of a form. Places are picked; the column follows from the kind."""
LONG_FIELDS = frozenset(("title", "location", "land_classes", "owners", "note"))
"""Their texts may need several lines."""
_ROUNDING = 0.00005
"""Half of the last decimal that notices print."""
_EMPTY: Mapping[str, Any] = {
    **dict.fromkeys(FIELDS, ""),
    **dict.fromkeys(("published", "approved", "notice_from", "notice_to", "area_ha")),
    "land_classes": (),
    "owners": (),
    "source_kind": SourceKind.OWN,
}


@dataclass(frozen=True, slots=True)
class Checked:
    """``problem`` is a sentence when the text cannot be used, ``warning`` when it can and should be looked at."""

    value: Any = None
    problem: str = ""
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a form gives: a record, or the problems by field; warnings by field in both cases."""

    record: Record | None
    problems: Mapping[str, str]
    warnings: Mapping[str, str]


def written(record: Record, field: str) -> str:
    """The field as a form shows it; reading this text gives the same value again."""
    value = getattr(record, field)
    if value is None:
        return ""
    if field == "land_classes":
        return format_land_classes(value)
    if field == "owners":
        return say("session_importing.list_mark").join(value)
    if field == "area_ha":
        return f"{value:.8f}".rstrip("0").rstrip(".")
    return str(value)


def check(field: str, text: str) -> Checked:
    """One field's text; an empty one is an empty value."""
    if not text.strip():
        if field == "title":
            return Checked("", say("importing_ledger.problem.no_title"))
        if field == "kind":
            return Checked(None, say("session_importing.no_kind"))
        return Checked(_EMPTY[field])
    try:
        value = _READERS.get(field, one_line)(text)
    except CellProblem as problem:
        return Checked(None, problem.problem)
    if isinstance(value, Noted):
        return Checked(value.value, warning=value.warning or value.flag)
    return Checked(_EMPTY[field] if value is None else value)


def with_field(record: Record, field: str, value: Any) -> Record:
    """The record with one checked value; a kind brings its column along."""
    if field == "kind":
        return replace(record, kind=value, column=value.column)
    return replace(record, **{field: value})


def with_places(record: Record, towns: tuple[PlaceCode, ...], communities: tuple[PlaceCode, ...]) -> Record:
    """The towns of the communities belong to a record, too."""
    inside = [code for community in communities if (code := PlaceCode(community[:9])) not in towns]
    return replace(record, towns=(*towns, *dict.fromkeys(inside)), communities=communities)


def enter(
    texts: Mapping[str, str],
    towns: tuple[PlaceCode, ...],
    communities: tuple[PlaceCode, ...],
    base: Record | None = None,
) -> Entry:
    """All fields of a form. ``base`` is the record that is edited; a new one gets its id from what it says."""
    problems: dict[str, str] = {}
    warnings: dict[str, str] = {}
    values: dict[str, Any] = {}
    for field in FIELDS:
        checked = check(field, texts.get(field, ""))
        values[field] = checked.value
        if checked.problem:
            problems[field] = checked.problem
        if checked.warning:
            warnings[field] = checked.warning
    first, last = values["notice_from"], values["notice_to"]
    if first and last and first.exact and last.exact and last < first:
        problems["notice_to"] = say("importing_ledger.problem.period_order")
    if problems:
        return Entry(None, problems, warnings)
    record = base or Record(id="", column=Column.LAND, kind=Kind.OTHER_LAND, title="")
    for field, value in values.items():
        record = with_field(record, field, value)
    record = with_places(record, towns, communities)
    sums = tuple(check_sums(record.area_ha, record.land_classes, _ROUNDING)) if record.land_classes else ()
    if sums:
        warnings["land_classes"] = "".join(sums)
    if base is None:
        number = "" if "doc_number" in warnings else record.doc_number
        key = record_id(number, record.source_url, record.title, record.published, record.place_as_written)
        record = replace(record, id=key, flags=sums)
    return Entry(record, problems, warnings)


def _kind(text: str) -> Kind:
    try:
        return Kind(text.strip())
    except ValueError:
        raise CellProblem(say("importing_ledger.problem.unknown_kind")) from None


def _source_kind(text: str) -> SourceKind:
    try:
        return SourceKind(text.strip())
    except ValueError:
        allowed = say("session_importing.list_mark").join(SourceKind)
        raise CellProblem(say("importing_ledger.problem.source_kind", allowed=allowed)) from None


def _address(text: str) -> str:
    address = text.strip()
    if not address.startswith(("http://", "https://")):
        raise CellProblem(say("session_importing.bad_address"))
    return address


_READERS: Mapping[str, Callable[[str], Any]] = {
    "kind": _kind,
    "doc_number": read_number,
    "approval_number": read_number,
    **dict.fromkeys(("published", "approved", "notice_from", "notice_to"), read_date),
    "area_ha": AreaReader(AreaUnit.HECTARE),
    "land_classes": read_land_classes,
    "owners": lambda text: parse_owners(lines(text, say("session_importing.list_mark"))),
    "location": lines,
    "note": lines,
    "source_kind": _source_kind,
    "source_url": _address,
}
