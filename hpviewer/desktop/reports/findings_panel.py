"""Findings by severity; below, what can be done with the chosen one."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from hpviewer.desktop.reports.findings_model import FindingRole, FindingsModel
from hpviewer.desktop.reports.wrapped_delegate import WrappedDelegate, WrappedLine
from hpviewer.desktop.theme import Theme
from hpviewer.reports.finding import Dismissal, Finding, Severity
from hpviewer.session.report_sheet import ReportSheet
from hpviewer.wording import say

_ICONS = {
    Severity.ERROR: ("warning", "warn"),
    Severity.QUESTION: ("help", "warn"),
    Severity.NOTE: ("record", "text_muted"),
}


class FindingsTree(QTreeView):
    """Copies the chosen finding's text."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(str(self.currentIndex().data() or ""))
            return
        super().keyPressEvent(event)


class FindingsPanel(QWidget):
    finding_chosen = Signal(object)  # Finding that was clicked or reached with the arrow keys
    dismiss_requested = Signal(str, str)  # key of the finding, reason as typed
    take_back_requested = Signal(str)  # key of the finding

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self.findings = FindingsModel(self)
        self.tree = FindingsTree()
        self.tree.setObjectName("report_findings")
        self.tree.setAccessibleName(say("desktop_reports.findings.accessible"))
        self.tree.setModel(self.findings)
        self.tree.setHeaderHidden(True)
        self.tree.setRootIsDecorated(False)
        self.tree.setIndentation(0)
        self.tree.setItemsExpandable(False)
        self.tree.setMouseTracking(True)
        self.tree.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.setItemDelegate(WrappedDelegate(self.tree, theme, _line))
        theme.changed.connect(self.tree.viewport().update)
        self.empty = QLabel()
        self.empty.setProperty("role", "empty")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.empty.setContentsMargins(8, 8, 8, 8)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.tree)

        self.reason = QLineEdit()
        self.reason.setObjectName("dismissal_reason")
        self.reason.setMaxLength(200)
        self.reason.setPlaceholderText(say("desktop_reports.findings.reason_placeholder"))
        self.reason.setAccessibleName(say("desktop_reports.findings.reason_accessible"))
        self.dismiss = _button("dismiss")
        self.take_back = _button("take_back")
        self._actions = QWidget()
        row = QHBoxLayout(self._actions)
        row.setContentsMargins(8, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(self.reason, 1)
        row.addWidget(self.dismiss)
        row.addWidget(self.take_back)
        row.addStretch(0)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._actions)

        self.tree.selectionModel().currentChanged.connect(self._on_current_changed)
        self.tree.clicked.connect(self._on_clicked)
        self.reason.returnPressed.connect(self._on_dismiss)
        self.reason.textChanged.connect(lambda _: self._show_actions())
        self.dismiss.clicked.connect(self._on_dismiss)
        self.take_back.clicked.connect(self._on_take_back)
        self._show_actions()

    def show_sheet(self, sheet: ReportSheet | None) -> None:
        """Keeps the chosen finding chosen when it is still there."""
        chosen = self._chosen()
        self.findings.show_sheet(sheet)
        self.tree.expandAll()
        if sheet is None:
            self.empty.setText(say("desktop_reports.findings.no_report"))
        elif sheet.report is None:
            self.empty.setText(say("desktop_reports.findings.headlines", year=sheet.year))
        else:
            self.empty.setText(say("desktop_reports.findings.clean"))
        self._stack.setCurrentWidget(self.tree if self.findings.rowCount() else self.empty)
        again = QModelIndex() if chosen is None else self.findings.index_of(chosen[0].key)
        if again.isValid():
            blocked = self.tree.selectionModel().blockSignals(True)
            self.tree.setCurrentIndex(again)
            self.tree.selectionModel().blockSignals(blocked)
            self.tree.scrollTo(again)
        self.reason.clear()
        self._show_actions()

    # -- gestures --------------------------------------------------------------------------------------

    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self._show_actions()
        self._tell(current)

    def _on_clicked(self, index: QModelIndex) -> None:
        self._tell(index)  # also the one that is chosen already

    def _tell(self, index: QModelIndex) -> None:
        found = self.findings.finding(index)
        if found is not None:
            self.finding_chosen.emit(found[0])

    def _on_dismiss(self) -> None:
        chosen = self._chosen()
        if chosen is not None and chosen[1] is None:
            self.dismiss_requested.emit(chosen[0].key, self.reason.text())

    def _on_take_back(self) -> None:
        chosen = self._chosen()
        if chosen is not None and chosen[1] is not None:
            self.take_back_requested.emit(chosen[0].key)

    # -- inside ----------------------------------------------------------------------------------------

    def _chosen(self) -> tuple[Finding, Dismissal | None] | None:
        return self.findings.finding(self.tree.currentIndex())

    def _show_actions(self) -> None:
        chosen = self._chosen()
        open_ = chosen is not None and chosen[1] is None
        self._actions.setVisible(chosen is not None)
        self.reason.setVisible(open_)
        self.dismiss.setVisible(open_)
        self.dismiss.setEnabled(bool(self.reason.text().strip()))
        self.take_back.setVisible(chosen is not None and not open_)


def _button(name: str) -> QPushButton:
    button = QPushButton(say(f"desktop_reports.findings.{name}"))
    button.setObjectName(f"finding_{name}")
    button.setToolTip(say(f"desktop_reports.findings.{name}_tip"))
    button.setAutoDefault(False)
    return button


def _line(index: QModelIndex | QPersistentModelIndex) -> WrappedLine:
    finding: Finding | None = index.data(FindingRole.FINDING)
    text: Any = index.data()
    if finding is None:
        return WrappedLine(str(text), heading=True)
    name, tone = _ICONS[finding.severity]
    dismissed = index.data(FindingRole.DISMISSAL) is not None
    head = say(f"desktop_reports.rule.{finding.rule.partition('-')[0].lower()}", rule=finding.rule)
    return WrappedLine(str(text), head, name, "text_muted" if dismissed else tone)
