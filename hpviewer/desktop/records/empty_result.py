"""No record: which condition keeps how many away, what has a similar name, how old the catalogue is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from hpviewer.desktop.plain_tip import plain_tip
from hpviewer.desktop.records.flow_layout import FlowLayout
from hpviewer.desktop.records.value_label import ValueLabel
from hpviewer.places.place import Match
from hpviewer.records.filter import Part
from hpviewer.records.results import Removal, Results
from hpviewer.session.session import Session
from hpviewer.wording import say

_CAUSE = "empty"


class EmptyResult(QScrollArea):
    """Shown instead of the table. Each condition whose removal helps is a button, each similar name too."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("empty_result")
        self.setAccessibleName(say("desktop_records.empty.title"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._session = session
        self._results: Results | None = None
        body = QWidget()
        body.setObjectName("empty_result_body")
        body.setBackgroundRole(QPalette.ColorRole.Base)
        body.setAutoFillBackground(True)
        self._title = ValueLabel(role="title")
        self._why = ValueLabel(role="muted")
        self._removals, self._removal_flow = _flow()
        self._near = ValueLabel(role="muted")
        self._nearest, self._nearest_flow = _flow()
        self._date = ValueLabel(role="muted")
        self.clear_button = QPushButton(say("desktop_records.empty.clear"))
        self.clear_button.setObjectName("empty_clear")
        self.clear_button.setAutoDefault(False)
        self.clear_button.clicked.connect(self._on_clear_clicked)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(8)
        for widget in (self._title, self._why, self._removals, self._near, self._nearest, self._date):
            layout.addWidget(widget)
        layout.addWidget(self.clear_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)
        self.setWidget(body)

    def show_results(self, results: Results) -> None:
        """``results.total`` is 0."""
        self._results = results
        helping = [removal for removal in results.removals if removal.count > 0]
        filtered = bool(results.filter.active())
        self._title.setText(say(f"desktop_records.empty.{'title' if filtered else 'catalogue'}"))
        self._why.setText(self._reason(filtered, bool(helping)))
        self._removal_flow.clear()
        for removal in helping:
            self._removal_flow.addWidget(self._removal_button(removal))
        self._removals.setVisible(bool(helping))
        self._nearest_flow.clear()
        for match in results.nearest:
            self._nearest_flow.addWidget(self._nearest_button(match))
        text = results.filter.text.strip()
        self._near.setText(say("desktop_records.empty.nearest", text=text) if text else "")
        self._near.setVisible(bool(results.nearest) and bool(text))
        self._nearest.setVisible(bool(results.nearest))
        info = self._session.info
        self._date.setText(say("desktop_records.empty.date", date=info.data_date) if info else "")
        self._date.setVisible(info is not None and bool(info.data_date))
        self.clear_button.setVisible(filtered)

    def _reason(self, filtered: bool, helps: bool) -> str:
        if not filtered:
            return say("desktop_records.empty.catalogue_next")
        return say(f"desktop_records.empty.{'why' if helps else 'no_single'}")

    def _removal_button(self, removal: Removal) -> QPushButton:
        part = say(f"desktop_records.part.{removal.part}")
        button = _button(say("desktop_records.empty.removal", part=part, count=f"{removal.count:,}"))
        button.setObjectName(f"remove_{removal.part}")
        button.clicked.connect(lambda _checked=False, part=removal.part: self._remove(part))
        return button

    def _nearest_button(self, match: Match) -> QPushButton:
        button = _button(
            say("desktop_records.empty.near", name=match.name, town=match.town)
            if match.town and match.town != match.name
            else match.name
        )
        button.setObjectName(f"nearest_{match.code}")
        button.setToolTip(plain_tip(match.why))
        button.clicked.connect(lambda _checked=False, match=match: self._go_to(match))
        return button

    def _remove(self, part: Part) -> None:
        self._session.set_filter(self._session.filter.without(part), _CAUSE)

    def _go_to(self, match: Match) -> None:
        self._session.set_filter(self._session.filter.without(Part.TEXT).at_place(match.code), _CAUSE)

    def _on_clear_clicked(self) -> None:
        self._session.clear(_CAUSE)


def _flow() -> tuple[QWidget, FlowLayout]:
    widget = QWidget()
    return widget, FlowLayout(widget, gap=8, line_gap=8)


def _button(text: str) -> QPushButton:
    """Plain text, an & included."""
    button = QPushButton(text.replace("&", "&&"))
    button.setProperty("role", "suggestion")
    button.setAccessibleName(text)
    button.setAutoDefault(False)
    return button
