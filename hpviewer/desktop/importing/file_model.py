"""The files to be brought in, as an item model."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from hpviewer.desktop.importing.file_text import spoken, status_of
from hpviewer.desktop.plain_tip import plain_tip
from hpviewer.session.import_file import ImportFile
from hpviewer.wording import say

_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_ROLE = Qt.ItemDataRole
FILE_ROLE = Qt.ItemDataRole.UserRole + 1
"""The ImportFile of an index."""


class FileModel(QAbstractListModel):
    """``show`` takes the whole list; files that stay keep their place, so that the selection stays, too."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files: list[ImportFile] = []

    def show_files(self, files: tuple[ImportFile, ...]) -> None:
        wanted = {file.key for file in files}
        for row in range(len(self._files) - 1, -1, -1):
            if self._files[row].key not in wanted:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._files[row]
                self.endRemoveRows()
        kept = len(self._files)
        changed = [row for row in range(kept) if self._files[row] is not files[row]]
        self._files[:kept] = files[:kept]
        if changed:
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))
        if len(files) > kept:
            self.beginInsertRows(QModelIndex(), kept, len(files) - 1)
            self._files = list(files)
            self.endInsertRows()

    def file(self, row: int) -> ImportFile | None:
        return self._files[row] if 0 <= row < len(self._files) else None

    def row_of(self, key: int) -> int:
        """-1 for a file that is not there."""
        return next((row for row, file in enumerate(self._files) if file.key == key), -1)

    def rowCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self._files)

    def data(self, index: _Index, role: int = _ROLE.DisplayRole) -> object:
        file = self.file(index.row()) if index.isValid() else None
        if file is None:
            return None
        if role == _ROLE.DisplayRole:
            return file.name
        if role == _ROLE.AccessibleTextRole:
            return spoken(file)
        if role == _ROLE.ToolTipRole:
            where = "" if file.pasted else str(file.path)
            error = file.preview.error if file.preview is not None else None
            lines = (where, status_of(file)[0], error.next_step if error is not None else "")
            return plain_tip(say("desktop_importing.item_mark").join(line for line in lines if line))
        return file if role == FILE_ROLE else None
