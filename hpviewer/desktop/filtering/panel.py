"""The column at the left: cascade, kinds, years, scrolled as one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from hpviewer.desktop.filtering.facet_list import KindFacet, YearFacet
from hpviewer.desktop.filtering.place_tree import PlaceTree
from hpviewer.desktop.theme import Theme
from hpviewer.session.session import Session
from hpviewer.wording import say


class FilterPanel(QScrollArea):
    """All facets below each other. The scroll area itself takes no focus: its facets do."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filterPanel")
        self.setAccessibleName(say("desktop.filters.name"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.places = PlaceTree(session, theme)
        self.kinds = KindFacet(session, theme)
        self.years = YearFacet(session, theme)
        content = QWidget()
        content.setObjectName("filterContent")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(8, 12, 8, 16)
        layout.setSpacing(16)
        for facet in (self.places, self.kinds, self.years):
            layout.addWidget(facet)
        layout.addStretch(1)
        self.setWidget(content)

    def tab_stops(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in the order of reading."""
        return (self.places.search, self.places.view, self.kinds.view, self.years.view)
