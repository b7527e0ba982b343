"""The row above the report: its title, its state, and the ways out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from hpviewer.desktop.elided_label import ElidedLabel
from hpviewer.desktop.reports.print_document import report_title
from hpviewer.session.report_sheet import ReportSheet
from hpviewer.wording import say

EXPORTS = ("tables_xlsx", "tables_docx", "findings_xlsx", "findings_csv")
"""What is written, and in which format."""


class ReportHeader(QFrame):
    export_requested = Signal(str)  # one of EXPORTS
    preview_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chipBar")  # looks like the row below the main window's header
        self.title = ElidedLabel(role="title")
        self.state = QLabel()
        self.state.setProperty("role", "muted")
        self.export = QToolButton()
        self.export.setObjectName("report_export")
        self.export.setText(say("desktop_reports.export.button"))
        self.export.setAccessibleName(say("desktop_reports.export.accessible"))
        self.export.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.export.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.export.setProperty("role", "header")
        self.export_menu = QMenu(self.export)
        for name in EXPORTS:
            action = QAction(say(f"desktop_reports.export.{name}"), self.export_menu)
            action.setObjectName(name)
            action.triggered.connect(lambda _=False, name=name: self.export_requested.emit(name))
            self.export_menu.addAction(action)
        self.export.setMenu(self.export_menu)
        self.preview = QToolButton()
        self.preview.setObjectName("report_print")
        self.preview.setText(say("desktop_reports.print.button"))
        self.preview.setToolTip(say("desktop_reports.print.tip"))
        self.preview.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.preview.setProperty("role", "header")
        self.preview.clicked.connect(self.preview_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 4)
        row.setSpacing(12)
        row.addWidget(self.title, 1)
        row.addWidget(self.state)
        row.addStretch(0)
        row.addWidget(self.export)
        row.addWidget(self.preview)

    def show_sheet(self, sheet: ReportSheet | None) -> None:
        self.title.set_text(say("desktop_reports.no_title") if sheet is None else report_title(sheet))
        if sheet is None:
            state = ""
        elif sheet.report is None:
            state = say("desktop_reports.state.headlines")
        else:
            state = say("desktop_reports.state.saved" if sheet.saved else "desktop_reports.state.unsaved")
        self.state.setText(state)
        self.export.setEnabled(sheet is not None)
        self.preview.setEnabled(sheet is not None)
