"""The list of files to be brought in."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from hpviewer.desktop.importing.file_model import FILE_ROLE, FileModel
from hpviewer.desktop.importing.file_text import status_of
from hpviewer.desktop.importing.two_line_delegate import TwoLineDelegate
from hpviewer.desktop.theme import Theme
from hpviewer.session.import_events import FilesChanged
from hpviewer.session.import_list import FileList
from hpviewer.wording import say

_Index = QModelIndex | QPersistentModelIndex


class FileListView(QListView):
    """Delete takes the marked files off the list. The first file that comes is shown at once."""

    file_chosen = Signal(object)  # key of the current file, None when there is none

    def __init__(self, files: FileList, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list = files
        self._shown: int | None = None
        self.files = FileModel(self)
        self.setObjectName("importFiles")
        self.setAccessibleName(say("desktop_importing.file.list"))
        self.setModel(self.files)
        self.setItemDelegate(TwoLineDelegate(self, theme, self._lines))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(lambda *_: self._tell())

    @property
    def current(self) -> int | None:
        """Key of the file whose preview is shown."""
        file = self.currentIndex().data(FILE_ROLE)
        return None if file is None else int(file.key)

    def choose(self, key: int) -> None:
        index = self.files.index(self.files.row_of(key))
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def on_files_changed(self, event: FilesChanged) -> None:
        self.files.show_files(self._list.files)
        if self.current is None and self.files.rowCount():
            first = next((key for key in event.keys if self.files.row_of(key) >= 0), self._list.files[0].key)
            self.choose(first)
        self._tell()

    def remove_marked(self) -> None:
        self._list.remove(self.marked(), "files")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.remove_marked()
        else:
            super().keyPressEvent(event)

    def marked(self) -> list[int]:
        """Keys of the marked files."""
        return [index.data(FILE_ROLE).key for index in self.selectedIndexes()]

    def _tell(self) -> None:
        if self._shown != self.current:
            self._shown = self.current
            self.file_chosen.emit(self._shown)

    @staticmethod
    def _lines(index: _Index) -> tuple[str, str, str]:
        file = index.data(FILE_ROLE)
        return (file.name, *status_of(file))
