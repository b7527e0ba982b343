"""Which policy documents there are; moving in the list shows the one it comes to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QAbstractItemView, QLabel, QListView, QPushButton, QVBoxLayout, QWidget

from hpviewer.desktop.importing.two_line_delegate import TwoLineDelegate
from hpviewer.desktop.policies.policy_model import PolicyModel
from hpviewer.desktop.theme import Theme
from hpviewer.session.policy_questions import Holding
from hpviewer.wording import say


class PolicyList(QWidget):
    chosen = Signal(object)  # the Holding to be read
    import_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLabel(say("desktop_policies.list_title"))
        self.title.setProperty("role", "section")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.model = PolicyModel(self)
        self.view = _ListView()
        self.view.setObjectName("policyList")
        self.view.setAccessibleName(say("desktop_policies.list"))
        self.view.setModel(self.model)
        self.view.setItemDelegate(TwoLineDelegate(self.view, theme, self.model.lines_of))
        self.view.setMouseTracking(True)
        self.view.setUniformItemSizes(True)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.none = QLabel(say("desktop_policies.list_empty"))
        self.none.setProperty("role", "empty")
        self.none.setTextFormat(Qt.TextFormat.PlainText)
        self.none.setWordWrap(True)
        self.none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.none.hide()
        self.import_button = QPushButton(say("desktop_policies.import"))
        self.import_button.setToolTip(say("desktop_policies.import_tip"))
        self.import_button.setAccessibleName(say("desktop_policies.import_tip"))
        self.import_button.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self.title)
        layout.addWidget(self.none, 1)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.import_button)
        self.view.selectionModel().currentRowChanged.connect(self._on_row_changed)
        self.view.clicked.connect(self._choose)
        self.view.activated.connect(self._choose)
        self.import_button.clicked.connect(lambda: self.import_requested.emit())

    def show_holdings(self, holdings: Sequence[Holding]) -> None:
        """The document that is marked stays marked."""
        marked = self.model.holding(self.view.currentIndex().row())
        self.model.show_holdings(holdings)
        if marked is not None:
            self.mark(marked.listed.policy.id)
        self.title.setText(say("desktop_policies.list_count", count=len(holdings)))
        self.none.setVisible(not holdings)
        self.view.setVisible(bool(holdings))

    def mark(self, policy_id: str) -> Holding | None:
        """Mark this document without telling of it; "" marks none."""
        row = self.model.row_of(policy_id)
        with QSignalBlocker(self.view.selectionModel()):
            self.view.setCurrentIndex(self.model.index(row, 0) if row >= 0 else QModelIndex())
            if row < 0:
                self.view.clearSelection()
        self.view.viewport().update()
        return self.model.holding(row)

    def _on_row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self._choose(current)

    def _choose(self, index: QModelIndex) -> None:
        one = self.model.holding(index.row()) if index.isValid() else None
        if one is not None:
            self.chosen.emit(one)


class _ListView(QListView):
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt would make the first line the current one, and that would take the answers off the page."""
        model = self.selectionModel()
        if model is None or self.currentIndex().isValid():
            super().focusInEvent(event)
            return
        with QSignalBlocker(model):
            super().focusInEvent(event)
