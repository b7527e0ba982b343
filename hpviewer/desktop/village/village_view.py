"""My village (我的村居): one community on one page, chosen from the list or on the map; no filters."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeySequence, QPixmap, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSplitter, QToolButton, QVBoxLayout, QWidget

from hpviewer.desktop.theme import Theme
from hpviewer.desktop.village.chooser import VillageChooser
from hpviewer.desktop.village.page_view import PageView
from hpviewer.desktop.village.paper_actions import PaperActions
from hpviewer.errors import HpviewerError
from hpviewer.places.place import PlaceCode
from hpviewer.records.filter import RecordFilter
from hpviewer.session.events import PlaceSelected
from hpviewer.session.export_desk import ExportDesk
from hpviewer.session.project_desk import ProjectDesk
from hpviewer.session.session import Session
from hpviewer.session.village import VillagePage
from hpviewer.wording import say

CAUSE = "village"
_LARGE = 2.0
Clip = Callable[[], QPixmap | None]


class VillageView(QWidget):
    """``clip`` grabs the map, or gives None while there is no picture to take; `refresh_clip` asks it again.

    A village chosen here becomes the whole filter of the session, so that the map goes there too; one chosen on
    the map comes here.
    """

    record_requested = Signal(str)  # a record was chosen and selected in the session: show its detail
    project_requested = Signal(str)  # id of a record, selected in the session: show its project
    policy_requested = Signal(str)  # a question: show what the policy documents answer

    def __init__(
        self,
        desk: ProjectDesk,
        session: Session,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        exports: ExportDesk,
        clip: Clip | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("villageView")
        self.setAccessibleName(say("desktop_village.title"))
        self.setWindowTitle(say("desktop_village.title"))
        self._desk, self._session, self._grab = desk, session, clip
        self._code: PlaceCode | None = None
        self._stale = True
        self._base = QFont(self.font())
        self.chooser = VillageChooser(desk, theme)
        self.page = PageView(theme)
        self.papers = PaperActions(exports, theme, self.page)
        self.large = QToolButton()
        self.message = QLabel()
        self._compose()
        self.chooser.chosen.connect(self._on_chosen)
        self.chooser.failed.connect(self.show_error)
        self.page.record_chosen.connect(self._on_record_chosen)
        self.page.project_chosen.connect(self._on_project_chosen)
        self.page.question_chosen.connect(self.policy_requested)
        self.papers.said.connect(self._say)
        ends = [
            session.subscribe(PlaceSelected, self._on_place_selected),
            desk.subscribe(self._on_outdated),
        ]
        self.destroyed.connect(lambda: [end() for end in ends])
        self.page.show_sentence(say("desktop_village.first"))

    @property
    def code(self) -> PlaceCode | None:
        """The place that is shown or on its way."""
        return self._code

    def show_village(self, code: PlaceCode) -> None:
        """A community, or a town."""
        if code != self._code:
            self._code = code
            self.papers.setEnabled(False)
        self.chooser.show_chosen(code)
        self._ask()

    def set_clip(self, clip: Clip | None) -> None:
        self._grab = clip
        self.refresh_clip()

    def refresh_clip(self) -> None:
        """The map shows something else: take its picture again if it shows the place of this page."""
        if self._grab is not None and self.page.page is not None and self._session.filter.place == self._code:
            self.page.show_clip(self._grab())

    def set_large(self, large: bool) -> None:
        """200 %: list, buttons and page."""
        self.large.setChecked(large)

    def show_error(self, error: HpviewerError) -> None:
        self._say(str(error))

    # -- composition -----------------------------------------------------------------------------------

    def _compose(self) -> None:
        title = QLabel(say("desktop_village.title"))
        title.setObjectName("villageTitle")
        title.setTextFormat(Qt.TextFormat.PlainText)
        bold = QFont(title.font())
        bold.setBold(True)
        title.setFont(bold)
        self.large.setText(say("desktop_village.large"))
        self.large.setToolTip(say("desktop_village.large_tip"))
        self.large.setAccessibleName(say("desktop_village.large_tip"))
        self.large.setCheckable(True)
        self.large.setProperty("role", "segment")
        self.large.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.large.toggled.connect(self._on_large_toggled)
        key = QShortcut(QKeySequence("Ctrl+Shift+L"), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self.large.toggle)
        head = QFrame()
        head.setObjectName("villageHead")
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(title)
        row.addStretch(1)
        row.addWidget(self.large)
        row.addWidget(self.papers)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        self.message.setContentsMargins(16, 4, 16, 4)
        self.message.setObjectName("villageMessage")
        self.message.setAccessibleName(say("desktop_village.message"))
        self.message.hide()
        self._split = QSplitter()
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(5)
        self._split.addWidget(self.chooser)
        self._split.addWidget(self.page)
        self._split.setStretchFactor(1, 1)
        self._split.setSizes([240, 700])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(self.message)
        layout.addWidget(self._split, 1)
        QWidget.setTabOrder(self.chooser.search, self.chooser.list)
        QWidget.setTabOrder(self.chooser.list, self.page)
        QWidget.setTabOrder(self.page, self.large)
        QWidget.setTabOrder(self.large, self.papers.first)
        self.setFocusProxy(self.chooser.search)

    # -- events ----------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._code is None and self._session.filter.place is not None:
            self._code = self._session.filter.place
        focused = self.focusWidget()
        if focused is None or focused is self.large:
            self.chooser.search.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._stale:
            self._stale = False
            self.chooser.refresh()
            if self._code is not None:
                self.show_village(self._code)

    def _on_place_selected(self, event: PlaceSelected) -> None:
        if event.code is None or event.code == self._code:
            return
        if self.isVisible():
            self.show_village(event.code)
        else:
            self._code, self._stale = event.code, True

    def _on_outdated(self) -> None:
        if self.isVisible():
            self.chooser.refresh()
            self._ask()
        else:
            self._stale = True

    # -- gestures --------------------------------------------------------------------------------------

    def _on_chosen(self, code: str) -> None:
        self.show_village(PlaceCode(code))
        self._session.set_filter(RecordFilter().at_place(PlaceCode(code)), CAUSE)

    def _on_record_chosen(self, record_id: str) -> None:
        self._session.select_record(record_id, CAUSE)
        self.record_requested.emit(record_id)

    def _on_project_chosen(self, record_id: str) -> None:
        self._session.select_record(record_id, CAUSE)
        self.project_requested.emit(record_id)

    def _on_large_toggled(self, large: bool) -> None:
        font = QFont(self._base)
        if large:
            font.setPointSizeF(font.pointSizeF() * _LARGE)
        size = f"{font.pointSizeF():g}pt"
        # under a style sheet of the application a font set here would not reach the children
        self.setStyleSheet(
            f"QLabel, QLineEdit, QListView, QToolButton {{ font-size: {size}; }}" if large else ""
        )
        self.page.enlarge(font)
        self._split.setSizes([360 if large else 240, 700])
        if self._code is not None:
            self.chooser.show_chosen(self._code)

    # -- the page --------------------------------------------------------------------------------------

    def _ask(self) -> None:
        if self._code is None:
            return
        wanted = self._code
        self._desk.village(wanted, None, lambda page: self._on_page(wanted, page), self.show_error)

    def _on_page(self, wanted: PlaceCode, page: VillagePage) -> None:
        if wanted != self._code:
            return
        self._say("")
        self.page.show_page(page)
        self.papers.look()
        self.refresh_clip()

    def _say(self, text: str) -> None:
        self.message.setText(text)
        self.message.setVisible(bool(text))
