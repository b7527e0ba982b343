"""The layers of the map page, made when the boundaries last changed and kept as the page reads them."""

from __future__ import annotations

import apsw

from hpviewer.catalogue.connection import fetch


def layer_content(connection: apsw.Connection, name: str) -> bytes | None:
    """JSON of one layer; None when the catalogue has none of this name."""
    rows = fetch(connection, "SELECT content FROM map_layers WHERE name = ?", (name,))
    return bytes(rows[0][0]) if rows else None


def boundary_facts(connection: apsw.Connection) -> tuple[bool, str]:
    """Whether a boundary is schematic, and the 审图号 of the map, "" without one."""
    schematic = fetch(connection, "SELECT EXISTS (SELECT 1 FROM towns WHERE schematic = 1)")
    number = fetch(connection, "SELECT value FROM hpviewer_meta WHERE key = 'review_number'")
    return bool(schematic[0][0]), number[0][0] if number else ""
