"""One table of the report as the official form: headers and labels are cells like the figures."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from hpviewer.desktop.plain_tip import plain_tip
from hpviewer.reports.cell import Cell
from hpviewer.reports.finding import Severity
from hpviewer.reports.form import ReportFormat, cell_label
from hpviewer.reports.form_layout import FormCell, FormCellKind, FormLayout, form_layout
from hpviewer.session.report_equations import figure
from hpviewer.session.report_sheet import ReportSheet
from hpviewer.wording import say

_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_ROLE = Qt.ItemDataRole


class FormRole(IntEnum):
    CELL = _ROLE.UserRole + 1  # FormCell
    MARK = _ROLE.UserRole + 2  # CellMark
    LIT = _ROLE.UserRole + 3  # bool: belongs to the equation that is shown
    KNOWN = _ROLE.UserRole + 4  # bool: the source has this cell


@dataclass(frozen=True, slots=True)
class CellMark:
    """``severity`` of the gravest finding about the cell; ``explained``: its equation fails, but another cell
    alone would explain that."""

    severity: Severity | None = None
    explained: bool = False

    @property
    def icon_name(self) -> str:
        if self.severity is None:
            return ""
        return "warning" if self.severity is Severity.ERROR else "help"


_UNMARKED = CellMark()
_EXPLAINED = CellMark(explained=True)


class FormModel(QAbstractTableModel):
    """Places that a span covers answer like the cell that covers them."""

    def __init__(self, table: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table = table
        self._sheet: ReportSheet | None = None
        self._marks: dict[str, CellMark] = {}
        self._failing = 0
        self._lit: frozenset[str] = frozenset()
        self._lay(ReportFormat.UNIFORM)

    @property
    def layout_(self) -> FormLayout:
        return self._layout

    def show_sheet(self, sheet: ReportSheet) -> None:
        self.beginResetModel()
        self._lay(sheet.format)
        self._sheet = sheet
        self._mark(sheet)
        self._lit = frozenset()
        self.endResetModel()

    def show_marks(self, sheet: ReportSheet) -> None:
        """The same figures after a finding was dismissed or taken back."""
        self._sheet = sheet
        self._mark(sheet)
        self._changed()

    def light(self, cells: Collection[str]) -> None:
        """Mark the cells of one equation; none clears."""
        self._lit = frozenset(name for name in cells if self._is_here(name))
        self._changed()

    @property
    def lit(self) -> frozenset[str]:
        return self._lit

    @property
    def failing(self) -> int:
        """Number of errors and questions about this table."""
        return self._failing

    def place_of(self, name: str) -> QModelIndex:
        """Index of a value cell by its name; invalid when the form has no such cell."""
        at = self._by_name.get(name)
        return QModelIndex() if at is None else self.index(at.row, at.column)

    def form_cell(self, index: _Index) -> FormCell | None:
        return self._grid.get((index.row(), index.column())) if index.isValid() else None

    # -- Qt --------------------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self._layout.rows)

    def columnCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else self._layout.columns

    def data(self, index: _Index, role: int = _ROLE.DisplayRole) -> object:
        cell = self.form_cell(index)
        if cell is None:
            return None
        if role == _ROLE.DisplayRole:
            return self._text(cell)
        if role == _ROLE.AccessibleTextRole:
            return self._spoken(cell)
        if role == _ROLE.ToolTipRole:
            return plain_tip(self._tip(cell))
        if role == FormRole.CELL:
            return cell
        if role == FormRole.MARK:
            return self._marks.get(cell.name, _UNMARKED)
        if role == FormRole.LIT:
            return cell.name in self._lit
        if role == FormRole.KNOWN:
            return cell.kind is not FormCellKind.VALUE or self._value(cell) is not None
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> object:
        """Names of the columns for readers of the screen: the last label above each."""
        if orientation != Qt.Orientation.Horizontal or role != _ROLE.DisplayRole:
            return None
        heads = [
            cell.text
            for row in self._layout.rows
            for cell in row
            if cell.kind is FormCellKind.HEADER and cell.column <= section < cell.column + cell.colspan
        ]
        return heads[-1] if heads else ""

    # -- inside ----------------------------------------------------------------------------------------

    def _lay(self, form: ReportFormat) -> None:
        self._layout = form_layout(self.table, form)
        self._grid = {
            (cell.row + down, cell.column + right): cell
            for row in self._layout.rows
            for cell in row
            for down in range(cell.rowspan)
            for right in range(cell.colspan)
        }
        self._by_name = {cell.name: cell for cell in self._layout.value_cells()}

    def _mark(self, sheet: ReportSheet) -> None:
        here = [
            finding
            for finding in sheet.unproven
            if finding.severity is not Severity.NOTE and any(map(self._is_here, finding.cells))
        ]
        self._failing = len(here)
        self._marks = {
            name: CellMark(each) for name, each in sheet.failing_cells().items() if self._is_here(name)
        }
        self._marks |= {name: _EXPLAINED for name in sheet.explained_cells() if self._is_here(name)}

    def _is_here(self, name: str) -> bool:
        return name.startswith(f"{self.table}.")

    def _changed(self) -> None:
        last = self.index(self.rowCount() - 1, self.columnCount() - 1)
        roles = [FormRole.LIT, FormRole.MARK, _ROLE.AccessibleTextRole, _ROLE.ToolTipRole]
        self.dataChanged.emit(self.index(0, 0), last, roles)

    def _value(self, cell: FormCell) -> Cell | None:
        return None if self._sheet is None else self._sheet.cell(cell.name)

    def _text(self, cell: FormCell) -> str:
        if cell.kind is not FormCellKind.VALUE:
            return cell.text
        value = self._value(cell)
        if value is None or value.blank:
            return ""
        return value.written if value.value is None else figure(value.value)

    def _spoken(self, cell: FormCell) -> str:
        if cell.kind is not FormCellKind.VALUE:
            return cell.text
        form = self._layout_format
        value = self._text(cell) or say(
            "desktop_reports.cell.blank" if self._value(cell) is not None else "desktop_reports.cell.missing"
        )
        spoken = say("desktop_reports.cell.spoken", label=cell_label(cell.name, form), value=value)
        mark = self._marks.get(cell.name)
        if mark is None:
            return spoken
        return spoken + say(f"desktop_reports.cell.{mark.severity or 'explained'}")

    def _tip(self, cell: FormCell) -> str:
        if cell.kind is not FormCellKind.VALUE:
            return ""
        value = self._value(cell)
        spoken = self._spoken(cell)
        if value is not None and value.value is not None and value.written not in ("", str(value.value)):
            spoken += say("desktop_reports.cell.written", written=value.written)
        return spoken

    @property
    def _layout_format(self) -> ReportFormat:
        return ReportFormat.UNIFORM if self._sheet is None else self._sheet.format
