"""Which column of a ledger holds which field, to be corrected."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from hpviewer.desktop.importing.quiet_combo import QuietCombo
from hpviewer.desktop.plain_tip import plain_tip
from hpviewer.session.import_file import ImportFile
from hpviewer.session.import_session import ImportSession
from hpviewer.session.ledger_columns import (
    HEAD_ROWS,
    UNITS,
    ColumnUse,
    SheetHead,
    field_choices,
    takes_detail,
    takes_unit,
)
from hpviewer.wording import say

_CAUSE = "mapping"
_DEEPEST = 3
_COLUMNS = ("header", "field", "unit", "sample", "why")


class MappingTable(QWidget):
    """One line for each column of the sheet. A choice reads the file anew at once."""

    corrected = Signal()  # the user changed something; the file is being read anew

    def __init__(self, session: ImportSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._file: ImportFile | None = None
        self._heads: tuple[SheetHead, ...] = ()
        self._heads_of = -1
        self._drawn: object = None
        self.sheets = QuietCombo((), say("desktop_importing.mapping.sheet"))
        self.sheets.setMinimumContentsLength(10)
        self.sheets.activated.connect(lambda _: self._draw())
        self.row = _numbers(HEAD_ROWS, "row")
        self.lines = _numbers(_DEEPEST, "depth")
        self.row.activated.connect(lambda _: self._on_header_changed())
        self.lines.activated.connect(lambda _: self._on_header_changed())
        self.table = QTableWidget(0, len(_COLUMNS))
        self.table.setObjectName("mappingTable")
        self.table.setAccessibleName(say("desktop_importing.mapping.table"))
        self.table.setHorizontalHeaderLabels([say(f"desktop_importing.mapping.{key}") for key in _COLUMNS])
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its choices take the keyboard
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        unit = self.fontMetrics().height()
        for column, width in enumerate((9, 8, 6, 10)):
            self.table.setColumnWidth(column, width * unit)
        self.table.verticalHeader().setDefaultSectionSize(unit + 20)
        self.table.setWordWrap(False)
        self.note = QLabel(say("desktop_importing.mapping.note"))
        self.note.setProperty("role", "small")
        self.note.setWordWrap(True)
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 8, 12, 0)
        bar.setSpacing(8)
        for key, widget in (("sheet", self.sheets), ("row", self.row), ("depth", self.lines)):
            label = QLabel(say(f"desktop_importing.mapping.{key}"))
            label.setProperty("role", "muted")
            label.setBuddy(widget)
            bar.addWidget(label)
            bar.addWidget(widget)
        bar.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 0, 12, 8)
        foot.addWidget(self.note)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(bar)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)

    def show_file(self, file: ImportFile) -> None:
        if file.preview is None:
            return  # being read anew: what is shown stays until it is known
        self._file = file
        if file.key != self._heads_of:
            self._heads, self._heads_of = (), file.key
            self._session.questions.sheet_heads(file.key, self._on_heads)
        self._list_sheets()
        self._draw()

    # -- inside ----------------------------------------------------------------------------------------

    def _on_heads(self, key: int, heads: tuple[SheetHead, ...]) -> None:
        if key == self._heads_of:
            self._heads = heads
            self._list_sheets()
            self._draw()

    def _list_sheets(self) -> None:
        mapping = self._file.ledger_mapping if self._file is not None else None
        names = [head.name for head in self._heads]
        names = names or [sheet.sheet for sheet in (mapping.sheets if mapping is not None else ())]
        if names != [self.sheets.itemData(at) for at in range(self.sheets.count())]:
            self.sheets.clear()
            for name in names:
                self.sheets.addItem(name or say("desktop_importing.mapping.only_sheet"), name)
            mapped = {sheet.sheet for sheet in (mapping.sheets if mapping is not None else ())}
            first = next((name for name in names if name in mapped), names[0] if names else "")
            self.sheets.show_code(first)
        self.sheets.setEnabled(len(names) > 1)

    def _draw(self) -> None:
        file = self._file
        if file is None:
            return
        name = self.sheets.code
        mapping = file.ledger_mapping
        sheet = mapping.of_sheet(name) if mapping is not None else None
        head = self._head(name)
        drawn = (file.key, name, sheet, head)
        if drawn == self._drawn:
            return
        self._drawn = drawn
        self.row.show_code(str(sheet.header_row if sheet is not None else 1))
        self.lines.show_code(str(sheet.header_rows if sheet is not None else 1))
        self.row.setEnabled(head is not None)
        self.lines.setEnabled(head is not None)
        self.table.setRowCount(0)
        columns = sheet.columns if sheet is not None else ()
        self.table.setRowCount(len(columns))
        below = sheet.header_row + sheet.header_rows if sheet is not None and sheet.header_row else 1
        for line, use in enumerate(columns):
            label = use.header or say("desktop_importing.mapping.no_header")
            shown = say("desktop_importing.mapping.column", letter=_letter(use.column), header=label)
            self._cell(line, 0, shown)
            choice = QuietCombo(
                (("", say("desktop_importing.mapping.unused")), *field_choices()),
                say("desktop_importing.mapping.field_of", column=shown),
            )
            choice.setObjectName(f"use_{use.column}")
            choice.show_code(use.field.value if use.field is not None else "")
            choice.activated.connect(partial(self._on_field_chosen, use.column))
            self._control(line, 1, choice)
            code = use.field.value if use.field is not None else ""
            if takes_unit(code) and not (takes_detail(code) and not use.detail):
                units = QuietCombo(
                    (("", say("desktop_importing.mapping.no_unit")), *((unit, unit) for unit in UNITS)),
                    say("desktop_importing.mapping.unit_of", column=shown),
                )
                units.setObjectName(f"unit_{use.column}")
                units.show_code(use.unit)
                units.activated.connect(partial(self._on_unit_chosen, use.column))
                self._control(line, 2, units)
            elif takes_detail(code):
                detail = QLineEdit(use.detail)
                detail.setAcceptDrops(False)
                detail.setObjectName(f"detail_{use.column}")
                detail.setAccessibleName(say("desktop_importing.mapping.detail_of", column=shown))
                detail.setPlaceholderText(say("desktop_importing.mapping.detail_hint"))
                detail.editingFinished.connect(partial(self._on_detail_typed, use.column, detail))
                self._control(line, 2, detail)
            self._cell(line, 3, head.sample(use.column, below) if head is not None else "")
            self._cell(line, 4, use.why)

    def _cell(self, row: int, column: int, text: str) -> None:
        item = QTableWidgetItem(text)
        item.setToolTip(plain_tip(text))
        self.table.setItem(row, column, item)

    def _control(self, row: int, column: int, control: QWidget) -> None:
        room = QWidget()
        layout = QHBoxLayout(room)
        layout.setContentsMargins(4, 3, 4, 3)
        layout.addWidget(control)
        self.table.setCellWidget(row, column, room)

    def _head(self, name: str) -> SheetHead | None:
        return next((head for head in self._heads if head.name == name), None)

    def _combo(self, column: int, what: str) -> QuietCombo | None:
        return self.table.findChild(QuietCombo, f"{what}_{column}")

    def _on_field_chosen(self, column: int, _index: int) -> None:
        choice = self._combo(column, "use")
        if choice is not None:
            self._correct(column, choice.code, "", "")

    def _on_unit_chosen(self, column: int, _index: int) -> None:
        choice, unit = self._combo(column, "use"), self._combo(column, "unit")
        use = self._use(column)
        if choice is not None and unit is not None and use is not None:
            self._correct(column, choice.code, unit.code, use.detail)

    def _on_detail_typed(self, column: int, box: QLineEdit) -> None:
        use, choice = self._use(column), self._combo(column, "use")
        if use is not None and choice is not None and box.text().strip() != use.detail:
            self._correct(column, choice.code, use.unit, box.text().strip())

    def _use(self, column: int) -> ColumnUse | None:
        mapping = self._file.ledger_mapping if self._file is not None else None
        sheet = mapping.of_sheet(self.sheets.code) if mapping is not None else None
        return next((use for use in sheet.columns if use.column == column), None) if sheet else None

    def _correct(self, column: int, code: str, unit: str, detail: str) -> None:
        if self._file is not None:
            self._session.list.correct_column(
                self._file.key, self.sheets.code, column, code or None, unit, detail, _CAUSE
            )
            self.corrected.emit()

    def _on_header_changed(self) -> None:
        head = self._head(self.sheets.code)
        if self._file is not None and head is not None:
            self._session.list.correct_header(
                self._file.key, head, int(self.row.code), int(self.lines.code), _CAUSE
            )
            self.corrected.emit()


def _numbers(most: int, key: str) -> QuietCombo:
    choices = [
        (str(number), say(f"desktop_importing.mapping.{key}_of", number=number))
        for number in range(1, most + 1)
    ]
    return QuietCombo(choices, say(f"desktop_importing.mapping.{key}"))


def _letter(column: int) -> str:
    """0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
