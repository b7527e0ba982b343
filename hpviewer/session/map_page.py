"""Where the map page's files lie, for the window to serve."""

from __future__ import annotations

from pathlib import Path


def map_page_folder() -> Path:
    """Folder with the rendered page; renders it with folium only when the one that ships is outdated."""
    from hpviewer.mapping.page_store import page_folder

    return page_folder()
