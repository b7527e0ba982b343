"""What the map page is made of, for the window to serve before there is a session."""

from __future__ import annotations

from pathlib import Path


def map_page_folder() -> Path:
    """Folder with the rendered page; renders it with folium only when the one that ships is outdated."""
    from hpviewer.mapping.page_store import page_folder

    return page_folder()


def first_layer(catalogue: Path) -> bytes | None:
    """The layer that the page draws first: a few milliseconds for 128 KB. None where it cannot be read; whoever
    opens the catalogue then says why."""
    from hpviewer.catalogue.connection import open_reader, sentences
    from hpviewer.catalogue.layer_rows import layer_content
    from hpviewer.errors import HpviewerError

    try:
        connection = open_reader(catalogue)
        try:
            with sentences(catalogue):
                return layer_content(connection, "start")
        finally:
            connection.close()
    except HpviewerError:
        return None
