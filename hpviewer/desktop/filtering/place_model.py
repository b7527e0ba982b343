"""Towns and their communities with record counts, most records first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from hpviewer.desktop.filtering.roles import Role
from hpviewer.places.place import Place, PlaceCode
from hpviewer.places.place_table import PlaceTable
from hpviewer.records.place_counts import same_counts
from hpviewer.wording import say

_Index = QModelIndex | QPersistentModelIndex
_Counts = Mapping[PlaceCode, int]
_NO_PARENT = QModelIndex()
_MANY = 60
"""Changed lines; of more the views are told as a whole."""


class PlaceModel(QAbstractItemModel):
    """Two levels. An index of a town has internal id 0, one of a community the number of its town plus one;

    that number is the town's place in the order of codes, so it outlives every re-sorting by count. The communities of
    a town are put in order when somebody looks into it: a province has 26,000, of which a few dozen are shown.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._places = PlaceTable((), {})
        self._numbers: dict[PlaceCode, int] = {}
        self._towns: list[PlaceCode] = []
        self._inside: Mapping[PlaceCode, Sequence[Place]] = {}
        self._lines: dict[PlaceCode, list[PlaceCode]] = {}  # of towns that somebody has looked into
        self._by_number: list[PlaceCode] = []
        self._rows: dict[PlaceCode, int] = {}
        self._counts: tuple[_Counts, _Counts] = ({}, {})
        self._unlocated: frozenset[PlaceCode] = frozenset()
        self._chosen: PlaceCode | None = None

    # -- content ---------------------------------------------------------------------------------------

    def set_places(
        self,
        towns: Sequence[Place],
        communities: Mapping[PlaceCode, Sequence[Place]],
        places: PlaceTable,
        unlocated: frozenset[PlaceCode],
    ) -> None:
        """The places of a catalogue: towns and, by town, communities in the order of their codes, and all by code.
        Counts start anew."""
        self.beginResetModel()
        self._places, self._inside, self._unlocated = places, communities, unlocated
        self._by_number = [town.code for town in towns]
        self._numbers = {code: number for number, code in enumerate(self._by_number)}
        self._counts = ({}, {})
        self._lines.clear()
        self._set_towns(list(self._by_number))
        self.endResetModel()

    def set_counts(self, towns: _Counts, communities: _Counts) -> None:
        """Records per place; sorts by count, then code, and keeps what is expanded or current."""
        if all(map(same_counts, self._counts, (towns, communities))):
            return
        before = self._counts
        order = _ordered(self._by_number, towns)
        looked_into = self._lines if len(self._lines) <= _MANY else {}
        lines = {town: self._ordered_line(town, communities) for town in looked_into}
        if order == self._towns and lines == self._lines:
            self._counts = (towns, communities)
            self._tell_changes(before)
            return
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        keys = [self.code(index) for index in old]
        self._counts, self._lines = (towns, communities), lines
        self._set_towns(order)
        self.changePersistentIndexList(old, [self.index_of(key) for key in keys])
        self.layoutChanged.emit()

    def set_chosen(self, code: PlaceCode | None) -> None:
        """The place that the filter names."""
        if code != self._chosen:
            before, self._chosen = self._chosen, code
            self._changed([place for place in (before, code) if place is not None])

    @property
    def chosen(self) -> PlaceCode | None:
        return self._chosen

    def code(self, index: _Index) -> PlaceCode | None:
        if not index.isValid():
            return None
        town = index.internalId()
        return self._towns[index.row()] if town == 0 else self._line(self._by_number[town - 1])[index.row()]

    def index_of(self, code: PlaceCode | None) -> QModelIndex:
        """Where a place stands now; an invalid index for none."""
        if code is None or code not in self._places:
            return QModelIndex()
        town = PlaceCode(code[:9])
        if code == town:
            return self.createIndex(self._rows[code], 0, 0)
        return self.createIndex(self._line(town).index(code), 0, self._numbers[town] + 1)

    def find(self, text: str) -> frozenset[PlaceCode]:
        """Places whose name holds the text, as shown or as official."""
        return self._places.named(text)

    # -- QAbstractItemModel ----------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: _Index = _NO_PARENT) -> QModelIndex:
        if column != 0 or not 0 <= row < self.rowCount(parent):  # hasIndex asks the same, three times as long
            return QModelIndex()
        if not parent.isValid():
            return self.createIndex(row, column, 0)
        return self.createIndex(row, column, self._numbers[self._towns[parent.row()]] + 1)

    def parent(self, index: _Index = _NO_PARENT) -> QModelIndex:  # type: ignore[override]
        if not index.isValid() or index.internalId() == 0:
            return QModelIndex()
        town = self._by_number[index.internalId() - 1]
        return self.createIndex(self._rows[town], 0, 0)

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        if not parent.isValid():
            return len(self._towns)
        if parent.internalId() == 0 and parent.column() == 0:
            return len(self._inside.get(self._towns[parent.row()], ()))
        return 0

    def hasChildren(self, parent: _Index = _NO_PARENT) -> bool:
        """Asked for every town at every new order; the inherited one would count its communities."""
        if not parent.isValid():
            return bool(self._towns)
        return parent.internalId() == 0 and self._towns[parent.row()] in self._inside

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        return 1

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        code = self.code(index)
        if code is None:
            return None
        place = self._places[code]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return place.name
            case Role.KEY:
                return code
            case Role.COUNT:
                return self._count(code)
            case Role.NOTE:
                return say("desktop.filters.position_missing") if code in self._unlocated else ""
            case Role.CHOSEN:
                return code == self._chosen
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                key = "place_tip_unlocated" if code in self._unlocated else "place_tip"
                return say(f"desktop.filters.{key}", name=place.name, count=self._count(code))
        return None

    # -- inside ----------------------------------------------------------------------------------------

    def _count(self, code: PlaceCode) -> int:
        return self._counts[len(code) > 9].get(code, 0)

    def _line(self, town: PlaceCode) -> list[PlaceCode]:
        """Communities of a town in their order."""
        line = self._lines.get(town)
        if line is None:
            line = self._lines[town] = self._ordered_line(town, self._counts[1])
        return line

    def _ordered_line(self, town: PlaceCode, counts: _Counts) -> list[PlaceCode]:
        return _ordered([place.code for place in self._inside.get(town, ())], counts)

    def _tell_changes(self, before: tuple[_Counts, _Counts]) -> None:
        def differing(codes: Sequence[PlaceCode], level: int) -> list[PlaceCode]:
            old, new = before[level], self._counts[level]
            return [code for code in codes if old.get(code, 0) != new.get(code, 0)]

        self._changed(differing(self._towns, 0))
        for line in self._lines.values():
            self._changed(differing(line, 1))

    def _set_towns(self, order: list[PlaceCode]) -> None:
        self._towns = order
        self._rows = {code: row for row, code in enumerate(order)}  # nobody has to look for it among 1,600

    def _changed(self, codes: Sequence[PlaceCode]) -> None:
        """Tell the views line by line: choosing a place changes no count, and telling them of all 184 lines
        took 9 ms. Of many lines, which are those of one parent, they are told as a whole."""
        indexes = [index for index in map(self.index_of, codes[: _MANY + 1]) if index.isValid()]
        if len(indexes) > _MANY:
            parent = indexes[0].parent()
            last = self.index(self.rowCount(parent) - 1, 0, parent)
            self.dataChanged.emit(self.index(0, 0, parent), last)
            return
        for index in indexes:
            self.dataChanged.emit(index, index)


def _ordered(codes: Sequence[PlaceCode], counts: _Counts) -> list[PlaceCode]:
    """Most records first; ``codes`` are in the order of codes, which stays where counts are equal."""
    return sorted(codes, key=lambda code: -counts.get(code, 0))
