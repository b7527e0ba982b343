"""Where files come from and go to: the dialogs of the desktop."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from hpviewer.session.import_reading import ENDINGS
from hpviewer.wording import say


def ask_open(parent: QWidget) -> list[Path]:
    patterns = " ".join(f"*{ending}" for ending in ENDINGS)
    chosen, _ = QFileDialog.getOpenFileNames(
        parent,
        say("desktop_importing.view.open_title"),
        "",
        say("desktop_importing.view.filter", patterns=patterns),
    )
    return [Path(name) for name in chosen]


def ask_save(parent: QWidget, proposed: str) -> Path | None:
    chosen, _ = QFileDialog.getSaveFileName(
        parent,
        say("desktop_importing.rejected.save_title"),
        proposed,
        say("desktop_importing.view.xlsx_filter"),
    )
    return Path(chosen) if chosen else None
