"""The area of the annual report: chooser, tables and tabs, findings and equations. Puts them together."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QLabel,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from hpviewer.desktop.icons import icon
from hpviewer.desktop.reports.bringing_in import Carried, ask_for_report, carried
from hpviewer.desktop.reports.charts_panel import ChartsPanel
from hpviewer.desktop.reports.chooser import Chooser
from hpviewer.desktop.reports.comparison_panel import ComparisonPanel
from hpviewer.desktop.reports.equations_panel import EquationsPanel
from hpviewer.desktop.reports.figures_panel import FiguresPanel
from hpviewer.desktop.reports.findings_panel import FindingsPanel
from hpviewer.desktop.reports.form_table import FormTable
from hpviewer.desktop.reports.message_strip import MessageStrip
from hpviewer.desktop.reports.output import ReportOutput
from hpviewer.desktop.reports.report_header import ReportHeader
from hpviewer.desktop.theme import Theme
from hpviewer.errors import InputError
from hpviewer.reports.finding import Finding
from hpviewer.reports.form import TABLES, cell_label
from hpviewer.session.report_desk import ReportDesk
from hpviewer.session.report_events import (
    DeskFailed,
    FileWritten,
    FindingsChanged,
    ReportOpened,
    ReportSaved,
    YearsListed,
)
from hpviewer.session.report_sheet import ReportSheet
from hpviewer.wording import say

_LEFT = 176
_RIGHT = 272
_PERSONAL_SHOWN = 3


class ReportsView(QWidget):
    """Asks the desk for the newest year when it is first shown. Keeps no truth of its own."""

    records_requested = Signal(
        object
    )  # RecordFilter of the published records that the report's year is about

    def __init__(self, desk: ReportDesk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reports_view")
        self.setAccessibleName(say("desktop_reports.accessible"))
        self.setWindowTitle(say("desktop_reports.accessible"))
        self.setAcceptDrops(True)
        self._desk = desk
        self._theme = theme
        self._started = False
        self.chooser = Chooser(theme)
        self.tables = {table: FormTable(table, theme) for table in TABLES}
        self.figures = FiguresPanel(theme)
        self.charts = ChartsPanel(desk, theme)
        self.comparison = ComparisonPanel(desk, theme)
        self.findings = FindingsPanel(theme)
        self.equations = EquationsPanel(theme)
        self.message = MessageStrip(theme)
        self.header = ReportHeader()
        self.output = ReportOutput(desk, theme, self.message, self)
        self._compose()
        self._connect()
        self._bind_keys()
        desk.subscribe(YearsListed, self._on_years_listed)
        desk.subscribe(ReportOpened, self._on_report_opened)
        desk.subscribe(FindingsChanged, self._on_findings_changed)
        desk.subscribe(ReportSaved, self._on_report_saved)
        desk.subscribe(FileWritten, self._on_file_written)
        desk.subscribe(DeskFailed, self._on_desk_failed)
        self._show_years()
        self._show_sheet(desk.sheet)

    def sizeHint(self) -> QSize:
        return QSize(1366, 768)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._started:
            self._started = True
            self.chooser.years.setFocus(Qt.FocusReason.OtherFocusReason)
            self._desk.start()

    # -- composition -----------------------------------------------------------------------------------

    def _compose(self) -> None:
        self.tabs = QTabWidget()
        self.tabs.setObjectName("report_tabs")
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setAccessibleName(say("desktop_reports.tabs.accessible"))
        for widget in (*self.tables.values(), self.figures, self.charts, self.comparison):
            self.tabs.addTab(widget, "")
        self._name_tabs()
        nothing = QLabel(say("desktop_reports.nothing"))
        nothing.setProperty("role", "empty")
        nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        nothing.setWordWrap(True)
        self._nothing = nothing
        self.middle = QStackedWidget()
        self.middle.addWidget(nothing)
        self.middle.addWidget(self.tabs)
        self.right = _splitter(Qt.Orientation.Vertical)
        self.right.addWidget(self.findings)
        self.right.addWidget(self.equations)
        self.right.setSizes([400, 240])
        self.main = _splitter(Qt.Orientation.Horizontal)
        for widget, stretch in ((self.chooser, 0), (self.middle, 1), (self.right, 0)):
            self.main.addWidget(widget)
            self.main.setStretchFactor(self.main.count() - 1, stretch)
        self.chooser.setMinimumWidth(160)
        self.middle.setMinimumWidth(400)
        self.right.setMinimumWidth(240)
        self.main.setSizes([_LEFT, 1366 - _LEFT - _RIGHT, _RIGHT])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self.main, 1)
        layout.addWidget(self.message)

    def _connect(self) -> None:
        desk = self._desk
        self.chooser.year_requested.connect(lambda year: desk.open_year(year, "chooser"))
        self.chooser.open_requested.connect(self._on_open)
        self.chooser.paste_requested.connect(self._on_paste)
        self.chooser.save_requested.connect(self._on_save)
        self.chooser.records_requested.connect(self._on_records)
        self.figures.records_requested.connect(self._on_records)
        for table in self.tables.values():
            table.cell_chosen.connect(self._on_cell_chosen)
            table.clicked.connect(lambda index, form=table: self._on_cell_clicked(form, index))
        self.charts.cell_clicked.connect(self._on_cell_linked)
        self.comparison.cell_clicked.connect(self._on_cell_linked)
        self.findings.finding_chosen.connect(self._on_finding_chosen)
        self.findings.dismiss_requested.connect(lambda key, reason: desk.dismiss(key, reason, "findings"))
        self.findings.take_back_requested.connect(lambda key: desk.take_back(key, "findings"))
        self.equations.equation_chosen.connect(self._light)
        self.header.export_requested.connect(self.output.export)
        self.header.preview_requested.connect(self.output.preview)
        self._theme.changed.connect(self._name_tabs)

    def _bind_keys(self) -> None:
        for keys, slot in (
            ("Ctrl+O", self._on_open),
            ("Ctrl+V", self._on_paste),
            ("Ctrl+S", self._on_save),
            ("Ctrl+P", self.output.preview),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    # -- events of the desk ----------------------------------------------------------------------------

    def _on_years_listed(self, event: YearsListed) -> None:
        self._show_years()
        self.charts.forget()

    def _on_report_opened(self, event: ReportOpened) -> None:
        self.message.hide()
        self._show_sheet(event.sheet)
        notes = event.sheet.notes
        told = say("desktop_reports.message.notes", notes=" ".join(notes)) if notes else ""
        if event.sheet.personal:
            lines = [told, *event.sheet.personal[:_PERSONAL_SHOWN]]
            if (more := len(event.sheet.personal) - _PERSONAL_SHOWN) > 0:
                lines.append(say("session_personal.more", count=more))
            self.message.ask(
                "\n".join(filter(None, lines)),
                say("desktop_reports.message.mask"),
                lambda: self._desk.mask_personal("mask"),
            )
        elif event.cause == "mask":
            self.message.show_note(say("desktop_reports.message.masked"))
        elif told:
            self.message.show_note(told)

    def _on_findings_changed(self, event: FindingsChanged) -> None:
        self.message.hide()
        for table in self.tables.values():
            table.form.show_marks(event.sheet)
        self.findings.show_sheet(event.sheet)
        self.chooser.show_sheet(event.sheet)
        self._name_tabs()
        self.header.show_sheet(event.sheet)

    def _on_report_saved(self, event: ReportSaved) -> None:
        self.message.show_note(say("desktop_reports.message.saved", year=event.year))

    def _on_file_written(self, event: FileWritten) -> None:
        sentences = [say("desktop_reports.message.written", file=event.path), *event.notes]
        self.message.show_note("\n".join(sentences))

    def _on_desk_failed(self, event: DeskFailed) -> None:
        self.message.show_error(event.error)

    # -- showing ---------------------------------------------------------------------------------------

    def _show_years(self) -> None:
        self.chooser.show_years(self._desk.years)
        years = [each.year for each in self._desk.years]
        sheet = self._desk.sheet
        if sheet is not None and sheet.year is not None and sheet.year not in years:
            years = sorted([*years, sheet.year], reverse=True)
        self.comparison.show_years(years)

    def _show_sheet(self, sheet: ReportSheet | None) -> None:
        self.chooser.show_sheet(sheet)
        self.findings.show_sheet(sheet)
        self.equations.show_lines("", ())
        self.figures.show_sheet(sheet)
        self.header.show_sheet(sheet)
        self.middle.setCurrentWidget(self._nothing if sheet is None else self.tabs)
        if sheet is None:
            return
        for table in self.tables.values():
            table.show_sheet(sheet)
        self._name_tabs()
        self._show_years()
        self.charts.refresh()
        self.comparison.forget()

    def _name_tabs(self) -> None:
        """The tables carry the number of their failing cells."""
        mark = icon("warning", self._theme.token("warn"))
        for at, (name, table) in enumerate(self.tables.items()):
            failing = table.form.failing
            key = "desktop_reports.tabs.table_failing" if failing else "desktop_reports.tabs.table"
            values = {"failing": failing} if failing else {}
            title = say(f"desktop_reports.tabs.{name}")
            self.tabs.setTabText(at, say(key, title=title, **values))
            self.tabs.setTabToolTip(at, say(f"desktop_reports.tabs.{name}_tip"))
            self.tabs.setTabIcon(at, mark if failing else icon("record", self._theme.token("text_muted")))
        for at, name in enumerate(("figures", "charts", "comparison"), start=len(self.tables)):
            self.tabs.setTabText(at, say(f"desktop_reports.tabs.{name}"))

    def _light(self, cells: Sequence[str], foremost: str = "") -> None:
        """Light the cells up and bring them into view: the foremost one last, so that it certainly is."""
        for table in self.tables.values():
            table.form.light(cells)
        if not cells:
            return
        table = self.tables[cells[0].partition(".")[0]]
        self.tabs.setCurrentWidget(table)
        for name in (cells[-1], foremost or cells[0]):
            table.go_to(name)

    @property
    def lit(self) -> frozenset[str]:
        """Cells that are lit up now."""
        return frozenset().union(*(table.form.lit for table in self.tables.values()))

    # -- gestures --------------------------------------------------------------------------------------

    def _on_finding_chosen(self, finding: Finding) -> None:
        self._light(finding.cells, finding.candidates[0].cell if finding.candidates else "")
        sheet = self._desk.sheet
        if finding.place is not None and sheet is not None and sheet.narrative:
            self.figures.show_span(finding.place)
            if not finding.cells:
                self.tabs.setCurrentWidget(self.figures)

    def _on_cell_clicked(self, table: FormTable, index: object) -> None:
        cell = table.form.form_cell(index)  # type: ignore[arg-type]
        self._on_cell_chosen("" if cell is None else cell.name)  # also the one that is current already

    def _on_cell_chosen(self, name: str) -> None:
        for table in self.tables.values():
            table.form.light(())
        sheet = self._desk.sheet
        label = cell_label(name, sheet.format) if name and sheet is not None else ""
        self.equations.show_lines(label, self._desk.equations(name) if name else ())

    def _on_cell_linked(self, name: str) -> None:
        """From a chart or a comparison: show the cell in its table."""
        table = self.tables[name.partition(".")[0]]
        self.tabs.setCurrentWidget(table)
        table.go_to(name, choose=True)
        self._on_cell_chosen(name)
        table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_open(self) -> None:
        ask_for_report(self, lambda file: self._desk.open_file(file, "dialog"))

    def _on_paste(self) -> None:
        self._take(carried(QGuiApplication.clipboard().mimeData()), "paste")

    def _take(self, what: Carried | None, cause: str) -> None:
        if what is None:
            error = InputError(
                say("desktop_reports.paste.nothing"), say("desktop_reports.paste.nothing_next")
            )
            self.message.show_error(error)
        elif what.file is not None:
            self._desk.open_file(what.file, cause)
        else:
            self._desk.open_text(what.text, cause, what.plain)

    def _on_save(self) -> None:
        sheet = self._desk.sheet
        if sheet is None or sheet.saved or sheet.report is None:
            return
        known = next((each for each in self._desk.years if each.year == sheet.year and each.complete), None)
        if known is None:
            self._desk.save("save")
            return
        source = known.source or say("desktop_reports.save.shipped")
        self.message.ask(
            say("desktop_reports.save.question", year=known.year, source=source),
            say("desktop_reports.save.replace"),
            lambda: self._desk.save("save"),
        )

    def _on_records(self) -> None:
        self.records_requested.emit(self._desk.requisition_filter())

    # -- Qt --------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and (self.lit or self.message.isVisible()):
            self.message.hide()
            self._light(())
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if carried(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        what = carried(event.mimeData())
        if what is not None:
            event.acceptProposedAction()
            self._take(what, "drop")


def _splitter(orientation: Qt.Orientation) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setChildrenCollapsible(False)
    splitter.setHandleWidth(1 if orientation == Qt.Orientation.Horizontal else 3)
    return splitter
