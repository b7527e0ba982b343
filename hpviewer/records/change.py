"""What an import would do, or did, to a record: field by field, old and new."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum

from hpviewer.records.column import SourceKind
from hpviewer.records.record import Record

_SOURCES = tuple(SourceKind)
"""From the best known source to the least."""


class ChangeKind(StrEnum):
    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """``field`` is a field name of Record; values as Record holds them."""

    field: str
    old: object
    new: object


@dataclass(frozen=True, slots=True)
class RecordChange:
    """``before`` is None for a new record, ``after`` for one that was taken back."""

    before: Record | None
    after: Record | None

    @property
    def record_id(self) -> str:
        record = self.after or self.before
        return record.id if record else ""

    @property
    def kind(self) -> ChangeKind:
        if self.before is None:
            return ChangeKind.ADDED
        if self.after is None:
            return ChangeKind.REMOVED
        return ChangeKind.UNCHANGED if self.before == self.after else ChangeKind.UPDATED

    @property
    def fields(self) -> tuple[FieldChange, ...]:
        """The fields that differ, in the order of Record; all filled ones of a record that is new or gone."""
        changes = []
        for field in fields(Record):
            old = getattr(self.before, field.name) if self.before else None
            new = getattr(self.after, field.name) if self.after else None
            if old != new and (old or new):
                changes.append(FieldChange(field.name, old, new))
        return tuple(changes)


def merged(stored: Record, incoming: Record) -> Record:
    """The record that an import leaves: what the new source says, and what only the stored record knows.

    A new source that is silent on a field does not empty it: the page of an approval names no owners, the
    ledger no flags. The stored id stays, so that links to the record keep working. The better known source stays:
    a private ledger that repeats a government notice does not become its source.
    """
    values = {}
    for field in fields(Record):
        new = getattr(incoming, field.name)
        values[field.name] = new if new not in ("", None, ()) else getattr(stored, field.name)
    values["id"] = stored.id
    if _SOURCES.index(incoming.source_kind) > _SOURCES.index(stored.source_kind):
        for name in ("source_kind", "source_name", "source_url"):
            values[name] = getattr(stored, name)
    if incoming.communities or incoming.towns:
        values["towns"], values["communities"] = incoming.towns, incoming.communities
    return Record(**values)
