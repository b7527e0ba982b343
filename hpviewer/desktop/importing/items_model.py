"""Boundaries, project areas and policies of a file as a tree: an item, below it what it says, stored and new."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt

from hpviewer.desktop.importing.change_text import NameOf, value_text
from hpviewer.desktop.importing.changes_model import CHANGE_ROLE
from hpviewer.desktop.plain_tip import plain_tip
from hpviewer.desktop.two_levels import NO_PARENT, Index, TwoLevelModel
from hpviewer.places.place import PlaceCode
from hpviewer.records.change import ChangeKind, FieldChange
from hpviewer.session.import_preview import ItemPreview
from hpviewer.wording import say

_ROLE = Qt.ItemDataRole
_COLUMNS = ("item", "old", "new")


class ItemsModel(TwoLevelModel):
    """What is new or changes comes first; within that, items stand as in the file."""

    def __init__(self, name_of: NameOf, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name_of = name_of
        self._items: tuple[ItemPreview, ...] = ()

    def show_items(self, items: Sequence[ItemPreview]) -> None:
        self.beginResetModel()
        self._items = tuple(sorted(items, key=lambda one: one.kind is ChangeKind.UNCHANGED))
        self.endResetModel()

    def head_count(self) -> int:
        return len(self._items)

    def line_count(self, head: int) -> int:
        return len(self._items[head].fields)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return len(_COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> object:
        if role == _ROLE.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return say(f"desktop_importing.change.{_COLUMNS[section]}")
        return None

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self.line_at(index)
        if role in (_ROLE.DisplayRole, _ROLE.ToolTipRole):
            text = (
                self._head_text(self._items[index.row()], index.column())
                if line is None
                else self._line_text(self._items[line[0]].fields[line[1]], index.column())
            )
            return plain_tip(text) if role == _ROLE.ToolTipRole else text
        if role == CHANGE_ROLE:
            return self._items[index.row()].kind if line is None else self._line_kind(line)
        return None

    # -- inside ----------------------------------------------------------------------------------------

    def _head_text(self, one: ItemPreview, column: int) -> str:
        if column == 0:
            kind = say(f"desktop_importing.change.{one.kind.value}")
            return say("desktop_importing.change.record", kind=kind, title=self._title(one))
        return say(f"desktop_importing.item_kind.{self._sort(one)}") if column == 1 else self._gist(one)

    def _title(self, one: ItemPreview) -> str:
        if self._sort(one) in ("town", "community"):
            return self._name_of(PlaceCode(one.item.key))
        return one.title or say("desktop_importing.item.review_number")

    @staticmethod
    def _sort(one: ItemPreview) -> str:
        """The kind of the item, a boundary told by its level."""
        if one.item.kind.value != "shape":
            return one.item.kind.value
        return "community" if len(one.item.key) > 9 else "town"

    def _gist(self, one: ItemPreview) -> str:
        """What tells it from others at a glance: town and area, or number, clauses and status."""
        new = {field.field: field.new for field in one.fields if field.new not in (None, "")}
        words = [
            self._value(name, new[name])
            if name != "clauses"
            else say("desktop_importing.item.clause_count", count=new[name])
            for name in ("town", "area_ha", "doc_number", "clauses", "status")
            if name in new
        ]
        return say("desktop_importing.part_mark").join(words)

    def _line_text(self, change: FieldChange, column: int) -> str:
        if column == 0:
            return say(f"desktop_importing.item.{change.field}")
        return self._value(change.field, change.old if column == 1 else change.new)

    def _value(self, field: str, value: object) -> str:
        if field == "town" and value:
            return self._name_of(PlaceCode(str(value)))
        return value_text(field, value, self._name_of)

    def _line_kind(self, line: tuple[int, int]) -> ChangeKind | None:
        """Of an item that changes, what stays is muted."""
        one = self._items[line[0]]
        field = one.fields[line[1]]
        stays = one.kind is ChangeKind.UPDATED and field.old == field.new
        return ChangeKind.UNCHANGED if stays else None
