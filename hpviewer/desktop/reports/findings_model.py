"""Findings as a tree: a line per severity, below it its findings; at the end the dismissed ones."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from hpviewer.reports.finding import Dismissal, Finding, Severity
from hpviewer.session.report_sheet import ReportSheet
from hpviewer.wording import say

_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_ROLE = Qt.ItemDataRole


class FindingRole(IntEnum):
    FINDING = _ROLE.UserRole + 1  # Finding; None for a heading
    DISMISSAL = _ROLE.UserRole + 2  # Dismissal, or None


@dataclass(frozen=True, slots=True)
class Group:
    key: str  # a severity, or "dismissed"
    findings: tuple[tuple[Finding, Dismissal | None], ...]


class FindingsModel(QAbstractItemModel):
    """A finding's internal id is its group's position + 1, a heading's is 0. Groups without findings are left out."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups: tuple[Group, ...] = ()

    def show_sheet(self, sheet: ReportSheet | None) -> None:
        self.beginResetModel()
        self._groups = () if sheet is None else _grouped(sheet)
        self.endResetModel()

    def index_of(self, key: str) -> QModelIndex:
        """The line of a finding by its key; invalid when it is not shown."""
        for at, group in enumerate(self._groups):
            for row, (finding, _) in enumerate(group.findings):
                if finding.key == key:
                    return self.createIndex(row, 0, at + 1)
        return QModelIndex()

    def finding(self, index: _Index) -> tuple[Finding, Dismissal | None] | None:
        if not index.isValid() or not index.internalId():
            return None
        return self._groups[index.internalId() - 1].findings[index.row()]

    def index(self, row: int, column: int, parent: _Index = _NONE) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: _Index = _NONE) -> QModelIndex:  # type: ignore[override]  # Qt overloads the name
        if not index.isValid() or not index.internalId():
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, 0)

    def rowCount(self, parent: _Index = _NONE) -> int:
        if not parent.isValid():
            return len(self._groups)
        return 0 if parent.internalId() else len(self._groups[parent.row()].findings)

    def columnCount(self, parent: _Index = _NONE) -> int:
        return 1

    def data(self, index: _Index, role: int = _ROLE.DisplayRole) -> object:
        if not index.isValid():
            return None
        found = self.finding(index)
        if found is None:
            group = self._groups[index.row()]
            if role in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole):
                return say(f"desktop_reports.findings.{group.key}", count=len(group.findings))
            return None
        finding, dismissal = found
        if role == FindingRole.FINDING:
            return finding
        if role == FindingRole.DISMISSAL:
            return dismissal
        if role in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole):
            return self.text(finding, dismissal)
        return None

    @staticmethod
    def text(finding: Finding, dismissal: Dismissal | None) -> str:
        if dismissal is None:
            return finding.message
        reason = say("desktop_reports.findings.reason", reason=dismissal.reason)
        return f"{finding.message}\n{reason}"


def _grouped(sheet: ReportSheet) -> tuple[Group, ...]:
    groups = [
        Group(severity.value, tuple((each, None) for each in sheet.unproven if each.severity is severity))
        for severity in Severity
    ]
    groups.append(Group("dismissed", sheet.dismissed))
    return tuple(group for group in groups if group.findings)
