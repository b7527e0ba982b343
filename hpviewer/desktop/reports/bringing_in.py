"""How a report gets onto the desk from outside: what a drop or the clipboard carries, where to ask for files."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from hpviewer.wording import say

_LONGEST_STEM = 80


@dataclass(frozen=True, slots=True)
class Carried:
    """A file, or text with the same as plain text beside it (``plain``) where it is HTML."""

    file: Path | None = None
    text: str = ""
    plain: str = ""


def carried(data: QMimeData | None) -> Carried | None:
    """The first local file, else HTML, else plain text; None for anything else. A cleared clipboard has no data."""
    if data is None:
        return None
    files = [url.toLocalFile() for url in data.urls() if url.isLocalFile()] if data.hasUrls() else []
    if files:
        return Carried(file=Path(files[0]))
    plain = data.text() if data.hasText() else ""
    if data.hasHtml() and data.html().strip():
        return Carried(text=data.html(), plain=plain)
    return Carried(text=plain) if plain.strip() else None


def ask_for_report(parent: QWidget, chosen: Callable[[Path], None]) -> None:
    """A dialog for one report file; ``chosen`` is called if there is one."""
    dialog = QFileDialog(parent, say("desktop_reports.dialog.open"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([say("desktop_reports.dialog.reports"), say("desktop_reports.dialog.any")])
    _run(dialog, chosen)


def ask_where(parent: QWidget, name: str, filters: list[str], chosen: Callable[[Path], None]) -> None:
    """A dialog for a file to write; asks itself before it replaces one."""
    dialog = QFileDialog(parent, say("desktop_reports.dialog.save"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setNameFilters(filters)
    dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))
    dialog.selectFile(file_name(name))
    _run(dialog, chosen)


def file_name(wanted: str) -> str:
    """A name that Windows and Linux take: no separators or signs of their own, not too long before its ending."""
    ending = Path(wanted).suffix
    stem = wanted.removesuffix(ending)
    stem = re.sub(r'[<>:"/\\|?*\x00-\x1f]+', " ", stem).strip(" .")
    return stem[:_LONGEST_STEM] + ending


def _run(dialog: QFileDialog, chosen: Callable[[Path], None]) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda file: chosen(Path(file)))
    dialog.open()
