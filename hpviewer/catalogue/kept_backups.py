"""Backups that the program makes by itself before it replaces or rebuilds a catalogue, and how many stay."""

from __future__ import annotations

import datetime as dt
import re
import time
from contextlib import suppress
from pathlib import Path

from hpviewer.catalogue.backup import back_up

KEPT = 5
FOLDER = "backups"
_ABANDONED = 24 * 3600


def keep_backup(catalogue: Path, label: str, kept: int = KEPT, now: dt.datetime | None = None) -> Path:
    """A whole copy in ``backups/`` beside the catalogue: ``<name>-<label>-<YYYYMMDD-HHMMSS>.gpkg``; its path.

    Of these copies of this catalogue the ``kept`` newest stay, the new one among them. Whatever else lies in the
    folder is not touched. CatalogueError or InputError when it cannot be made: then nothing was removed either.
    """
    moment = (now or dt.datetime.now()).strftime("%Y%m%d-%H%M%S")
    folder = catalogue.parent / FOLDER
    target = folder / f"{catalogue.stem}-{label}-{moment}.gpkg"
    number = 1
    while target.exists():  # two within one second
        number += 1
        target = folder / f"{catalogue.stem}-{label}-{moment}-{number}.gpkg"
    back_up(catalogue, target)
    _sweep(folder, catalogue.stem)
    for old in kept_backups(catalogue)[max(1, kept) :]:
        if old != target:
            old.unlink(missing_ok=True)
    return target


def kept_backups(catalogue: Path) -> list[Path]:
    """The program's own backups of this catalogue, newest first."""
    name = re.compile(rf"{re.escape(catalogue.stem)}-[\w.]+-(\d{{8}}-\d{{6}}(?:-\d+)?)\.gpkg")
    found = []
    for file in (catalogue.parent / FOLDER).glob(f"{_literal(catalogue.stem)}-*.gpkg"):
        match = name.fullmatch(file.name)
        if match:
            found.append((match[1], file))
    return [file for _, file in sorted(found, reverse=True)]


def _sweep(folder: Path, stem: str) -> None:
    """What programs left that were killed while they copied; younger ones may still be written."""
    for leftover in folder.glob(f".{_literal(stem)}-*.tmp"):
        with suppress(OSError):
            if time.time() - leftover.stat().st_mtime > _ABANDONED:
                leftover.unlink()


def _literal(text: str) -> str:
    return re.sub(r"([\[*?])", r"[\1]", text)
