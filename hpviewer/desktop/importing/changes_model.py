"""Changes as a tree: a record (or boundary, policy, report), below it its fields with the old and the new value."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from hpviewer.desktop.importing.change_text import NameOf, field_label, number_of, title_of, value_text
from hpviewer.desktop.plain_tip import plain_tip
from hpviewer.records.change import ChangeKind, FieldChange, RecordChange
from hpviewer.session.change_log import ChangedItem, ChangedValue, kind_words, value_words
from hpviewer.wording import say

_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_ROLE = Qt.ItemDataRole
CHANGE_ROLE = Qt.ItemDataRole.UserRole + 1
"""ChangeKind of a record's row."""
_PAGE = 500
"""Records that a view lays out at once; 100,000 held the window up for 0.8 s."""
_COLUMNS = ("what", "old", "new")
_Change = RecordChange | ChangedItem
_Field = FieldChange | ChangedValue


class ChangesModel(QAbstractItemModel):
    """Fields are worked out when a record is unfolded, records come as one scrolls: there may be 100,000."""

    def __init__(self, name_of: NameOf, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name_of = name_of
        self._changes: Sequence[_Change] = ()
        self._fields: dict[int, tuple[_Field, ...]] = {}
        self._shown = 0

    def show_changes(self, changes: Sequence[_Change]) -> None:
        self.beginResetModel()
        self._changes, self._fields = changes, {}
        self._shown = min(len(changes), _PAGE)
        self.endResetModel()

    def fields(self, row: int) -> tuple[_Field, ...]:
        if row not in self._fields:
            change = self._changes[row]
            self._fields[row] = change.values if isinstance(change, ChangedItem) else change.fields
        return self._fields[row]

    # -- Qt's questions; a field's index carries its record's row + 1 as id ----------------------------

    def index(self, row: int, column: int, parent: _Index = _NONE) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: _Index = _NONE) -> QModelIndex:  # type: ignore[override]
        owner = index.internalId() if index.isValid() else 0
        return self.createIndex(owner - 1, 0, 0) if owner else QModelIndex()

    def rowCount(self, parent: _Index = _NONE) -> int:
        if not parent.isValid():
            return self._shown
        if parent.internalId() or parent.column():
            return 0
        return len(self.fields(parent.row()))

    def canFetchMore(self, parent: _Index = _NONE) -> bool:
        return not parent.isValid() and self._shown < len(self._changes)

    def fetchMore(self, parent: _Index = _NONE) -> None:
        more = min(_PAGE, len(self._changes) - self._shown)
        if not parent.isValid() and more > 0:
            self.beginInsertRows(QModelIndex(), self._shown, self._shown + more - 1)
            self._shown += more
            self.endInsertRows()

    def hasChildren(self, parent: _Index = _NONE) -> bool:
        if not parent.isValid():
            return bool(self._changes)
        if parent.internalId() or parent.column():
            return False
        return _kind(self._changes[parent.row()]) is not ChangeKind.UNCHANGED

    def columnCount(self, parent: _Index = _NONE) -> int:
        return len(_COLUMNS)

    def data(self, index: _Index, role: int = _ROLE.DisplayRole) -> object:
        if not index.isValid():
            return None
        owner = index.internalId()
        if role in (_ROLE.DisplayRole, _ROLE.ToolTipRole):
            text = (
                self._field_text(self.fields(owner - 1)[index.row()], index.column())
                if owner
                else self._record_text(self._changes[index.row()], index.column())
            )
            return plain_tip(text) if role == _ROLE.ToolTipRole else text
        if role == CHANGE_ROLE and not owner:
            return _kind(self._changes[index.row()])
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> object:
        if role == _ROLE.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return say(f"desktop_importing.change.{_COLUMNS[section]}")
        return None

    def _record_text(self, change: _Change, column: int) -> str:
        if column == 0:
            kind = say(f"desktop_importing.change.{_kind(change).value}")
            return say("desktop_importing.change.record", kind=kind, title=_title(change))
        if column == 1:
            return kind_words(change.kind) if isinstance(change, ChangedItem) else number_of(change)
        return ""

    def _field_text(self, change: _Field, column: int) -> str:
        if isinstance(change, ChangedValue):
            if column == 0:
                return change.label
            text = value_words(change.old if column == 1 else change.new)
            return " ".join(text.split()) or say("desktop_importing.absent")
        if column == 0:
            return field_label(change.field)
        return value_text(change.field, change.old if column == 1 else change.new, self._name_of)


def _kind(change: _Change) -> ChangeKind:
    return change.change if isinstance(change, ChangedItem) else change.kind


def _title(change: _Change) -> str:
    return change.name if isinstance(change, ChangedItem) else title_of(change)
