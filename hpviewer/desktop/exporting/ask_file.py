"""Asking where to save, in a window that does not block the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget


def ask_file(
    parent: QWidget,
    title: str,
    name: str,
    suffix: str,
    label: str,
    chosen: Callable[[Path], None],
    others: Mapping[str, str] | None = None,
) -> QFileDialog:
    """``name`` is proposed, in the folder that Qt remembers as the last one; ``suffix`` is added when missing.

    ``others`` are further endings with their labels, to be chosen in the dialog.
    An existing file is replaced only after the question that the file dialog itself asks.
    """
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    filters = {f"{words} (*.{ending})": ending for ending, words in {suffix: label, **(others or {})}.items()}
    dialog.setNameFilters(list(filters))
    dialog.setDefaultSuffix(suffix)
    dialog.filterSelected.connect(lambda text: _end_in(dialog, filters[text], set(filters.values())))
    dialog.selectFile(file_name(name))
    dialog.fileSelected.connect(lambda file: chosen(Path(file)))
    dialog.setModal(False)
    dialog.show()
    return dialog


def _end_in(dialog: QFileDialog, suffix: str, known: set[str]) -> None:
    """The name that stands there follows the kind of file that was chosen."""
    dialog.setDefaultSuffix(suffix)
    for file in map(Path, dialog.selectedFiles()[:1]):
        if file.suffix.lstrip(".").lower() in known:
            dialog.selectFile(str(file.with_suffix(f".{suffix}")))


def file_name(text: str) -> str:
    """Without characters that a file name cannot hold on Windows."""
    kept = "".join("_" if char in '\\/:*?"<>|' or ord(char) < 32 else char for char in text)
    return kept.strip(" .")[:120]
