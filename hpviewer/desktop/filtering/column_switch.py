"""All, or one of the website's two columns: a segmented switch with counts."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from hpviewer.records.column import Column
from hpviewer.records.filter import RecordFilter
from hpviewer.records.results import Results
from hpviewer.session.events import FilterChanged, ResultsLoaded
from hpviewer.session.session import Session
from hpviewer.wording import say

_CAUSE = "column"


class ColumnSwitch(QFrame):
    """Left and Right move the choice, as in any group of buttons of which one is down."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setObjectName("columnSwitch")
        self.setAccessibleName(say("desktop.column.name"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        self._group = QButtonGroup(self)
        self.buttons: dict[Column | None, QPushButton] = {}
        for column in (None, *Column):
            button = QPushButton(_name(column))
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setProperty("role", "segment")
            button.setToolTip(
                say("desktop.column.tip_all")
                if column is None
                else say("desktop.column.tip", name=column.value)
            )
            self._group.addButton(button)
            self.buttons[column] = button
            layout.addWidget(button)
        self.buttons[session.filter.column].setChecked(True)
        self._group.buttonToggled.connect(self._on_toggled)
        session.subscribe(FilterChanged, lambda event: self._show_choice(event.filter))
        session.subscribe(ResultsLoaded, lambda event: self._show_counts(event.results))
        if session.results is not None:
            self._show_counts(session.results)

    def _on_toggled(self, button: QPushButton, down: bool) -> None:
        if down:
            column = next(column for column, candidate in self.buttons.items() if candidate is button)
            self._session.set_filter(replace(self._session.filter, column=column), _CAUSE)

    def _show_choice(self, chosen: RecordFilter) -> None:
        self.buttons[chosen.column].setChecked(True)

    def _show_counts(self, results: Results) -> None:
        counts = results.facets.column
        for column, button in self.buttons.items():
            count = sum(counts.values()) if column is None else counts.get(column, 0)
            button.setText(say("desktop.column.button", name=_name(column), count=f"{count:,}"))
            button.setAccessibleName(say("desktop.column.accessible", name=_name(column), count=count))


def _name(column: Column | None) -> str:
    return say("desktop.column.all") if column is None else column.value
