"""Asking where to save, in a window that does not block the others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget


def ask_file(
    parent: QWidget, title: str, name: str, suffix: str, label: str, chosen: Callable[[Path], None]
) -> QFileDialog:
    """``name`` is proposed, in the folder that Qt remembers as the last one; ``suffix`` is added when missing.

    An existing file is replaced only after the question that the file dialog itself asks.
    """
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setNameFilter(f"{label} (*.{suffix})")
    dialog.setDefaultSuffix(suffix)
    dialog.selectFile(file_name(name))
    dialog.fileSelected.connect(lambda file: chosen(Path(file)))
    dialog.setModal(False)
    dialog.show()
    return dialog


def file_name(text: str) -> str:
    """Without characters that a file name cannot hold on Windows."""
    kept = "".join("_" if char in '\\/:*?"<>|' or ord(char) < 32 else char for char in text)
    return kept.strip(" .")[:120]
