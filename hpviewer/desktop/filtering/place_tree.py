"""The cascade: towns, and below a town its communities, with counts; one place at a time."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from hpviewer.desktop.filtering.content_views import ContentTree
from hpviewer.desktop.filtering.facet_delegate import FacetDelegate
from hpviewer.desktop.filtering.place_model import PlaceModel
from hpviewer.desktop.theme import Theme
from hpviewer.places.place import PlaceCode
from hpviewer.records.results import Facets, Suggestion, SuggestionKind
from hpviewer.session.events import CatalogueOpened, FilterChanged, ResultsLoaded
from hpviewer.session.session import Session
from hpviewer.wording import say

_CAUSE = "cascade"


class PlaceTree(QWidget):
    """A click or Enter chooses, the same again goes one step up (community, town, district)."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._matches: set[PlaceCode] = set()  # places that the search line found
        self._narrowed = False
        self.setObjectName("placeTree")
        title = QLabel(say("desktop.filters.place"))
        title.setIndent(0)
        title.setProperty("role", "section")
        self.search = QLineEdit()
        self.search.setObjectName("placeSearch")
        self.search.setPlaceholderText(say("desktop.filters.place_search"))
        self.search.setAccessibleName(say("desktop.filters.place_search"))
        self.search.setClearButtonEnabled(True)
        self.search.installEventFilter(self)
        self.model = PlaceModel(self)
        self.view = ContentTree(theme)
        self.view.setObjectName("placeView")
        self.view.setAccessibleName(say("desktop.filters.place"))
        self.view.setModel(self.model)
        self.view.setItemDelegate(FacetDelegate(theme, checks=False, parent=self.view))
        self.empty = QLabel()
        self.empty.setProperty("role", "empty")
        self.empty.setTextFormat(Qt.TextFormat.PlainText)
        self.empty.setWordWrap(True)
        self.empty.setIndent(0)
        self.empty.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(title)
        layout.addWidget(self.search)
        layout.addWidget(self.empty)
        layout.addWidget(self.view)
        self.setTabOrder(self.search, self.view)
        title.setBuddy(self.view)

        self.view.clicked.connect(self._on_chosen)
        self.view.chosen.connect(self._on_chosen)
        self.view.letters_typed.connect(self._on_letters_typed)
        self.search.textChanged.connect(self._on_search_changed)
        self.search.returnPressed.connect(self._on_return)
        theme.changed.connect(lambda: self.view.viewport().update())
        session.subscribe(CatalogueOpened, lambda _: self._read_places())
        session.subscribe(FilterChanged, lambda event: self._show_chosen(event.filter.place))
        session.subscribe(ResultsLoaded, lambda event: self._show_counts(event.results.facets))
        if session.info is not None:
            self._read_places()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            if event.key() == Qt.Key.Key_Down:
                self._enter_tree()
                return True
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
        return super().eventFilter(watched, event)

    # -- from the session ------------------------------------------------------------------------------

    def _read_places(self) -> None:
        session = self._session
        self.model.set_places(
            session.towns(), session.communities, session.places, session.unlocated_communities
        )
        if session.results is not None:
            self._show_counts(session.results.facets)
        self._show_chosen(session.filter.place)
        self._on_search_changed(self.search.text())

    def _show_counts(self, facets: Facets) -> None:
        self.model.set_counts(facets.town, facets.community)

    def _show_chosen(self, code: PlaceCode | None) -> None:
        if code == self.model.chosen and self.view.currentIndex().isValid():
            return
        self.model.set_chosen(code)
        index = self.model.index_of(code)
        if not index.isValid():
            return
        self.view.expand(index.parent() if index.parent().isValid() else index)
        self.view.setCurrentIndex(index)
        self.view.reveal_soon(index)

    # -- gestures --------------------------------------------------------------------------------------

    def _on_chosen(self, index: QModelIndex) -> None:
        code = self.model.code(index)
        if code is None:
            return
        if code == self._session.filter.place:
            self._session.go_up(_CAUSE)
        else:
            self._session.select_place(code, _CAUSE)

    def _on_letters_typed(self, text: str) -> None:
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.setText(text)

    def _on_search_changed(self, text: str) -> None:
        text = text.strip()
        if not text:
            self._narrow_to(None, text)
        elif text.isascii():  # a reading: only the catalogue knows how a name is read
            self._session.suggest(text, self._on_readings)
        else:
            self._narrow_to(self.model.find(text), text)

    def _on_readings(self, text: str, found: tuple[Suggestion, ...]) -> None:
        if text == self.search.text().strip():
            codes = (PlaceCode(item.key) for item in found if item.kind is SuggestionKind.PLACE)
            self._narrow_to(codes, text)

    def _on_return(self) -> None:
        index = self._first_match()
        if index.isValid() and self.search.text().strip():
            self.search.clear()
            code = self.model.code(index)
            if code != self._session.filter.place:
                self._session.select_place(code, _CAUSE)

    # -- inside ----------------------------------------------------------------------------------------

    def _narrow_to(self, codes: Iterable[PlaceCode] | None, text: str) -> None:
        """Hide every line but these and the towns above them; None shows all."""
        if codes is None and not self._narrowed:  # looking at 27,600 lines that all show takes 100 ms
            return
        self._narrowed = codes is not None
        shown = None if codes is None else set(codes)
        self._matches = shown or set()
        root = QModelIndex()
        any_shown = False
        for row in range(self.model.rowCount()):
            town = self.model.index(row, 0)
            inside = False
            for child in range(self.model.rowCount(town)):
                visible = shown is None or self.model.code(self.model.index(child, 0, town)) in shown
                inside = inside or visible
                self.view.setRowHidden(child, town, not visible)
            visible = shown is None or inside or self.model.code(town) in shown
            any_shown = any_shown or visible
            self.view.setRowHidden(row, root, not visible)
            if shown is not None and inside:
                self.view.expand(town)
        self.empty.setVisible(not any_shown and self.model.rowCount() > 0)
        self.empty.setText(say("desktop.filters.place_none", text=text))
        self.view.lines_changed()

    def _first_match(self) -> QModelIndex:
        for row in range(self.model.rowCount()):
            town = self.model.index(row, 0)
            if self.view.isRowHidden(row, QModelIndex()):
                continue
            if self.model.code(town) in self._matches:
                return town
            for child in range(self.model.rowCount(town)):
                index = self.model.index(child, 0, town)
                if self.model.code(index) in self._matches:
                    return index
        return QModelIndex()

    def _enter_tree(self) -> None:
        index = self._first_match() if self.search.text().strip() else self.view.currentIndex()
        self.view.setCurrentIndex(index if index.isValid() else self.model.index(0, 0))
        self.view.setFocus(Qt.FocusReason.TabFocusReason)
