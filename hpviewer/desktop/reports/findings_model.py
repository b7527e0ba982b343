"""Findings as a tree: a line per severity, below it its findings; at the end the dismissed ones."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QModelIndex, QObject, Qt

from hpviewer.desktop.two_levels import NO_PARENT, Index, TwoLevelModel
from hpviewer.reports.finding import Dismissal, Finding, Severity
from hpviewer.session.report_sheet import ReportSheet
from hpviewer.wording import say

_ROLE = Qt.ItemDataRole


class FindingRole(IntEnum):
    FINDING = _ROLE.UserRole + 1  # Finding; None for a heading
    DISMISSAL = _ROLE.UserRole + 2  # Dismissal, or None


@dataclass(frozen=True, slots=True)
class Group:
    key: str  # a severity, or "dismissed"
    findings: tuple[tuple[Finding, Dismissal | None], ...]


class FindingsModel(TwoLevelModel):
    """Groups without findings are left out."""

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
                    return self.line_index(at, row)
        return QModelIndex()

    def finding(self, index: Index) -> tuple[Finding, Dismissal | None] | None:
        line = self.line_at(index)
        return None if line is None else self._groups[line[0]].findings[line[1]]

    def head_count(self) -> int:
        return len(self._groups)

    def line_count(self, head: int) -> int:
        return len(self._groups[head].findings)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 1

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> object:
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
