"""What the map page is made of, for the window to serve before there is a session."""

from __future__ import annotations

from pathlib import Path


def map_page_folder() -> Path:
    """Folder with the rendered page; renders it with folium only when the one that ships is outdated."""
    from hpviewer.mapping.page_store import page_folder

    return page_folder()


def first_picture(catalogue: Path) -> tuple[bytes | None, bool, str]:
    """What the page draws first, and what the notice over it depends on: the layer ``start`` (a few milliseconds for
    128 KB), whether a boundary is schematic, the 审图号 or "". No layer where it cannot be read; whoever opens the
    catalogue then says why."""
    from hpviewer.catalogue.connection import open_reader, sentences
    from hpviewer.catalogue.layer_rows import boundary_facts, layer_content
    from hpviewer.errors import HpviewerError

    try:
        connection = open_reader(catalogue)
        try:
            with sentences(catalogue):
                return layer_content(connection, "start"), *boundary_facts(connection)
        finally:
            connection.close()
    except HpviewerError:
        return None, False, ""
