"""Exporting what the filter shows: format, columns, file. Blocks nothing; can be stopped while it writes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from hpviewer import paths
from hpviewer.desktop.exporting.ask_file import ask_file
from hpviewer.desktop.exporting.personal_notice import PersonalNotice
from hpviewer.desktop.records.value_label import ValueLabel
from hpviewer.desktop.theme import Theme
from hpviewer.errors import CancelledError, HpviewerError
from hpviewer.session.events import FilterChanged, ResultsLoaded
from hpviewer.session.export_desk import (
    DEFAULT_COLUMNS,
    SOURCE_COLUMNS,
    ExportDesk,
    ExportRequest,
    export_columns,
)
from hpviewer.session.export_personal import personal_sentence, shown_fields
from hpviewer.session.export_writers import ExportFormat, Written
from hpviewer.session.session import Session
from hpviewer.wording import say

_KEY = Qt.ItemDataRole.UserRole


class ExportDialog(QDialog):
    """``window_columns`` gives the keys of the columns that the table shows, in its order; they are proposed, with
    the source's name and address behind them. Without it the table's own columns are."""

    _progressed = Signal(int, int)  # records written, of all; sent by the worker

    def __init__(
        self,
        exports: ExportDesk,
        session: Session,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        window_columns: Callable[[], Sequence[str]] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("exportDialog")
        self.setWindowTitle(say("desktop_exporting.title"))
        self.setAccessibleName(say("desktop_exporting.title"))
        self.setModal(False)
        self._exports, self._session, self._window_columns = exports, session, window_columns
        self._theme = theme
        self._stopped: threading.Event | None = None
        self.what = ValueLabel()
        self.what.setObjectName("exportWhat")
        self.formats: dict[ExportFormat, QRadioButton] = {}
        self._group = QButtonGroup(self)
        self.columns = QListWidget()
        self.only_window = self._button("window_columns", self._on_window_columns)
        self.all_columns = self._button("all_columns", self._on_all_columns)
        self.file = QLineEdit()
        self.browse = self._button("browse", self._on_browse)
        self.personal = PersonalNotice(exports, session)
        self.progress = QProgressBar()
        self.message = ValueLabel()
        self.message.setObjectName("exportMessage")
        self.start = self._button("start", self._on_start)
        self.stop = self._button("stop", self._on_stop)
        self.close_button = self._button("close", self.close)
        self._column_label = QLabel(say("desktop_exporting.columns"))
        self._compose()
        self._progressed.connect(self._on_progressed)
        ends = [
            session.subscribe(FilterChanged, lambda _: self._show_what()),
            session.subscribe(ResultsLoaded, lambda _: self._show_what()),
        ]
        self.destroyed.connect(lambda: [end() for end in ends])
        theme.changed.connect(self._paint)
        self._paint()
        self._on_format_changed()
        self._show_what()
        self._set_running(False)

    # -- composition -----------------------------------------------------------------------------------

    def _compose(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(self.what)
        for one in ExportFormat:
            radio = QRadioButton(say(f"desktop_exporting.format.{one.value}"))
            radio.setObjectName(f"format_{one.value}")
            radio.setToolTip(say(f"desktop_exporting.tip.{one.value}"))
            radio.setAccessibleDescription(say(f"desktop_exporting.tip.{one.value}"))
            self._group.addButton(radio)
            self.formats[one] = radio
            layout.addWidget(radio)
        self.formats[ExportFormat.XLSX].setChecked(True)
        self._group.buttonToggled.connect(self._on_format_toggled)
        self.columns.setObjectName("exportColumns")
        self.columns.setAccessibleName(say("desktop_exporting.columns_name"))
        self.columns.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.columns.setMinimumHeight(self.fontMetrics().height() * 6)
        self.columns.setTabKeyNavigation(False)
        self.columns.itemChanged.connect(lambda _: self._show_state())
        self.columns.itemChanged.connect(lambda _: self._show_personal())
        self._on_window_columns()
        self._column_label.setBuddy(self.columns)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._column_label, 1)
        row.addWidget(self.only_window)
        row.addWidget(self.all_columns)
        layout.addLayout(row)
        layout.addWidget(self.columns, 1)
        label = QLabel(say("desktop_exporting.file"))
        self.file.setObjectName("exportFile")
        self.file.setAccessibleName(say("desktop_exporting.file"))
        self.file.setPlaceholderText(say("desktop_exporting.file_hint"))
        self.file.textChanged.connect(lambda _: self._show_state())
        label.setBuddy(self.file)
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget, stretch in ((label, 0), (self.file, 1), (self.browse, 0)):
            row.addWidget(widget, stretch)
        layout.addLayout(row)
        layout.addWidget(self.personal)
        self.progress.setAccessibleName(say("desktop_exporting.progress"))
        layout.addWidget(self.progress)
        layout.addWidget(self.message)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for button in (self.start, self.stop, self.close_button):
            row.addWidget(button)
        layout.addLayout(row)
        self.start.setDefault(True)
        self.resize(520, 600)

    def _paint(self) -> None:
        """Marks of lists and radio buttons: Fusion draws them black on black in the dark."""
        token = self._theme.token
        check = (
            paths.resources() / "icons" / f"check-{'dark' if self._theme.dark else 'light'}.svg"
        ).as_posix()
        base = f"border: 1px solid {token('border_strong')}; background: {token('surface')};"
        self.setStyleSheet(
            "QListView::indicator, QCheckBox::indicator"
            f" {{ width: 13px; height: 13px; border-radius: 3px; {base} }}"
            "QListView::indicator:checked, QCheckBox::indicator:checked"
            f" {{ background: {token('accent')}; image: url({check}); }}"
            f"QRadioButton::indicator {{ width: 13px; height: 13px; border-radius: 7px; {base} }}"
            f"QRadioButton::indicator:checked {{ width: 7px; height: 7px; border: 4px solid {token('accent')}; }}"
            f"QRadioButton:focus {{ color: {token('accent')}; }}"
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_what()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._on_stop()
        super().closeEvent(event)

    def reject(self) -> None:
        self.close()

    # -- what is chosen --------------------------------------------------------------------------------

    @property
    def format(self) -> ExportFormat:
        return next(one for one, radio in self.formats.items() if radio.isChecked())

    @property
    def chosen_columns(self) -> tuple[str, ...]:
        """Keys of the checked columns in their order."""
        items = (self.columns.item(row) for row in range(self.columns.count()))
        return tuple(item.data(_KEY) for item in items if item.checkState() == Qt.CheckState.Checked)

    def _on_window_columns(self) -> None:
        wanted = self._proposed()
        self._fill(wanted)

    def _on_all_columns(self) -> None:
        self._fill(tuple(column.key for column in export_columns()), keep_first=self._proposed())

    def _proposed(self) -> tuple[str, ...]:
        if self._window_columns is None:
            return DEFAULT_COLUMNS
        known = {column.key for column in export_columns()}
        shown = [key for key in self._window_columns() if key in known]
        return tuple(dict.fromkeys((*shown, *SOURCE_COLUMNS)))

    def _fill(self, checked: Sequence[str], keep_first: Sequence[str] = ()) -> None:
        headings = {column.key: column.heading for column in export_columns()}
        first = keep_first or checked
        self.columns.clear()
        for key in (*first, *(key for key in headings if key not in first)):
            item = QListWidgetItem(headings[key])
            item.setData(_KEY, key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if key in checked else Qt.CheckState.Unchecked)
            self.columns.addItem(item)
        self.columns.setCurrentRow(0)
        self._show_state()
        self._show_personal()

    def _on_format_toggled(self, _button: object, checked: bool) -> None:
        if checked:
            self._on_format_changed()

    def _on_format_changed(self) -> None:
        has_columns = self.format.has_columns
        for widget in (self.columns, self.only_window, self.all_columns, self._column_label):
            widget.setEnabled(has_columns)
        if self.file.text().strip():
            path = Path(self.file.text().strip())
            if path.suffix.lower().lstrip(".") in list(ExportFormat):
                self.file.setText(str(path.with_suffix(f".{self.format.value}")))
        self._show_state()
        self._show_personal()

    def _on_browse(self) -> QFileDialog:
        name = Path(self.file.text().strip()).name or say("desktop_exporting.name")
        suffix = self.format.value
        if not name.lower().endswith(f".{suffix}"):
            name = f"{name}.{suffix}"
        label = say(f"desktop_exporting.format.{suffix}")
        return ask_file(
            self,
            say("desktop_exporting.title"),
            name,
            suffix,
            label,
            lambda file: self.file.setText(str(file)),
        )

    # -- what is said ----------------------------------------------------------------------------------

    def _show_what(self) -> None:
        """Count and order of what would be written: those of the table."""
        results = self._session.results
        if results is None or results.filter != self._session.filter:
            self.what.setText(say("desktop_exporting.loading"))
            return
        sort = self._session.sort
        direction = say(f"desktop_exporting.{'descending' if sort.descending else 'ascending'}")
        column = next(one.heading for one in export_columns() if one.key == sort.key.value)
        self.what.setText(
            say("desktop_exporting.what", count=f"{results.total:,}", column=column, direction=direction)
        )
        self._show_state()
        if self.isVisible():
            self.personal.look()

    def _show_personal(self) -> None:
        self.personal.show_for(shown_fields(self.format, self.chosen_columns))

    def _show_state(self) -> None:
        running = self._stopped is not None
        ready = bool(self.file.text().strip()) and (not self.format.has_columns or bool(self.chosen_columns))
        self.start.setEnabled(ready and not running)

    def _set_running(self, running: bool) -> None:
        self.progress.setVisible(running)
        self.stop.setVisible(running)
        self.progress.setValue(0)
        self._show_state()

    # -- writing ---------------------------------------------------------------------------------------

    def _on_start(self) -> None:
        text = self.file.text().strip()
        if not text or self._stopped is not None:
            return
        target = Path(text).expanduser()
        if not target.suffix:
            target = target.with_suffix(f".{self.format.value}")
            self.file.setText(str(target))
        request = ExportRequest(
            self.format,
            target,
            self._session.filter,
            self._session.sort,
            self.chosen_columns,
            self.personal.wants_masking,
        )
        self._stopped = threading.Event()
        self._tell("", "")
        self._set_running(True)
        self._exports.export(request, self._on_written, self._on_failed, self._progressed.emit, self._stopped)

    def _on_stop(self) -> None:
        if self._stopped is not None:
            self._stopped.set()

    def _on_progressed(self, done: int, total: int) -> None:
        self.progress.setRange(0, max(1, total))
        self.progress.setValue(done)

    def _on_written(self, written: Written) -> None:
        self._stopped = None
        self._set_running(False)
        said = say("desktop_exporting.written", file=written.path, count=f"{written.records:,}")
        found = personal_sentence(written.personal, masked=self.personal.wants_masking)
        self._tell("\n".join(filter(None, (said, *written.notes, found))), "ok")

    def _on_failed(self, error: HpviewerError) -> None:
        self._stopped = None
        self._set_running(False)
        stopped = isinstance(error, CancelledError)
        self._tell(say("desktop_exporting.stopped") if stopped else str(error), "warn")

    def _tell(self, text: str, role: str) -> None:
        self.message.setProperty("role", role)
        self.message.style().unpolish(self.message)
        self.message.style().polish(self.message)
        self.message.setText(text)
        self.message.setVisible(bool(text))

    def _button(self, key: str, slot: Callable[[], object]) -> QPushButton:
        button = QPushButton(say(f"desktop_exporting.button.{key}"))
        button.setObjectName(f"export_{key}")
        button.setAccessibleName(say(f"desktop_exporting.button.{key}"))
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: slot())
        return button
