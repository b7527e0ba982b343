"""Boundaries, policies, reports and other items of the history as fields that a person can compare."""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from typing import Any

import msgspec

from hpviewer.catalogue.items import ItemKind
from hpviewer.catalogue.place_rows import StoredPlace
from hpviewer.catalogue.policy_rows import StoredPolicy
from hpviewer.catalogue.shape_rows import StoredArea, StoredShape
from hpviewer.exporting.record_fields import FieldValue
from hpviewer.places.place import Place, PlaceCode
from hpviewer.policies.policy import Policy
from hpviewer.reports.form import ReportFormat, cell_label
from hpviewer.session.link_overrides import PROJECT_LINKS
from hpviewer.wording import say

_MULTI_POLYGON = 6
TitleOf = Callable[[str], str]
_SCHEMATIC = "schematic"


def item_name(kind: ItemKind, key: str, value: bytes | None, places: Mapping[PlaceCode, Place]) -> str:
    """What a person calls the item; its key where there is no other name."""
    place = places.get(PlaceCode(key))
    if kind in (ItemKind.SHAPE, ItemKind.PLACE) and place is not None:
        return place.name
    if kind is ItemKind.POLICY and value is not None:
        return msgspec.json.decode(value, type=StoredPolicy).policy.title
    if kind is ItemKind.REPORT:
        return say("exporting_changes.report", year=key)
    if kind is ItemKind.META:
        return _meta_name(key)
    return key


def item_fields(
    kind: ItemKind, key: str, value: bytes | None, title_of: TitleOf = str
) -> dict[str, FieldValue]:
    """Label -> value, in a steady order; empty for None. Shapes are told by their counts and a fingerprint.

    ``title_of`` gives the title of a record by its id, "" when there is none any more."""
    if value is None:
        return {}
    match kind:
        case ItemKind.SHAPE:
            return _shape(msgspec.json.decode(value, type=StoredShape))
        case ItemKind.PROJECT_AREA:
            return _area(msgspec.json.decode(value, type=StoredArea))
        case ItemKind.POLICY:
            return _policy(msgspec.json.decode(value, type=StoredPolicy))
        case ItemKind.REPORT:
            return _report(json.loads(value))
        case ItemKind.PLACE:
            return _place(msgspec.json.decode(value, type=StoredPlace))
        case ItemKind.META:
            return {_meta_name(key): _links(value, title_of) if key == PROJECT_LINKS else value.decode()}
        case ItemKind.BASE_MAP:
            words = say("exporting_changes.rows", count=len(json.loads(value)), mark=_mark(value))
            return {_label("content"): words}
        case _:
            return {_label("content"): say("exporting_changes.bytes", count=len(value), mark=_mark(value))}


def _label(field: str) -> str:
    return say(f"exporting_changes.field.{field}")


def _links(value: bytes, title_of: TitleOf) -> tuple[str, ...]:
    """A line for each decision, with the titles of its records."""
    return tuple(_link(line["do"], line["records"], title_of) for line in json.loads(value))


def _link(done: str, record_ids: Sequence[str], title_of: TitleOf) -> str:
    titles = (say("session_village.links.record", title=title_of(one) or one) for one in record_ids)
    return say(f"session_village.links.{done}", records=say("session_village.list_mark").join(titles))


def _meta_name(key: str) -> str:
    return _label("review_number") if key == "review_number" else key


def _shape(stored: StoredShape) -> dict[str, FieldValue]:
    schematic = _label("schematic") if stored.source == _SCHEMATIC else stored.source
    found: dict[str, FieldValue] = {
        _label("boundary_source"): schematic,
        _label("status"): say(f"exporting_changes.{'schematic' if stored.schematic else 'official'}"),
    }
    shape = stored.shape
    if shape is not None:
        found[_label("geometry")] = geometry_words(shape.wkb)
        found[_label("label_point")] = _position(shape.label_lon, shape.label_lat)
        found[_label("extent")] = _extent(shape.bbox)
    return found


def _area(stored: StoredArea) -> dict[str, FieldValue]:
    found: dict[str, FieldValue] = {
        _label("basis"): say(f"exporting_changes.basis.{'area' if stored.basis == 'area' else 'community'}"),
        _label("area_ha"): stored.area_ha,
    }
    if stored.wkb is not None:
        found[_label("geometry")] = geometry_words(stored.wkb)
    if stored.bbox is not None:
        found[_label("extent")] = _extent(stored.bbox)
    return found


def _policy(stored: StoredPolicy) -> dict[str, FieldValue]:
    found: dict[str, FieldValue] = {
        _label(f"policy.{field.name}"): getattr(stored.policy, field.name)
        for field in fields(Policy)
        if field.name != "id"
    }
    for at, clause in enumerate(stored.clauses, start=1):
        name = " ".join(part for part in (clause.chapter, clause.number) if part)
        label = say("exporting_changes.clause", name=name or str(at))
        while label in found:  # two chapters without names may both have a clause 1
            label += say("exporting_changes.again")
        found[label] = clause.text
    return found


def _report(stored: Mapping[str, Any]) -> dict[str, FieldValue]:
    content = json.loads(stored["content"])
    form = ReportFormat(content["format"])
    found: dict[str, FieldValue] = {
        _label("body"): stored["body"],
        _label("file"): stored["source"],
        _label("extent_of_report"): say(
            f"exporting_changes.{'complete' if stored['complete'] else 'headlines'}"
        ),
        _label("narrative"): content.get("narrative", ""),
    }
    for name, cell in content["cells"].items():
        label = say("exporting_changes.cell", table=name.partition(".")[0][1:], label=cell_label(name, form))
        written = cell["written"] if isinstance(cell, dict) else str(cell)
        found[label] = written
    return found


def _place(stored: StoredPlace) -> dict[str, FieldValue]:
    names = tuple(dict.fromkeys(name.written for name in stored.names))
    return {
        _label("name"): stored.name,
        _label("official_name"): stored.official_name,
        _label("kind"): stored.kind,
        _label("town_code"): stored.town_code,
        _label("names"): names,
    }


def geometry_words(wkb: bytes) -> str:
    """Parts, vertices, and a fingerprint, so that two shapes of equal counts are told apart."""
    counted = _polygons(wkb)
    if counted is None:
        return say("exporting_changes.bytes", count=len(wkb), mark=_mark(wkb))
    parts, vertices = counted
    return say("exporting_changes.geometry", parts=parts, vertices=f"{vertices:,}", mark=_mark(wkb))


def _polygons(wkb: bytes) -> tuple[int, int] | None:
    """Polygons and vertices of a MultiPolygon in ISO WKB; None for another geometry."""
    try:
        order = "<" if wkb[0] else ">"
        kind, parts = struct.unpack_from(f"{order}II", wkb, 1)
        if kind != _MULTI_POLYGON:
            return None
        at, vertices = 9, 0
        for _ in range(parts):
            (rings,) = struct.unpack_from(f"{order}I", wkb, at + 5)
            at += 9
            for _ in range(rings):
                (points,) = struct.unpack_from(f"{order}I", wkb, at)
                at += 4 + points * 16
                vertices += points
    except (struct.error, IndexError):
        return None
    return parts, vertices


def _mark(value: bytes) -> str:
    return hashlib.blake2b(value, digest_size=4).hexdigest()


def _position(lon: float, lat: float) -> str:
    return f"{lon:.6f}, {lat:.6f}"


def _extent(box: tuple[float, float, float, float]) -> str:
    west, south, east, north = box
    return f"{west:.6f}, {south:.6f} – {east:.6f}, {north:.6f}"
