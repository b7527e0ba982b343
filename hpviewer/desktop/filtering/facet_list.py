"""The facets kind and year: several values at once, counted under the rest of the filter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from hpviewer.desktop.filtering.content_views import ContentList
from hpviewer.desktop.filtering.facet_delegate import FacetDelegate
from hpviewer.desktop.filtering.facet_model import FacetLine, FacetModel
from hpviewer.desktop.theme import Theme
from hpviewer.records.column import Column
from hpviewer.records.filter import RecordFilter
from hpviewer.records.kind import Kind
from hpviewer.records.results import Facets
from hpviewer.session.events import FilterChanged, ResultsLoaded
from hpviewer.session.session import Session
from hpviewer.wording import say

_CAUSE = "facets"


class FacetList(QWidget):
    """A headed list. What is ticked follows the filter at once, counts follow with the results."""

    def __init__(self, session: Session, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._facets: Facets | None = None
        heading = QLabel(title)
        heading.setIndent(0)
        heading.setProperty("role", "section")
        self.model = FacetModel(self)
        self.view = ContentList()
        self.view.setAccessibleName(title)
        self.view.setModel(self.model)
        self.view.setItemDelegate(FacetDelegate(theme, checks=True, parent=self.view))
        heading.setBuddy(self.view)
        self.empty = QLabel(say("desktop.filters.none"))
        self.empty.setProperty("role", "empty")
        self.empty.setWordWrap(True)
        self.empty.setIndent(0)
        self.empty.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(heading)
        layout.addWidget(self.empty)
        layout.addWidget(self.view)
        self.view.clicked.connect(self._on_chosen)
        self.view.chosen.connect(self._on_chosen)
        theme.changed.connect(lambda: self.view.viewport().update())
        session.subscribe(FilterChanged, lambda _: self._redraw())
        session.subscribe(ResultsLoaded, lambda event: self._show(event.results.facets))
        if session.results is not None:
            self._show(session.results.facets)

    def lines(self, facets: Facets, chosen: RecordFilter) -> Sequence[FacetLine]:
        """The lines to show; each facet says which."""
        raise NotImplementedError

    def toggled(self, chosen: RecordFilter, key: object) -> RecordFilter:
        """The filter with this value added or taken away."""
        raise NotImplementedError

    def _show(self, facets: Facets) -> None:
        self._facets = facets
        self._redraw()

    def _redraw(self) -> None:
        if self._facets is None:
            return
        current = self.view.currentIndex()
        key = self.model.line(current).key if current.isValid() else None
        if self.model.set_lines(self.lines(self._facets, self._session.filter)):
            row = self.model.row_of(key) if current.isValid() else -1
            if row >= 0:
                self.view.setCurrentIndex(self.model.index(row))
            self.view.updateGeometry()
        empty = self.model.rowCount() == 0
        self.empty.setVisible(empty)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus if empty else Qt.FocusPolicy.StrongFocus)

    def _on_chosen(self, index: QModelIndex) -> None:
        line = self.model.line(index)
        if not line.heading:
            self._session.set_filter(self.toggled(self._session.filter, line.key), _CAUSE)


class KindFacet(FacetList):
    """Kinds in the order of the procedure, below the name of their column."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, theme, say("desktop.filters.kind"), parent)
        self.setObjectName("kindFacet")

    def lines(self, facets: Facets, chosen: RecordFilter) -> Sequence[FacetLine]:
        result: list[FacetLine] = []
        for column in Column:
            values = [
                FacetLine(kind, kind.value, facets.kind.get(kind, 0), kind in chosen.kinds)
                for kind in Kind
                if kind.column is column and (facets.kind.get(kind) or kind in chosen.kinds)
            ]
            if values:
                result += [FacetLine(column, column.value), *values]
        return result

    def toggled(self, chosen: RecordFilter, key: object) -> RecordFilter:
        kinds = set(chosen.kinds) ^ {key}
        return replace(chosen, kinds=tuple(kind for kind in Kind if kind in kinds))


class YearFacet(FacetList):
    """Years, newest first; records whose source gives no date come last."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, theme, say("desktop.filters.year"), parent)
        self.setObjectName("yearFacet")

    def lines(self, facets: Facets, chosen: RecordFilter) -> Sequence[FacetLine]:
        years = {year for year, count in facets.year.items() if count} | set(chosen.years)
        return [
            FacetLine(year, year_text(year), facets.year.get(year, 0), year in chosen.years)
            for year in sorted(years, key=_newest_first)
        ]

    def toggled(self, chosen: RecordFilter, key: object) -> RecordFilter:
        assert key is None or isinstance(key, int)
        years = set(chosen.years) ^ {key}
        return replace(chosen, years=tuple(sorted(years, key=_newest_first)))


def year_text(year: int | None) -> str:
    """2023, or the words for a record without a date."""
    return say("desktop.filters.year_unknown") if year is None else str(year)


def _newest_first(year: int | None) -> int:
    return 1 if year is None else -year
