"""What the record keeper still lacks: towns with the largest shortfall first, their communities below them."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QPlainTextEdit, QTreeView, QVBoxLayout, QWidget

from hpviewer.desktop.gaps.gaps_model import COLUMNS, SORT, GapsModel
from hpviewer.desktop.records.value_label import ValueLabel
from hpviewer.desktop.theme import Theme
from hpviewer.errors import HpviewerError
from hpviewer.session.gaps import Gaps, PlaceGaps
from hpviewer.session.project_desk import ProjectDesk
from hpviewer.session.session import Session
from hpviewer.wording import say

CAUSE = "gaps"
_UNRESOLVED_SHOWN = 200


class GapsView(QWidget):
    """Enter or a double click on a line narrows the window to that place."""

    def __init__(
        self, desk: ProjectDesk, session: Session, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("gapsView")
        self.setAccessibleName(say("desktop_village.gaps.name"))
        self.setWindowTitle(say("desktop_village.gaps.name"))
        self._desk, self._session = desk, session
        self._stale = True
        self.summary = ValueLabel()
        self.model = GapsModel(self)
        self.sorted = QSortFilterProxyModel(self)
        self.sorted.setSourceModel(self.model)
        self.sorted.setSortRole(SORT)
        self.tree = QTreeView()
        self._set_up_tree()
        self.detail = ValueLabel(role="muted")
        self.detail.setObjectName("gapsDetail")
        self.unresolved_label = ValueLabel()
        self.unresolved = QPlainTextEdit()
        self.unresolved.setReadOnly(True)
        self.unresolved.setTabChangesFocus(True)
        self.unresolved.setAccessibleName(say("desktop_village.gaps.unresolved_name"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(self.summary)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self.detail)
        layout.addWidget(self.unresolved_label)
        layout.addWidget(self.unresolved)
        self.unresolved.setMaximumHeight(self.fontMetrics().height() * 6)
        theme.changed.connect(self.tree.viewport().update)
        end = desk.subscribe(self._on_outdated)
        self.destroyed.connect(lambda: end())

    def _set_up_tree(self) -> None:
        self.tree.setObjectName("gapsTree")
        self.tree.setAccessibleName(say("desktop_village.gaps.name"))
        self.tree.setModel(self.sorted)
        self.tree.setStyleSheet("QTreeView::item { padding: 2px 8px; }")
        self.tree.setUniformRowHeights(True)
        self.tree.setSortingEnabled(True)
        self.tree.setAllColumnsShowFocus(True)
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.tree.setExpandsOnDoubleClick(False)
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(COLUMNS.index("place"), QHeaderView.ResizeMode.Stretch)
        self.tree.selectionModel().currentRowChanged.connect(self._on_row_changed)
        self.tree.activated.connect(self._on_activated)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._ask()

    def _on_outdated(self) -> None:
        self._stale = True
        if self.isVisible():
            self._ask()

    def _ask(self) -> None:
        self._stale = False
        self._desk.gaps(self._show, self._fail)

    def _show(self, gaps: Gaps) -> None:
        self.model.set_towns(gaps.towns)
        empty = sum(not town.own.records for town in gaps.towns)
        communities = sum(town.empty for town in gaps.towns)
        self.summary.setText(
            say(
                "desktop_village.gaps.summary",
                towns=len(gaps.towns),
                empty=empty,
                communities=communities,
                average=f"{gaps.average:.2f}",
                date=gaps.data_date,
            )
        )
        self.detail.setText(say("desktop_village.gaps.choose"))
        lines = [
            say(
                "desktop_village.gaps.unresolved_line",
                title=one.record.title,
                place=one.record.place_as_written or say("desktop_village.gaps.no_place"),
            )
            for one in gaps.unresolved[:_UNRESOLVED_SHOWN]
        ]
        unresolved = say("desktop_village.gaps.unresolved", count=len(gaps.unresolved))
        self.unresolved_label.setText(unresolved if lines else say("desktop_village.gaps.all_resolved"))
        self.unresolved.setPlainText("\n".join(lines))
        self.unresolved.setVisible(bool(lines))

    def _fail(self, error: HpviewerError) -> None:
        self.summary.setText(str(error))

    def _gaps(self, index: QModelIndex) -> PlaceGaps | None:
        return self.model.gaps(self.sorted.mapToSource(index))

    def _on_row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        one = self._gaps(current)
        if one is not None:
            self.detail.setText(_in_words(one))

    def _on_activated(self, index: QModelIndex) -> None:
        one = self._gaps(index)
        if one is not None:
            self._session.select_place(one.place.code, CAUSE)


def _in_words(one: PlaceGaps) -> str:
    """Records by stage and by year, in a line each."""
    mark = say("session_village.list_mark")
    if not one.records:
        return say("desktop_village.gaps.nothing", name=one.place.name)
    kinds = mark.join(
        say("desktop_village.gaps.pair", name=kind.value, count=count) for kind, count in one.by_kind.items()
    )
    years = mark.join(
        say(
            "desktop_village.gaps.pair",
            name=year if year is not None else say("session_village.undated"),
            count=count,
        )
        for year, count in one.by_year.items()
    )
    return say("desktop_village.gaps.detail", name=one.place.name, kinds=kinds, years=years)
