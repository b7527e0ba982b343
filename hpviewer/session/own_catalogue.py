"""The catalogue that is opened when none is named: the one of the settings, else the user's own copy."""

from __future__ import annotations

from pathlib import Path

from hpviewer import paths
from hpviewer.catalogue.backup import back_up, put_in_place
from hpviewer.catalogue.origin import Origin, read_origin
from hpviewer.errors import CatalogueError
from hpviewer.session.catalogue_upgrade import bring_up_to_date
from hpviewer.session.settings import Settings, load_settings
from hpviewer.wording import say


def find_catalogue(given: Path | None, settings: Settings | None = None) -> Path:
    """The catalogue to open: the one given, the one of the settings, else the user's own, with today's tables.

    The user's own is a copy of the bundled one, made at the first start. Bundled data of a later day are offered
    (session.data_update) and replace nothing here, unless the settings say that a copy in which nothing was imported
    or edited shall follow them. CatalogueError when there is nothing to open, and for a file of a newer program.
    """
    settings = settings or load_settings().settings
    path = given or settings.catalogue_path()
    if path is None:
        return _own(settings)
    if path.is_file():
        bring_up_to_date(path, settings.backups)
    elif given is None:
        raise CatalogueError(
            say("session_settings.no_catalogue", file=path), say("session_settings.no_catalogue_next")
        )
    return path


def catalogue_for_window(given: Path | None, settings: Settings) -> Path:
    """As find_catalogue; a file that cannot be opened comes back all the same, and the window says why: nobody reads
    what a program started from the menu writes to its terminal."""
    try:
        return find_catalogue(given, settings)
    except CatalogueError:
        path = given or settings.catalogue_path() or paths.user_catalogue()
        if given is None and settings.catalogue_path() is None and not path.is_file():
            raise  # not even a copy to make: the installation is broken
        return path


def is_newer(shipped: Origin, mine: Origin) -> bool:
    """The bundled data set is of this day or later, and neither in the catalogue nor declined."""
    return not mine.has(shipped) and shipped.data_date >= mine.data_date


def _own(settings: Settings) -> Path:
    own, bundled = paths.user_catalogue(), paths.bundled_catalogue()
    if not own.is_file():
        if not bundled.is_file():
            raise CatalogueError(say("session.no_bundled", file=bundled), say("session.no_bundled_next"))
        back_up(bundled, own)
        return own
    bring_up_to_date(own, settings.backups)
    if bundled.is_file():
        mine, shipped = read_origin(own), read_origin(bundled)
        # tables of one version that differ: a copy made by a program that was still being worked on
        unfinished = mine.version == shipped.version and mine.tables != shipped.tables
        follows = settings.new_data == "follow" and is_newer(shipped, mine)
        if not mine.changed and (unfinished or follows):
            from hpviewer.catalogue.kept_backups import keep_backup  # here: not on the way of every start

            keep_backup(own, f"data{mine.data_date.replace('-', '')}", settings.backups)
            put_in_place(bundled, own)
    return own
