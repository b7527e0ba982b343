"""Parts of the catalogue other than records that a batch can change: each with its value before and after.

An item has a kind and a key; its value is bytes (JSON, or a map layer as it is), None where there is none. Reading
an item and writing what was read changes nothing, which is what taking a batch back rests on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import apsw

from hpviewer.catalogue import place_rows, policy_rows, shape_rows
from hpviewer.catalogue.connection import fetch
from hpviewer.catalogue.report_store import read_year_text, write_year_text
from hpviewer.catalogue.schema import set_meta


class ItemKind(StrEnum):
    PLACE = "place"
    """Town or community with its names, by its code; its boundary is an item of its own."""
    SHAPE = "shape"
    """Boundary of a town or community, by its code."""
    PROJECT_AREA = "project_area"
    """Area of a project, by its name."""
    POLICY = "policy"
    """Policy document with its clauses, by its id."""
    REPORT = "report"
    """Annual report, by its year."""
    LAYER = "layer"
    """Layer of the map page, by its name; follows the shapes."""
    BASE_MAP = "base_map"
    """A whole table of the base map (water, metro …), by its name."""
    META = "meta"
    """A fact about the whole file, such as the 审图号."""


@dataclass(frozen=True, slots=True)
class Item:
    kind: ItemKind
    key: str
    value: bytes | None


@dataclass(frozen=True, slots=True)
class ItemChange:
    kind: ItemKind
    key: str
    before: bytes | None
    after: bytes | None


def stored_value(connection: apsw.Connection, kind: ItemKind, key: str) -> bytes | None:
    return _HANDLERS[kind][0](connection, key)


def put(connection: apsw.Connection, batch: int, item: Item) -> ItemChange | None:
    """Write the item and remember what was there; None when it was the same. Inside the caller's transaction."""
    before = stored_value(connection, item.kind, item.key)
    if before == item.value:
        return None
    _HANDLERS[item.kind][1](connection, item.key, item.value)
    connection.execute(
        "INSERT INTO item_history (batch, kind, key, before, after) VALUES (?, ?, ?, ?, ?)",
        (batch, item.kind.value, item.key, before, item.value),
    )
    return ItemChange(item.kind, item.key, before, item.value)


def take_back(connection: apsw.Connection, batch: int) -> list[ItemChange]:
    """Every item of a batch as it was before, last change first."""
    rows = fetch(
        connection,
        "SELECT kind, key, before, after FROM item_history WHERE batch = ? ORDER BY fid DESC",
        (batch,),
    )
    changes = []
    for kind, key, before, after in rows:
        _HANDLERS[ItemKind(kind)][1](connection, key, before)
        changes.append(ItemChange(ItemKind(kind), key, after, before))
    if any(change.kind is ItemKind.SHAPE for change in changes):
        shape_rows.follow(connection)
    return changes


def _read_layer(connection: apsw.Connection, name: str) -> bytes | None:
    rows = fetch(connection, "SELECT content FROM map_layers WHERE name = ?", (name,))
    return bytes(rows[0][0]) if rows else None


def _write_layer(connection: apsw.Connection, name: str, content: bytes | None) -> None:
    connection.execute("DELETE FROM map_layers WHERE name = ?", (name,))
    if content is not None:
        connection.execute("INSERT INTO map_layers (name, content) VALUES (?, ?)", (name, content))


def _read_meta(connection: apsw.Connection, key: str) -> bytes | None:
    rows = fetch(connection, "SELECT value FROM hpviewer_meta WHERE key = ?", (key,))
    return rows[0][0].encode() if rows else None


def _write_meta(connection: apsw.Connection, key: str, value: bytes | None) -> None:
    if value is None:
        connection.execute("DELETE FROM hpviewer_meta WHERE key = ?", (key,))
    else:
        set_meta(connection, key, value.decode())


_Read = Callable[[apsw.Connection, str], bytes | None]
_Write = Callable[[apsw.Connection, str, bytes | None], None]
_HANDLERS: dict[ItemKind, tuple[_Read, _Write]] = {
    ItemKind.PLACE: (place_rows.read_place, place_rows.write_place),
    ItemKind.BASE_MAP: (place_rows.read_base_map, place_rows.write_base_map),
    ItemKind.SHAPE: (shape_rows.read_shape, shape_rows.write_shape),
    ItemKind.PROJECT_AREA: (shape_rows.read_project_area, shape_rows.write_project_area),
    ItemKind.POLICY: (policy_rows.read_policy, policy_rows.write_policy),
    ItemKind.REPORT: (read_year_text, write_year_text),
    ItemKind.LAYER: (_read_layer, _write_layer),
    ItemKind.META: (_read_meta, _write_meta),
}
