"""The left column: which report lies on the desk, where it comes from, and what can be brought in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from hpviewer.desktop.plain_tip import plain_tip
from hpviewer.desktop.reports.cells_delegate import CellsDelegate
from hpviewer.desktop.theme import Theme
from hpviewer.reports.form import ReportFormat
from hpviewer.session.report_events import StoredYear
from hpviewer.session.report_sheet import Origin, ReportSheet
from hpviewer.wording import say

_YEAR = Qt.ItemDataRole.UserRole
_MOST_ROWS = 8


class Chooser(QWidget):
    year_requested = Signal(int)
    open_requested = Signal()  # a file from the disk
    paste_requested = Signal()  # what lies on the clipboard
    save_requested = Signal()
    records_requested = Signal()  # the published records of requisition on the map

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filterPanel")  # looks like the left column of the main window
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._years: tuple[StoredYear, ...] = ()
        self._sheet: ReportSheet | None = None
        self.body = QComboBox()
        self.body.setObjectName("report_body")
        self.body.setAccessibleName(say("desktop_reports.chooser.body"))
        self.body.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.body.setMinimumContentsLength(6)
        self.years = QListWidget()
        self.years.setObjectName("report_years")
        self.years.setItemDelegate(CellsDelegate(theme, self.years))
        self.years.setAccessibleName(say("desktop_reports.chooser.years"))
        self.open = _button("open")
        self.paste = _button("paste")
        self.save = _button("save")
        self.save.setProperty("role", "primary")
        self.to_records = _button("records")
        self.to_records.setProperty("role", "link")
        self.facts = QLabel()
        self.facts.setObjectName("report_facts")
        self.facts.setTextFormat(Qt.TextFormat.PlainText)
        self.facts.setProperty("role", "small")
        self.facts.setWordWrap(True)
        self.drop_hint = QLabel(say("desktop_reports.chooser.drop"))
        self.drop_hint.setProperty("role", "small")
        self.drop_hint.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(_section("body"))
        layout.addWidget(self.body)
        layout.addWidget(_section("years"))
        layout.addWidget(self.years)
        layout.addWidget(_section("new"))
        layout.addWidget(self.open)
        layout.addWidget(self.paste)
        layout.addWidget(self.drop_hint)
        layout.addStretch(1)
        layout.addWidget(_section("now"))
        layout.addWidget(self.facts)
        layout.addWidget(self.save)
        layout.addWidget(self.to_records)
        self.body.activated.connect(lambda _: self._fill_years())
        self.years.itemClicked.connect(self._on_year)
        self.years.itemActivated.connect(self._on_year)
        self.open.clicked.connect(self.open_requested)
        self.paste.clicked.connect(self.paste_requested)
        self.save.clicked.connect(self.save_requested)
        self.to_records.clicked.connect(self.records_requested)
        self.show_sheet(None)

    def show_years(self, years: Sequence[StoredYear]) -> None:
        self._years = tuple(years)
        bodies = list(dict.fromkeys(each.body for each in years))
        chosen = self.body.currentData()
        self.body.clear()
        self.body.addItem(say("desktop_reports.chooser.all_bodies"), None)
        for body in bodies:
            self.body.addItem(body or say("desktop_reports.chooser.no_body"), body)
            self.body.setItemData(self.body.count() - 1, plain_tip(body), Qt.ItemDataRole.ToolTipRole)
        at = self.body.findData(chosen)
        self.body.setCurrentIndex(max(0, at))
        self._fill_years()

    def show_sheet(self, sheet: ReportSheet | None) -> None:
        self._sheet = sheet
        self.facts.setText(_facts(sheet))
        self.save.setVisible(sheet is not None and sheet.report is not None and not sheet.saved)
        year = None if sheet is None else sheet.year
        self.to_records.setVisible(year is not None)
        self.to_records.setText(
            say("desktop_reports.chooser.records_of", year=year)
            if year is not None
            else say("desktop_reports.chooser.records")
        )
        self._mark_year()

    def _fill_years(self) -> None:
        body = self.body.currentData()
        self.years.clear()
        for each in self._years:
            if body is not None and each.body != body:
                continue
            key = "complete" if each.complete else "headlines"
            text = say(f"desktop_reports.chooser.{key}", year=each.year)
            item = QListWidgetItem(text, self.years)
            item.setData(_YEAR, each.year)
            item.setSizeHint(QSize(0, self._row_height()))
            item.setToolTip(say(f"desktop_reports.chooser.{key}_tip"))
        rows = min(max(self.years.count(), 2), _MOST_ROWS)
        self.years.setFixedHeight(rows * self._row_height() + 4)
        self._mark_year()

    def _row_height(self) -> int:
        return self.fontMetrics().height() + 10

    def _mark_year(self) -> None:
        year = None if self._sheet is None or not self._sheet.saved else self._sheet.year
        self.years.setCurrentRow(-1)
        for row in range(self.years.count()):
            if self.years.item(row).data(_YEAR) == year:
                self.years.setCurrentRow(row)

    def _on_year(self, item: QListWidgetItem) -> None:
        year = item.data(_YEAR)
        if self._sheet is None or not self._sheet.saved or self._sheet.year != year:
            self.year_requested.emit(year)


def _facts(sheet: ReportSheet | None) -> str:
    if sheet is None:
        return say("desktop_reports.chooser.nothing")
    lines = []
    if sheet.origin is Origin.CATALOGUE and sheet.source:
        lines.append(say("desktop_reports.chooser.from_file", file=sheet.source))
    elif sheet.origin is Origin.CATALOGUE:
        lines.append(say("desktop_reports.chooser.shipped"))
    elif sheet.origin is Origin.FILE:
        lines.append(say("desktop_reports.chooser.unsaved_file", file=sheet.source))
    else:
        lines.append(say("desktop_reports.chooser.unsaved_paste"))
    if sheet.format is ReportFormat.TRIAL:
        lines.append(say("desktop_reports.chooser.trial"))
    return "\n".join(lines)


def _section(name: str) -> QLabel:
    label = QLabel(say(f"desktop_reports.chooser.{name}"))
    label.setProperty("role", "section")
    label.setContentsMargins(0, 4, 0, 0)
    return label


def _button(name: str) -> QPushButton:
    button = QPushButton(say(f"desktop_reports.chooser.{name}"))
    button.setObjectName(f"report_{name}")
    button.setToolTip(say(f"desktop_reports.chooser.{name}_tip"))
    button.setAutoDefault(False)
    return button
