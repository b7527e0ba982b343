"""Choosing one of the communities: type a part of its name in any way, or pick it from the list."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from hpviewer.desktop.theme import Theme
from hpviewer.desktop.village.choice_delegate import ChoiceDelegate
from hpviewer.desktop.village.choice_model import CODE, ChoiceModel
from hpviewer.errors import HpviewerError
from hpviewer.places.place import PlaceCode
from hpviewer.session.project_desk import ProjectDesk
from hpviewer.wording import say

_TYPING_MS = 120


class VillageSearch(QLineEdit):
    """Up, Down and Enter work on the list while one types on."""

    moved = Signal(int)  # rows to go, down positive

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps: dict[int, int] = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: 10,
            Qt.Key.Key_PageUp: -10,
        }
        step = steps.get(event.key())
        if step is not None:
            self.moved.emit(step)
        else:
            super().keyPressEvent(event)


class VillageChooser(QWidget):
    """Names, pinyin, initials, traditional characters and towns narrow the list."""

    chosen = Signal(str)  # code of a community
    failed = Signal(object)  # the HpviewerError of a question that could not be answered

    def __init__(self, desk: ProjectDesk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._current: PlaceCode | None = None
        self.search = VillageSearch()
        self.search.setObjectName("villageSearch")
        self.search.setClearButtonEnabled(True)
        self.search.setPlaceholderText(say("desktop_village.search_hint"))
        self.search.setAccessibleName(say("desktop_village.search"))
        self.model = ChoiceModel(self)
        self.list = QListView()
        self.list.setObjectName("villageList")
        self.list.setModel(self.model)
        self.list.setItemDelegate(ChoiceDelegate(theme, self.list))
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(say("desktop_village.list"))
        self.none = QLabel()
        self.none.setProperty("role", "empty")
        self.none.setTextFormat(Qt.TextFormat.PlainText)
        self.none.setWordWrap(True)
        self.none.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        for widget in (self.search, self.none, self.list):
            layout.addWidget(widget)
        layout.setStretch(2, 1)
        self.setFocusProxy(self.search)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self._on_typed)
        self.search.textChanged.connect(lambda _: self._typing.start())
        self.search.moved.connect(self._on_moved)
        self.search.returnPressed.connect(self._on_return)
        self.list.clicked.connect(self._on_index_chosen)
        self.list.activated.connect(self._on_index_chosen)
        theme.changed.connect(self.list.viewport().update)

    def refresh(self) -> None:
        """Ask for the list anew."""
        self._desk.villages(self._on_villages, self._fail)

    def show_chosen(self, code: PlaceCode) -> None:
        """Mark this community, without telling of it."""
        self._current = code
        if self.model.row_of(code) < 0 and self.model.knows(code) and self.search.text():
            self.search.clear()
        self._mark()

    def _on_villages(self, choices: object) -> None:
        self.model.set_choices(choices)  # type: ignore[arg-type]  # the desk's answer
        self._mark()

    def _on_typed(self) -> None:
        text = self.search.text().strip()
        if not text:
            self._narrow(text, None)
        else:
            self._desk.find_villages(text, lambda found: self._narrow(text, found), self._fail)

    def _narrow(self, text: str, found: frozenset[PlaceCode] | None) -> None:
        if text != self.search.text().strip():
            return
        self.model.set_wanted(found)
        nothing = found is not None and not self.model.rowCount()
        self.none.setText(say("desktop_village.none_found", text=text) if nothing else "")
        self.none.setVisible(nothing)
        self._mark()

    def _mark(self) -> None:
        row = self.model.row_of(self._current) if self._current else -1
        index = self.model.index(max(row, 0), 0)
        flag = QItemSelectionModel.SelectionFlag
        if row >= 0:
            self.list.selectionModel().setCurrentIndex(index, flag.ClearAndSelect)
            self.list.scrollTo(index)
        elif index.isValid():
            self.list.selectionModel().setCurrentIndex(index, flag.Clear)

    def _on_moved(self, step: int) -> None:
        rows = self.model.rowCount()
        if not rows:
            return
        selected = self.list.selectionModel().hasSelection()
        row = self.list.currentIndex().row() + step if selected else 0
        index = self.model.index(min(max(row, 0), rows - 1), 0)
        self.list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.list.scrollTo(index)

    def _on_return(self) -> None:
        if self._typing.isActive():  # the list is still that of fewer letters
            self._typing.stop()
            text = self.search.text().strip()
            if text:
                self._desk.find_villages(text, lambda found: self._choose_first(text, found), self._fail)
                return
        if self.model.rowCount():
            self._on_index_chosen(self.list.currentIndex())

    def _choose_first(self, text: str, found: frozenset[PlaceCode]) -> None:
        self._narrow(text, found)
        if self.model.rowCount():
            self._on_index_chosen(self.list.currentIndex())

    def _on_index_chosen(self, index: QModelIndex) -> None:
        if not index.isValid():
            index = self.model.index(0, 0)
        code = index.data(CODE)
        if code:
            self._current = PlaceCode(code)
            self._mark()
            self.chosen.emit(code)

    def _fail(self, error: HpviewerError) -> None:
        self.failed.emit(error)
