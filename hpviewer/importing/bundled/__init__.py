"""Readers of the project's own data/ folder, from which the bundled catalogue is built."""

from hpviewer.importing.bundled.bundle import Bundle, read_bundled
from hpviewer.importing.bundled.record_rows import PlaceCodes

__all__ = ["Bundle", "PlaceCodes", "read_bundled"]
