"""The user's own catalogue: made from the bundled one on first use."""

from __future__ import annotations

from pathlib import Path

from hpviewer import paths
from hpviewer.catalogue.backup import back_up
from hpviewer.catalogue.origin import read_origin
from hpviewer.errors import CatalogueError
from hpviewer.wording import say


def find_catalogue(given: Path | None) -> Path:
    """The catalogue to open: the one given, else the user's own.

    The user's own is a copy of the bundled one. While nothing has been changed in it, a program that brings
    other bundled data replaces it; from the first change on it is never touched here.
    """
    if given is not None:
        return given
    own, bundled = paths.user_catalogue(), paths.bundled_catalogue()
    if not bundled.is_file():
        if own.is_file():
            return own
        raise CatalogueError(say("session.no_bundled", file=bundled), say("session.no_bundled_next"))
    if not own.is_file() or _is_old_copy(own, bundled):
        back_up(bundled, own, overwrite=True)
    return own


def _is_old_copy(own: Path, bundled: Path) -> bool:
    mine, shipped = read_origin(own), read_origin(bundled)
    return not mine.changed and mine.fingerprint != shipped.fingerprint
