"""Catalogues of older programs: brought up to date in place, or read through a copy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hpviewer.catalogue.access import is_read_only
from hpviewer.catalogue.origin import read_origin
from hpviewer.catalogue.schema import SCHEMA_VERSION


def bring_up_to_date(path: Path, kept: int) -> Path | None:
    """An older catalogue gets today's tables, after a backup; the backup's path, None when nothing was to do.

    A read-only one is left as it is: opening it says what to do. CatalogueError when the file is none of ours, newer
    than this program, or cannot be migrated; it is then as it was. ``kept``: how many backups stay.
    """
    if read_origin(path).version >= SCHEMA_VERSION or is_read_only(path):
        return None
    from hpviewer.catalogue.migrations import migrate  # here: needed once in years

    return migrate(path, kept=kept)


@contextmanager
def as_current(path: Path) -> Iterator[Path]:
    """A catalogue of somebody else with today's tables: itself, or a copy that is gone at the end. CatalogueError as
    for bring_up_to_date."""
    if read_origin(path).version >= SCHEMA_VERSION:
        yield path
        return
    import tempfile

    from hpviewer.catalogue.backup import back_up
    from hpviewer.catalogue.migrations import migrate

    with tempfile.TemporaryDirectory(prefix="hpviewer-") as folder:
        copy = Path(folder) / "catalogue.gpkg"
        back_up(path, copy)
        migrate(copy)
        yield copy
