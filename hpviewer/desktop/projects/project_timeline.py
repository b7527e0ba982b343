"""The project of the selected record: its records in time, where it lies, each stage with its article, its links."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from hpviewer.desktop.projects.link_actions import LinkActions
from hpviewer.desktop.projects.stage_row import StageRow
from hpviewer.desktop.projects.time_axis import TimeAxis
from hpviewer.desktop.records.figures import hectares
from hpviewer.desktop.records.flow_layout import FlowLayout
from hpviewer.desktop.records.links import Link
from hpviewer.desktop.records.value_label import ValueLabel
from hpviewer.desktop.theme import Theme
from hpviewer.errors import HpviewerError
from hpviewer.places.place import Place, PlaceCode
from hpviewer.session.events import RecordSelected
from hpviewer.session.linked_projects import ProjectPage
from hpviewer.session.project_desk import ProjectDesk
from hpviewer.session.session import Session
from hpviewer.session.village import deadline_line
from hpviewer.wording import say

CAUSE = "project"


class ProjectTimeline(QStackedWidget):
    """Asks only while it is on the screen; without a selected record it says how to get one."""

    def __init__(
        self, desk: ProjectDesk, session: Session, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("projectTimeline")
        self.setAccessibleName(say("desktop_projects.name"))
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self._desk, self._session, self._theme = desk, session, theme
        self._page: ProjectPage | None = None
        self._record_id = ""
        self._stale = True
        self._hint = QLabel()
        self._hint.setObjectName("projectHint")
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        self._hint.setWordWrap(True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setContentsMargins(24, 24, 24, 24)
        self._hint.setProperty("role", "muted")
        self._hint.setText(say("desktop_projects.none_selected"))
        self.axis = TimeAxis(theme)
        self.axis.record_chosen.connect(self._on_record_chosen)
        self.links = LinkActions(desk)
        self.links.failed.connect(self._fail)
        self._title = ValueLabel(role="title")
        self._title.setObjectName("projectTitle")
        self._facts = ValueLabel(role="muted")
        self._places = QWidget()
        self._place_flow = FlowLayout(self._places, gap=4)
        self._deadlines = ValueLabel(role="warn")
        self._basis = ValueLabel(role="muted")
        self._reasons = ValueLabel()
        self._stages = QWidget()
        self._stage_column = QVBoxLayout(self._stages)
        self._stage_column.setContentsMargins(0, 0, 0, 0)
        self._stage_column.setSpacing(0)
        self._rows: list[StageRow] = []
        self._caveats = ValueLabel(role="muted")
        self._scroll = self._compose()
        self.addWidget(self._hint)
        self.addWidget(self._scroll)
        ends = [
            session.subscribe(RecordSelected, self._on_record_selected),
            desk.subscribe(self._on_outdated),
        ]
        self.destroyed.connect(lambda: [end() for end in ends])
        theme.changed.connect(self._on_theme_changed)

    @property
    def page(self) -> ProjectPage | None:
        """What is shown."""
        return self._page

    @property
    def rows(self) -> tuple[StageRow, ...]:
        return tuple(self._rows)

    # -- composition -----------------------------------------------------------------------------------

    def _compose(self) -> QScrollArea:
        body = QWidget()
        body.setObjectName("projectBody")
        body.setBackgroundRole(QPalette.ColorRole.Base)
        body.setAutoFillBackground(True)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(6)
        for widget in (self._title, self._places, self._facts, self.axis, self._deadlines):
            layout.addWidget(widget)
        layout.addWidget(_heading("stages"))
        layout.addWidget(self._basis)
        layout.addWidget(self._stages)
        layout.addWidget(self._caveats)
        layout.addSpacing(8)
        layout.addWidget(_heading("links"))
        layout.addWidget(self._reasons)
        layout.addWidget(self.links)
        layout.addStretch(1)
        scroll = QScrollArea()
        scroll.setObjectName("projectScroll")
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        scroll.setAccessibleName(say("desktop_projects.name"))
        scroll.setWidget(body)
        return scroll

    # -- events ----------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._ask()

    def _on_record_selected(self, event: RecordSelected) -> None:
        self._on_outdated()

    def _on_outdated(self) -> None:
        self._stale = True
        if self.isVisible():
            self._ask()

    def _on_theme_changed(self) -> None:
        for row in self._rows:
            row.paint_state()

    # -- showing ---------------------------------------------------------------------------------------

    def _ask(self) -> None:
        self._stale = False
        detail = self._session.detail
        if detail is None:
            self._page, self._record_id = None, ""
            self._hint.setText(say("desktop_projects.none_selected"))
            self.setCurrentWidget(self._hint)
            return
        self._record_id = detail.record.id
        wanted = self._record_id
        self._desk.project_of(wanted, None, lambda page: self._show(wanted, page), self._fail)

    def _show(self, wanted: str, page: ProjectPage) -> None:
        if wanted != self._record_id:
            return
        same = self._page is not None and self._page.group.key == page.group.key
        self._page = page
        self._title.setText(page.name)
        self._show_places(page)
        count = say("desktop_projects.count", count=len(page.records))
        areas = say("session_village.list_mark").join(hectares(one) for one in page.areas)
        area = say("desktop_projects.areas", areas=areas) if areas else say("desktop_projects.no_area")
        self._facts.setText(f"{count} {area}")
        self.axis.show_records(page.records, wanted)
        self._set_text(self._deadlines, "\n".join(map(deadline_line, page.deadlines)))
        self._set_text(self._basis, page.timeline.basis)
        self._show_stages(page)
        self._set_text(self._caveats, "\n".join(page.timeline.caveats))
        alone = say("desktop_projects.alone")
        self._reasons.setText("\n".join(one.sentence for one in page.group.reasons) or alone)
        self.links.show_project(page, wanted)
        self.setCurrentWidget(self._scroll)
        if not same:
            self._scroll.verticalScrollBar().setValue(0)

    def _show_places(self, page: ProjectPage) -> None:
        self._place_flow.clear()
        places: tuple[Place, ...] = (*page.towns, *page.communities)
        for place in places:
            link = Link(place.name, say("desktop_projects.choose_place", name=place.name))
            link.clicked.connect(lambda _checked=False, code=place.code: self._on_place_chosen(code))
            self._place_flow.addWidget(link)
        if not places:
            label = QLabel(say("desktop_projects.no_place"))
            label.setProperty("role", "muted")
            self._place_flow.addWidget(label)

    def _show_stages(self, page: ProjectPage) -> None:
        for row in self._rows:
            self._stage_column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [
            StageRow(page, one, self._theme, self._on_record_chosen) for one in page.timeline.stages
        ]
        for row in self._rows:
            self._stage_column.addWidget(row)
        if not self._rows:
            self._set_text(self._basis, say("desktop_projects.no_stage"))

    @staticmethod
    def _set_text(label: QLabel, text: str) -> None:
        label.setText(text)
        label.setVisible(bool(text))

    def _fail(self, error: HpviewerError) -> None:
        if self._page is not None:
            self.links.say_error(error)
            return
        self._hint.setText(str(error))
        self.setCurrentWidget(self._hint)

    # -- gestures --------------------------------------------------------------------------------------

    def _on_record_chosen(self, record_id: str) -> None:
        self._session.select_record(record_id, CAUSE)

    def _on_place_chosen(self, code: PlaceCode) -> None:
        self._session.select_place(code, CAUSE)


def _heading(key: str) -> QLabel:
    label = QLabel(say(f"desktop_projects.heading.{key}"))
    label.setProperty("role", "muted")
    label.setStyleSheet("font-weight: bold;")
    return label
