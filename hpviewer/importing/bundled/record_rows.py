"""data/records.csv -> records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hpviewer.importing.bundled.rows import CellError, Row, read_rows
from hpviewer.places.place import PlaceCode
from hpviewer.records.column import Column, SourceKind
from hpviewer.records.kind import Kind
from hpviewer.records.land_classes import LandClassError, parse_land_classes, total, unequal_classes
from hpviewer.records.owners import parse_owners
from hpviewer.records.record import LandClass, Record
from hpviewer.wording import say

COLUMNS = (
    "id", "column", "kind", "title", "doc_number", "approval_number", "issuer", "published", "approved",
    "notice_from", "notice_to", "project", "location", "area_ha", "land_classes", "owners", "towns",
    "communities", "place_as_written", "source_kind", "source_name", "source_url", "note",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlaceCodes:
    """Names as shown (文冲街道, 文冲社区) -> codes. A community goes with its town: 金碧社区 exists twice."""

    towns: Mapping[str, PlaceCode]
    communities: Mapping[tuple[str, str], PlaceCode]


def read_records(path: Path, codes: PlaceCodes) -> list[Record]:
    """All records, in file order. InputError names every row that cannot be used (see rows.read_rows)."""
    return read_rows(path, COLUMNS, lambda row: _record(row, codes), key=lambda record: record.id)


def _record(row: Row, codes: PlaceCodes) -> Record:
    area = row.number("area_ha")
    classes = _classes(row)
    return Record(
        id=row.required("id"),
        column=row.choice("column", Column),
        kind=_kind(row),
        title=row.required("title"),
        doc_number=row.text("doc_number"),
        approval_number=row.text("approval_number"),
        issuer=row.text("issuer"),
        published=row.date("published"),
        approved=row.date("approved"),
        notice_from=row.date("notice_from"),
        notice_to=row.date("notice_to"),
        project=row.text("project"),
        location=row.text("location"),
        area_ha=area,
        land_classes=classes,
        owners=parse_owners(row.text("owners")),
        towns=_towns(row, codes),
        communities=_communities(row, codes),
        place_as_written=row.text("place_as_written"),
        source_kind=row.choice("source_kind", SourceKind),
        source_name=row.required("source_name"),
        source_url=row.text("source_url"),
        note=row.text("note"),
        flags=_flags(area, classes),
    )


def _kind(row: Row) -> Kind:
    kind = row.choice("kind", Kind)
    if kind.column != row.choice("column", Column):
        raise CellError("kind", kind, say("importing_bundled.kind_of_other_column", column=kind.column))
    return kind


def _classes(row: Row) -> tuple[LandClass, ...]:
    text = row.text("land_classes")
    try:
        return parse_land_classes(text)
    except LandClassError as error:
        problem = say(f"importing_bundled.land_class.{error.problem}", at=error.at)
        raise CellError("land_classes", text, problem) from None


def _towns(row: Row, codes: PlaceCodes) -> tuple[PlaceCode, ...]:
    found = []
    for name in row.names("towns"):
        if name not in codes.towns:
            raise CellError("towns", name, say("importing_bundled.unknown_town"))
        found.append(codes.towns[name])
    return tuple(found)


def _communities(row: Row, codes: PlaceCodes) -> tuple[PlaceCode, ...]:
    towns = row.names("towns")
    found = []
    for name in row.names("communities"):
        possible = [codes.communities[town, name] for town in towns if (town, name) in codes.communities]
        if not possible:
            raise CellError("communities", name, say("importing_bundled.unknown_community"))
        if len(possible) > 1:
            raise CellError("communities", name, say("importing_bundled.ambiguous_community"))
        found.append(possible[0])
    return tuple(found)


def _flags(area: float | None, classes: tuple[LandClass, ...]) -> tuple[str, ...]:
    flags = [
        say("importing_bundled.flag.parts", name=one.name, stated=one.hectares, added=total(one.parts))
        for one in unequal_classes(classes)
    ]
    if area is not None and classes and total(classes) != area:
        flags.append(say("importing_bundled.flag.area", stated=area, added=total(classes)))
    return tuple(flags)
