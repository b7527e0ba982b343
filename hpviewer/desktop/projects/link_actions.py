"""Setting right by hand which records belong together: take one out, join two projects, undo."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from hpviewer.errors import HpviewerError
from hpviewer.session.linked_projects import ProjectPage
from hpviewer.session.project_desk import ProjectDesk
from hpviewer.wording import say


class LinkActions(QWidget):
    """For the project and the selected record of `show_project`. Every decision can be undone."""

    failed = Signal(object)  # an HpviewerError

    def __init__(self, desk: ProjectDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._page: ProjectPage | None = None
        self._record_id = ""
        self.split = self._button("split", self._on_split)
        self.merge = self._button("merge", self._on_merge_asked)
        self.undo = self._button("undo", self._on_undo)
        self.choice = QComboBox()
        self.choice.setObjectName("mergeChoice")
        self.choice.setEditable(True)
        self.choice.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.choice.setAccessibleName(say("desktop_projects.link.choice"))
        self.choice.setMinimumContentsLength(16)
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        completer = QCompleter(self.choice.model(), self.choice)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.choice.setCompleter(completer)
        self.join = self._button("join", self._on_join)
        self.message = QLabel()
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        self.message.setProperty("role", "warn")
        self.message.hide()
        first = QHBoxLayout()
        first.setSpacing(8)
        for button in (self.split, self.merge, self.undo):
            first.addWidget(button)
        first.addStretch(1)
        second = QHBoxLayout()
        second.setSpacing(8)
        second.addWidget(self.choice, 1)
        second.addWidget(self.join)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(first)
        layout.addLayout(second)
        layout.addWidget(self.message)
        self._show_choice(False)

    def show_project(self, page: ProjectPage, record_id: str) -> None:
        self._page, self._record_id = page, record_id
        self.split.setEnabled(len(page.records) > 1)
        self._show_choice(False)
        self.message.hide()

    def say_error(self, error: HpviewerError) -> None:
        self.message.setText(str(error))
        self.message.show()

    def _on_split(self) -> None:
        if self._record_id:
            self._desk.split((self._record_id,), _nothing, self.failed.emit)

    def _on_undo(self) -> None:
        self._desk.undo_link(_nothing, self.failed.emit)

    def _on_merge_asked(self) -> None:
        self._desk.project_names(self._on_names, self.failed.emit)

    def _on_names(self, names: tuple[tuple[str, str], ...]) -> None:
        own = self._page.group.record_ids if self._page is not None else ()
        self.choice.clear()
        for record_id, name in names:
            if record_id not in own:
                self.choice.addItem(name, record_id)
        self.choice.setCurrentIndex(-1)
        line = self.choice.lineEdit()
        if line is not None:
            line.setPlaceholderText(say("desktop_projects.link.choice_hint"))
        self._show_choice(True)
        self.choice.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_join(self) -> None:
        other = self.choice.findText(self.choice.currentText())
        if other < 0 or self._page is None:
            self.message.setText(say("desktop_projects.link.choose_first"))
            self.message.show()
            return
        self._desk.merge((self._record_id, self.choice.itemData(other)), _nothing, self.failed.emit)

    def _show_choice(self, shown: bool) -> None:
        self.choice.setVisible(shown)
        self.join.setVisible(shown)

    def _button(self, key: str, slot: object) -> QPushButton:
        button = QPushButton(say(f"desktop_projects.link.{key}"))
        button.setObjectName(f"link_{key}")
        button.setToolTip(say(f"desktop_projects.link.{key}_tip"))
        button.setAccessibleName(say(f"desktop_projects.link.{key}"))
        button.setAccessibleDescription(say(f"desktop_projects.link.{key}_tip"))
        button.setAutoDefault(False)
        button.clicked.connect(slot)
        return button


def _nothing() -> None:
    """The desk tells its listeners, this view's owner among them."""
