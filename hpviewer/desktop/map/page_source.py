"""What host ``map`` of the scheme serves to the map page."""

from __future__ import annotations

from pathlib import Path

from hpviewer import paths
from hpviewer.desktop.web.sources import Fetch, FetchedSource, FolderSource, Mounted, Source, channel_script


def map_source(page: Path, fetch: Fetch) -> Source:
    """``page`` is the folder of the rendered page; ``fetch`` reads one layer's JSON by name in a job;
    tiles of project areas are the layers ``areas/z/x/y``."""
    return Mounted(
        {
            "": FolderSource(page),
            "vendor/": FolderSource(paths.built() / "web" / "leaflet"),
            "fonts/": FolderSource(paths.built() / "web" / "fonts"),
            "layer/": FetchedSource(fetch),
            "areas/": FetchedSource(lambda name, deliver: fetch(f"areas/{name}", deliver)),
            "qwebchannel.js": channel_script,
        }
    )
