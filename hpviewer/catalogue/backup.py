"""A copy of the catalogue that is whole even while another program writes to it."""

from __future__ import annotations

import os
from pathlib import Path

import apsw

from hpviewer.catalogue.connection import open_reader, sentences
from hpviewer.errors import InputError
from hpviewer.wording import say

_PAGES = 1_000


def back_up(source: Path, target: Path, *, overwrite: bool = False) -> None:
    """SQLite's online backup into a temporary file, then one rename. Never overwrites unless told to."""
    if target.exists() and not overwrite:
        raise InputError(say("catalogue.backup_exists", file=target), say("catalogue.backup_exists_next"))
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    reader = open_reader(source)
    try:
        with sentences(target):
            copy = apsw.Connection(str(temporary))
            with copy.backup("main", reader, "main") as backup:
                while not backup.done:
                    backup.step(_PAGES)
            copy.close()
        temporary.replace(target)
    finally:
        reader.close()
        temporary.unlink(missing_ok=True)
