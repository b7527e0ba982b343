"""Towns and their communities with record counts, most records first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from hpviewer.desktop.filtering.roles import Role
from hpviewer.places.place import Place, PlaceCode
from hpviewer.wording import say

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_MANY = 60
"""Changed lines; of more the views are told as a whole."""


class PlaceModel(QAbstractItemModel):
    """Two levels. An index of a town has internal id 0, one of a community the number of its town plus one;

    that number is the town's place in the order of codes, so it outlives every re-sorting by count.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._places: dict[PlaceCode, Place] = {}
        self._numbers: dict[PlaceCode, int] = {}
        self._towns: list[PlaceCode] = []
        self._communities: dict[PlaceCode, list[PlaceCode]] = {}
        self._by_number: list[PlaceCode] = []
        self._rows: dict[PlaceCode, int] = {}
        self._counts: dict[PlaceCode, int] = {}
        self._unlocated: frozenset[PlaceCode] = frozenset()
        self._chosen: PlaceCode | None = None

    # -- content ---------------------------------------------------------------------------------------

    def set_places(
        self,
        towns: Sequence[Place],
        communities: Mapping[PlaceCode, Sequence[Place]],
        unlocated: frozenset[PlaceCode],
    ) -> None:
        """The places of a catalogue; counts start anew."""
        self.beginResetModel()
        self._places = {place.code: place for place in towns}
        self._by_number = sorted(self._places)
        self._numbers = {code: number for number, code in enumerate(self._by_number)}
        self._communities = {}
        for town in self._by_number:
            inside = communities.get(town, ())
            self._places.update({place.code: place for place in inside})
            self._communities[town] = sorted(place.code for place in inside)
        self._towns = list(self._by_number)
        self._rows = {}
        for line in (self._towns, *self._communities.values()):
            self._number(line)
        self._counts = {}
        self._unlocated = unlocated
        self.endResetModel()

    def set_counts(self, counts: Mapping[PlaceCode, int]) -> None:
        """Records per place; sorts by count, then code, and keeps what is expanded or current."""
        before, self._counts = self._counts, dict(counts)
        if before == self._counts:
            return
        changed = {code for code, _ in before.items() ^ self._counts.items()} & self._places.keys()
        towns = sorted(self._by_number, key=self._rank)
        inside = {PlaceCode(code[:9]) for code in changed if len(code) > 9}
        communities = {town: sorted(self._communities[town], key=self._rank) for town in inside}
        moved = {town: codes for town, codes in communities.items() if codes != self._communities[town]}
        if towns != self._towns or moved:
            self.layoutAboutToBeChanged.emit()
            old = self.persistentIndexList()
            keys = [self.code(index) for index in old]
            self._towns = towns
            self._communities.update(moved)
            for line in (towns, *moved.values()):
                self._number(line)
            self.changePersistentIndexList(old, [self.index_of(key) for key in keys])
            self.layoutChanged.emit()
        if len(changed) > _MANY:
            self._all_changed(inside)
        else:
            self._changed(changed)

    def set_chosen(self, code: PlaceCode | None) -> None:
        """The place that the filter names."""
        if code != self._chosen:
            before, self._chosen = self._chosen, code
            self._changed(place for place in (before, code) if place is not None)

    @property
    def chosen(self) -> PlaceCode | None:
        return self._chosen

    def code(self, index: _Index) -> PlaceCode | None:
        if not index.isValid():
            return None
        town = index.internalId()
        return (
            self._towns[index.row()]
            if town == 0
            else self._communities[self._by_number[town - 1]][index.row()]
        )

    def index_of(self, code: PlaceCode | None) -> QModelIndex:
        """Where a place stands now; an invalid index for none."""
        if code is None or code not in self._places:
            return QModelIndex()
        town = PlaceCode(code[:9])
        if code == town:
            return self.createIndex(self._rows[code], 0, 0)
        return self.createIndex(self._rows[code], 0, self._numbers[town] + 1)

    def find(self, text: str) -> frozenset[PlaceCode]:
        """Places whose name holds the text, as shown or as official."""
        return frozenset(
            code for code, place in self._places.items() if text in place.name or text in place.official_name
        )

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
            return len(self._communities[self._towns[parent.row()]])
        return 0

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
                return self._counts.get(code, 0)
            case Role.NOTE:
                return say("desktop.filters.position_missing") if code in self._unlocated else ""
            case Role.CHOSEN:
                return code == self._chosen
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                key = "place_tip_unlocated" if code in self._unlocated else "place_tip"
                return say(f"desktop.filters.{key}", name=place.name, count=self._counts.get(code, 0))
        return None

    # -- inside ----------------------------------------------------------------------------------------

    def _rank(self, code: PlaceCode) -> tuple[int, PlaceCode]:
        return (-self._counts.get(code, 0), code)

    def _number(self, line: Sequence[PlaceCode]) -> None:
        """Where each of these stands, so that nobody has to look for it in a list of 1,600."""
        self._rows.update((code, row) for row, code in enumerate(line))

    def _all_changed(self, inside: Iterable[PlaceCode]) -> None:
        """One word for all towns and one for the communities of each of these."""
        if self._towns:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._towns) - 1, 0))
        for town in inside:
            number, rows = self._numbers[town] + 1, len(self._communities[town])
            if rows:
                self.dataChanged.emit(self.createIndex(0, 0, number), self.createIndex(rows - 1, 0, number))

    def _changed(self, codes: Iterable[PlaceCode]) -> None:
        """Tell the views line by line: choosing a place changes no count, and telling them of all 184 lines
        took 9 ms."""
        for code in codes:
            index = self.index_of(code)
            if index.isValid():
                self.dataChanged.emit(index, index)
