"""The policy documents of the catalogue as an item model."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from hpviewer.desktop.plain_tip import plain_tip
from hpviewer.desktop.policies.policy_words import (
    STATUS_TOKEN,
    clause_count,
    number_of,
    status_line,
    title_of,
)
from hpviewer.session.policy_questions import Holding
from hpviewer.wording import say

Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_ROLE = Qt.ItemDataRole


class PolicyModel(QAbstractListModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._holdings: tuple[Holding, ...] = ()

    def show_holdings(self, holdings: Sequence[Holding]) -> None:
        self.beginResetModel()
        self._holdings = tuple(holdings)
        self.endResetModel()

    def holding(self, row: int) -> Holding | None:
        return self._holdings[row] if 0 <= row < len(self._holdings) else None

    def row_of(self, policy_id: str) -> int:
        """-1 for a document that is not there."""
        ids = (one.listed.policy.id for one in self._holdings)
        return next((row for row, one in enumerate(ids) if one == policy_id), -1)

    def lines_of(self, index: Index) -> tuple[str, str, str]:
        """Title, number with status and count of clauses, and the colour of these."""
        one = self._holdings[index.row()]
        policy = one.listed.policy
        below = say(
            "desktop_policies.line",
            number=number_of(policy),
            status=one.status.value,
            clauses=clause_count(one),
        )
        return title_of(policy), below, STATUS_TOKEN[one.status]

    def rowCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self._holdings)

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> object:
        one = self.holding(index.row()) if index.isValid() else None
        if one is None:
            return None
        policy = one.listed.policy
        if role == _ROLE.DisplayRole:
            return title_of(policy)
        if role in (_ROLE.AccessibleTextRole, _ROLE.ToolTipRole):
            words = say(
                "desktop_policies.item",
                title=title_of(policy),
                number=number_of(policy),
                status=status_line(policy, one.status),
                clauses=clause_count(one),
            )
            return plain_tip(words) if role == _ROLE.ToolTipRole else words
        return None
