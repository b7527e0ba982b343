"""The list below the search box. The keyboard stays with the box; this only shows and reports clicks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLabel, QListView, QVBoxLayout, QWidget

from hpviewer.desktop.search.suggestion_delegate import SuggestionDelegate
from hpviewer.desktop.search.suggestion_model import SuggestionModel
from hpviewer.desktop.theme import Theme
from hpviewer.records.results import Suggestion
from hpviewer.wording import say

_MIN_WIDTH = 460
_MARGIN = 8
_PAGE = 6


class SuggestionPopup(QFrame):
    """A child of the window and no Qt.Popup: a popup grabs the keyboard, which ends the input method's

    composition, and Wayland places it only on its own terms.
    """

    picked = Signal(object)  # Suggestion, by the mouse

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("suggestionPopup")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.model = SuggestionModel(self)
        self.view = QListView(self)
        self.view.setObjectName("suggestionView")
        self.view.setAccessibleName(say("desktop.search.popup"))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setMouseTracking(True)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setModel(self.model)
        self.view.setItemDelegate(SuggestionDelegate(theme, self.view))
        self.empty = QLabel(self)
        self.empty.setProperty("role", "empty")
        self.empty.setTextFormat(Qt.TextFormat.PlainText)
        self.empty.setWordWrap(True)
        self.empty.setContentsMargins(12, 12, 12, 12)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self.view)
        layout.addWidget(self.empty)
        self.view.clicked.connect(self._on_clicked)
        theme.changed.connect(lambda: self.view.viewport().update())
        self.hide()

    def show_for(self, text: str, found: Sequence[Suggestion], below: QWidget) -> None:
        """Show what was found for this text, or a sentence that nothing was, below the given widget."""
        self.model.set_suggestions(found)
        self.view.setVisible(bool(found))
        self.empty.setVisible(not found)
        self.empty.setText(say("desktop.search.nothing", text=text))
        self._place(below)
        self.show()
        self.raise_()

    @property
    def current(self) -> Suggestion | None:
        """What the arrow keys have reached; None until they were used."""
        return self.model.suggestion(self.view.currentIndex()) if self.isVisible() else None

    def move_by(self, step: int) -> None:
        """One line up or down, round past the ends."""
        here = self.view.currentIndex().row() if self.view.currentIndex().isValid() else -1
        rows = self.model.rowCount()
        if here < 0 and step < 0:
            here = rows
        row = self.model.step(here, step)
        if row < 0:
            row = self.model.step(-1 if step > 0 else rows, step)
        self._go(row)

    def move_page(self, direction: int) -> None:
        """Some lines up or down, without going round."""
        row = self.view.currentIndex().row()
        for _ in range(_PAGE):
            following = self.model.step(row, direction)
            if following < 0:
                break
            row = following
        self._go(row)

    def move_to_end(self, last: bool) -> None:
        """To the first or the last line that can be chosen."""
        self._go(self.model.step(self.model.rowCount(), -1) if last else self.model.step(-1, 1))

    def _go(self, row: int) -> None:
        if row < 0:
            return
        index = self.model.index(row)
        self.view.setCurrentIndex(index)
        if row <= 1:
            self.view.scrollToTop()  # the heading above the first line, too
        else:
            self.view.scrollTo(index)

    def _place(self, below: QWidget) -> None:
        window = self.parentWidget()
        assert window is not None
        corner = below.mapTo(window, QPoint(0, below.height() + 4))
        width = min(max(below.width(), _MIN_WIDTH), window.width() - corner.x() - _MARGIN)
        room = window.height() - corner.y() - _MARGIN
        if self.model.rowCount():
            lines = sum(self.view.sizeHintForRow(row) for row in range(self.model.rowCount()))
            height = lines + 2 + _MARGIN
        else:
            height = self.empty.heightForWidth(width - 2) + 2
        self.setGeometry(corner.x(), corner.y(), width, min(height, room))

    def _on_clicked(self, index: QModelIndex) -> None:
        found = self.model.suggestion(index)
        if found is not None:
            self.picked.emit(found)
