"""What a boundary, a project area or a policy of a preview says, value by value: stored, and as the file has it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import msgspec

from hpviewer.catalogue.items import Item, ItemKind
from hpviewer.catalogue.policy_rows import StoredPolicy
from hpviewer.catalogue.shape_rows import StoredArea, StoredShape
from hpviewer.importing.boundaries.reading import BoundaryReading, PlacedShape
from hpviewer.importing.boundaries.stored_area import area_of
from hpviewer.places.place import PlaceCode
from hpviewer.records.change import FieldChange
from hpviewer.wording import say

_POLICY_FIELDS = (
    "title", "doc_number", "unified_number", "issuer", "kind", "issued", "effective", "expires",
)  # fmt: skip
_POLICY_SOURCE = ("source_kind", "source_url", "note")


def item_title(item: Item) -> str:
    """Of a policy its title, of a project its name; empty for a place, whose code the key is."""
    if item.kind is ItemKind.POLICY and item.value is not None:
        return msgspec.json.decode(item.value, type=StoredPolicy).policy.title
    return "" if item.kind in (ItemKind.SHAPE, ItemKind.META) else item.key


def item_fields(
    item: Item, stored: bytes | None, reading: object, today: dt.date | None = None
) -> tuple[FieldChange, ...]:
    """All that is filled, also what stays the same; areas are geodesic hectares, towns codes, dates PartialDate.

    ``reading`` is what the item comes from: it knows how a shape was matched. Texts of clauses are only counted.
    """
    if item.value is None:
        return ()
    if item.kind is ItemKind.SHAPE:
        return _filled(_shape(stored, None), _shape(item.value, _placed(item.key, reading)))
    if item.kind is ItemKind.PROJECT_AREA:
        return _filled(_area(stored), _area(item.value))
    if item.kind is ItemKind.POLICY:
        return _filled(*_policies(stored, item.value, today or dt.date.today()))
    if item.kind is ItemKind.META:
        return _filled(
            {"review_number": stored.decode() if stored else ""}, {"review_number": item.value.decode()}
        )
    return ()


def _filled(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(name, old.get(name), new.get(name))
        for name in {**new, **old}
        if old.get(name) not in (None, "") or new.get(name) not in (None, "")
    )


def _placed(code: str, reading: object) -> PlacedShape | None:
    shapes = reading.shapes if isinstance(reading, BoundaryReading) else ()
    return next((placed for placed in shapes if placed.code == code), None)


def _shape(value: bytes | None, placed: PlacedShape | None) -> dict[str, Any]:
    """``placed`` is where the value comes from, None for a stored one."""
    if value is None:
        return {}
    stored = msgspec.json.decode(value, type=StoredShape)
    if stored.shape is None:
        return {}
    code = stored.shape.code
    found: dict[str, Any] = {"town": PlaceCode(code[:9]) if len(code) > 9 else None}
    if placed is not None:
        rows = say("session_importing.list_mark").join(map(str, placed.rows))
        found["matched_by"] = say(
            f"session_importing.matched_by.{placed.by.value}", written=placed.written, rows=rows
        )
    source = say("session_importing.schematic") if stored.schematic else stored.source
    area = placed.area_ha if placed is not None else area_of(stored.shape.wkb)
    return found | {"area_ha": area, "boundary_source": source}


def _area(value: bytes | None) -> dict[str, Any]:
    """A project that was only placed by its communities has no area of its own."""
    if value is None:
        return {}
    stored = msgspec.json.decode(value, type=StoredArea)
    if stored.basis != "area" or stored.wkb is None:
        return {}
    return {"area_ha": area_of(stored.wkb)}


def _policies(stored: bytes | None, value: bytes, today: dt.date) -> tuple[dict[str, Any], dict[str, Any]]:
    before = msgspec.json.decode(stored, type=StoredPolicy) if stored is not None else None
    after = msgspec.json.decode(value, type=StoredPolicy)
    old = {} if before is None else _policy(before, today)
    new = _policy(after, today)
    if before is not None and before.clauses:
        texts = {(clause.number, clause.text) for clause in before.clauses}
        other = sum((clause.number, clause.text) not in texts for clause in after.clauses)
        new["other_clauses"] = other or None
    return old, new


def _policy(stored: StoredPolicy, today: dt.date) -> dict[str, Any]:
    policy = stored.policy
    return {
        **{name: getattr(policy, name) for name in _POLICY_FIELDS},
        "status": policy.status(today),
        "clauses": len(stored.clauses),
        **{name: getattr(policy, name) for name in _POLICY_SOURCE},
    }
