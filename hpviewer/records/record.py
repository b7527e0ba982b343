"""A record: one published item, with the places it concerns as written and as resolved."""

from __future__ import annotations

from dataclasses import dataclass, field

from hpviewer.places.place import PlaceCode
from hpviewer.records.column import Column, SourceKind
from hpviewer.records.kind import Kind
from hpviewer.records.partial_date import PartialDate


@dataclass(frozen=True, slots=True)
class LandClass:
    """Area of one land class in hectares; ``parts`` are its sub-classes (农用地 -> 耕地, 园地 …)."""

    name: str
    hectares: float
    parts: tuple[LandClass, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One published item. An empty string, None or () means: not seen in the source, never guessed.

    ``area_ha`` and land classes are in hectares. ``place_as_written`` keeps the source's words;
    ``towns`` and ``communities`` are what they resolve to today. ``flags`` are oddities of the source
    (a sum that does not add up), kept and shown, never corrected.
    """

    id: str
    column: Column
    kind: Kind
    title: str
    doc_number: str = ""
    approval_number: str = ""
    issuer: str = ""
    published: PartialDate | None = None
    approved: PartialDate | None = None
    notice_from: PartialDate | None = None
    notice_to: PartialDate | None = None
    project: str = ""
    location: str = ""
    area_ha: float | None = None
    land_classes: tuple[LandClass, ...] = ()
    owners: tuple[str, ...] = ()
    towns: tuple[PlaceCode, ...] = ()
    communities: tuple[PlaceCode, ...] = ()
    place_as_written: str = ""
    source_kind: SourceKind = SourceKind.OWN
    source_name: str = ""
    source_url: str = ""
    note: str = ""
    flags: tuple[str, ...] = field(default=())

    @property
    def year(self) -> int | None:
        """Year of publication, for the year facet."""
        return self.published.year if self.published else None
