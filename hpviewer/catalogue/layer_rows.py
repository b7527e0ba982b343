"""The layers of the map page, made when the boundaries last changed and kept as the page reads them."""

from __future__ import annotations

import apsw

from hpviewer.catalogue.connection import fetch


def layer_content(connection: apsw.Connection, name: str) -> bytes | None:
    """JSON of one layer; None when the catalogue has none of this name."""
    rows = fetch(connection, "SELECT content FROM map_layers WHERE name = ?", (name,))
    return bytes(rows[0][0]) if rows else None
