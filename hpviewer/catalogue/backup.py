"""A copy of the catalogue that is whole even while another program writes to it, and one put back in its place."""

from __future__ import annotations

import os
from pathlib import Path

import apsw

from hpviewer.catalogue.connection import open_reader, open_writer, sentences
from hpviewer.errors import CatalogueError, InputError
from hpviewer.wording import say

_PAGES = 1_000


def back_up(source: Path, target: Path, *, overwrite: bool = False) -> None:
    """SQLite's online backup into a temporary file, then one rename. Never overwrites unless told to.

    CatalogueError when ``source`` cannot be read or the folder of ``target`` not written.
    """
    if target.exists() and not overwrite:
        raise InputError(say("catalogue.backup_exists", file=target), say("catalogue.backup_exists_next"))
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    reader = open_reader(source)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with sentences(target):
            copy = apsw.Connection(str(temporary))
            with copy.backup("main", reader, "main") as backup:
                while not backup.done:
                    backup.step(_PAGES)
            copy.pragma("journal_mode", "DELETE")  # a source that QGIS left in WAL mode says so in its header
            copy.close()
        temporary.replace(target)
    except OSError as problem:
        raise CatalogueError(
            say("catalogue.no_folder", folder=target.parent), say("catalogue.no_folder_next")
        ) from problem
    finally:
        reader.close()
        if temporary.exists():
            temporary.unlink()


def put_in_place(source: Path, target: Path) -> None:
    """The content of ``source`` becomes that of the catalogue ``target``, whole or not at all.

    In one transaction of SQLite and not by renaming: programs that have ``target`` open read on and see the change,
    and Windows renames no file onto one that is open. CatalogueError when another program holds it.
    """
    reader = open_reader(source)
    try:
        writer = open_writer(target)
        try:
            with sentences(target), writer.backup("main", reader, "main") as backup:
                while not backup.done:
                    backup.step(_PAGES)
        finally:
            writer.close()
    finally:
        reader.close()
