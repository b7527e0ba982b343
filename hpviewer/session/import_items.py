"""Boundaries, policies and reports of a preview as items of a batch, compared with what the catalogue holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields

import msgspec

from hpviewer.catalogue.items import Item, ItemKind
from hpviewer.catalogue.policy_rows import StoredPolicy
from hpviewer.catalogue.policy_rows import encoded as encoded_policy
from hpviewer.catalogue.report_store import year_text
from hpviewer.catalogue.shape_rows import StoredArea, StoredShape
from hpviewer.catalogue.shape_rows import encoded as encoded_shape
from hpviewer.catalogue.writer import Writer
from hpviewer.errors import InputError
from hpviewer.importing.boundaries.reading import BoundaryReading
from hpviewer.importing.policy_document.reading import PolicyReading
from hpviewer.places.place import Place, PlaceCode
from hpviewer.policies.policy import Policy
from hpviewer.records.change import ChangeKind
from hpviewer.records.geometry import Shape
from hpviewer.reports.report import Report
from hpviewer.wording import say

REVIEW_NUMBER = "review_number"


def boundary_items(reading: BoundaryReading) -> list[Item]:
    """Shapes by place, or areas by project; the 审图号 when the file carries one."""
    items = [
        Item(ItemKind.SHAPE, placed.code, encoded_shape(StoredShape(placed.shape, False, reading.file)))
        for placed in reading.shapes
    ]
    items += [
        Item(
            ItemKind.PROJECT_AREA,
            area.name,
            encoded_shape(StoredArea(area.wkb, area.bbox, "area", round(area.area_ha, 4))),
        )
        for area in reading.projects
    ]
    if reading.map_approval and reading.shapes:
        items.append(Item(ItemKind.META, REVIEW_NUMBER, reading.map_approval.encode()))
    return items


def policy_item(reading: PolicyReading, writer: Writer) -> Item:
    """The document under the id that the catalogue knows it by; what only the catalogue knows stays."""
    policy_id = writer.policy_id(reading.policy)
    stored = writer.stored(ItemKind.POLICY, policy_id)
    policy = reading.policy
    if stored is not None:
        policy = _merged(msgspec.json.decode(stored, type=StoredPolicy).policy, policy)
    return Item(ItemKind.POLICY, policy_id, encoded_policy(StoredPolicy(policy, tuple(reading.clauses))))


def report_item(report: Report, file: str) -> Item:
    """InputError for a report that does not say its year."""
    if report.year is None:
        raise InputError(say("catalogue.report.no_year", file=file), say("catalogue.report.no_year_next"))
    return Item(ItemKind.REPORT, str(report.year), year_text(report, file))


def layer_items(
    items: Iterable[Item], layers: Mapping[str, bytes], places: Mapping[PlaceCode, Place]
) -> list[Item]:
    """The map layers that follow the shapes among these items."""
    shapes: dict[PlaceCode, Shape] = {}
    for item in items:
        if item.kind is ItemKind.SHAPE and item.value is not None:
            shape = msgspec.json.decode(item.value, type=StoredShape).shape
            if shape is not None:
                shapes[PlaceCode(item.key)] = shape
    if not shapes:
        return []
    from hpviewer.mapping.layer_update import updated_layers  # here: shapely

    return [
        Item(ItemKind.LAYER, name, content)
        for name, content in updated_layers(layers, places, shapes).items()
    ]


def change_kind(item: Item, stored: bytes | None) -> ChangeKind:
    """What saving the item would be. A place without a position that gets one counts as added."""
    if item.kind is ItemKind.SHAPE and stored is not None:
        before = msgspec.json.decode(stored, type=StoredShape)
        if before.shape is None:
            return ChangeKind.ADDED
    if stored is None:
        return ChangeKind.ADDED
    return ChangeKind.UNCHANGED if stored == item.value else ChangeKind.UPDATED


def _merged(stored: Policy, new: Policy) -> Policy:
    values = {}
    for field in fields(Policy):
        value = getattr(new, field.name)
        values[field.name] = value if value not in ("", None) else getattr(stored, field.name)
    values["id"] = stored.id
    return Policy(**values)
