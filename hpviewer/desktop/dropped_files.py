"""Files that are dropped or copied."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData


def files_of(data: QMimeData) -> list[Path]:
    """The local ones."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
