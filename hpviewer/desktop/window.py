"""The main window: puts the views together, and knows the keys that belong to no view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QDataStream, QIODevice, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from hpviewer.desktop.dropped_files import files_of
from hpviewer.desktop.filtering.chip_bar import ChipBar
from hpviewer.desktop.filtering.column_switch import ColumnSwitch
from hpviewer.desktop.header_actions import HeaderActions
from hpviewer.desktop.icons import application_icon
from hpviewer.desktop.late_panel import LatePanel
from hpviewer.desktop.message_bar import MessageBar
from hpviewer.desktop.search.search_box import SearchBox
from hpviewer.desktop.status_line import StatusLine
from hpviewer.desktop.theme import Theme
from hpviewer.desktop.window_state import WindowState
from hpviewer.records.results import CatalogueInfo
from hpviewer.session.events import CatalogueOpened
from hpviewer.session.session import Session
from hpviewer.wording import say

if TYPE_CHECKING:
    from hpviewer.desktop.filtering.panel import FilterPanel
    from hpviewer.desktop.key_sheet import KeySheet

MINIMUM = QSize(1024, 700)
_FIRST = QSize(1366, 768)
_STATE_VERSION = 1
_LEFT = 210
_LEAST_LEFT = 184


class MainWindow(QMainWindow):
    """``tabs`` are (title, widget) below the table. ``state`` remembers size and division; None forgets them.

    Esc goes one place up when no widget has taken it before.
    """

    files_dropped = Signal(list)  # of Path, anywhere on the window: bring them in
    closed = Signal()  # the user closed the window; its layout is saved

    def __init__(
        self,
        session: Session,
        theme: Theme,
        map_panel: QWidget,
        table: QWidget,
        tabs: Sequence[tuple[str, QWidget]],
        state: WindowState | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._state = state
        self._key_sheet: KeySheet | None = None
        self.setObjectName("mainWindow")
        self.setAcceptDrops(True)
        self.setMinimumSize(MINIMUM)
        self.setWindowIcon(application_icon())
        self.setWindowTitle(say("desktop.window.title"))

        self.search = SearchBox(session, theme)
        self.search.setAcceptDrops(False)  # it would take the path of a file as text
        self.column_switch = ColumnSwitch(session)
        self.actions_bar = HeaderActions(theme)
        self.chip_bar = ChipBar(session, theme)
        self._filters = LatePanel(self._make_filters, when_shown=False)
        self._filters.setObjectName("filterColumn")
        self._filters.setMinimumWidth(_LEAST_LEFT)
        self.map_panel = map_panel
        self.table = table
        self.tabs = QTabWidget()
        self.tabs.setObjectName("lowerTabs")
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setAccessibleName(say("desktop.window.tabs"))
        for title, widget in tabs:
            self.tabs.addTab(widget, title)
        self.message_bar = MessageBar(session, theme)
        self.status_line = StatusLine(session)
        self._compose()
        self._bind_keys()
        self._restore()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        session.subscribe(CatalogueOpened, self._on_catalogue_opened)
        if session.info is not None:
            self._show_catalogue(session.info)

    def add_action(self, text: str, slot: Callable[[], object], menu_only: bool = False) -> QAction:
        """A button in the header, or an entry of its menu; returned so that it can be disabled or get a key."""
        return self.actions_bar.add(text, slot, menu_only)

    def add_bar(self, bar: QWidget) -> None:
        """Above the message bar, until the bar hides itself."""
        content = self.centralWidget().layout()
        assert isinstance(content, QVBoxLayout)
        content.insertWidget(content.indexOf(self.message_bar), bar)

    @property
    def filters(self) -> FilterPanel:
        """The column at the left; a start makes it when the map is painted."""
        late = not self._filters.is_made
        panel = self._filters.content
        if late:
            # Tab comes here after the chips, however late the column was made
            before: QWidget = self.chip_bar.clear_button
            for stop in panel.tab_stops():
                QWidget.setTabOrder(before, stop)
                before = stop
        return panel

    def _make_filters(self) -> FilterPanel:
        from hpviewer.desktop.filtering.panel import FilterPanel

        return FilterPanel(self._session, self._theme)

    @property
    def key_sheet(self) -> KeySheet:
        """Made when it is first asked for."""
        if self._key_sheet is None:
            from hpviewer.desktop.key_sheet import KeySheet

            self._key_sheet = KeySheet(self)
        return self._key_sheet

    # -- composition -----------------------------------------------------------------------------------

    def _compose(self) -> None:
        self.right = _splitter(Qt.Orientation.Vertical, "rightSplitter")
        self.right.addWidget(self.table)
        self.right.addWidget(self.tabs)
        self.table.setMinimumHeight(max(120, self.table.minimumHeight()))
        self.tabs.setMinimumHeight(200)
        self.right.setStretchFactor(0, 2)
        self.right.setStretchFactor(1, 3)
        self.main = _splitter(Qt.Orientation.Horizontal, "mainSplitter")
        for widget, stretch in ((self._filters, 0), (self.map_panel, 3), (self.right, 5)):
            self.main.addWidget(widget)
            self.main.setStretchFactor(self.main.count() - 1, stretch)
        self.map_panel.setMinimumWidth(max(280, self.map_panel.minimumWidth()))
        self.right.setMinimumWidth(380)

        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._header())
        layout.addWidget(self.chip_bar)
        layout.addWidget(self.main, 1)
        layout.addWidget(self.message_bar)
        layout.addWidget(self.status_line)
        self.setCentralWidget(content)

    def _header(self) -> QFrame:
        header = QFrame()
        header.setObjectName("header")
        title = QLabel(say("desktop.window.title"))
        title.setProperty("role", "title")
        title.setTextFormat(Qt.TextFormat.PlainText)
        layout = QHBoxLayout(header)
        layout.setContentsMargins(16, 0, 16, 0)
        layout.setSpacing(12)
        layout.addWidget(title)
        self.search.setMinimumWidth(220)
        self.search.setMaximumWidth(520)
        layout.addWidget(self.search, 3)
        layout.addWidget(self.column_switch)
        layout.addWidget(self.actions_bar, 2)
        return header

    # -- keys ------------------------------------------------------------------------------------------

    def _bind_keys(self) -> None:
        session = self._session
        self._key("Ctrl+F", self._on_search_requested)
        self._key("/", self._on_search_requested)
        self._key("Ctrl+L", lambda: session.clear("keys"))
        self._key("Alt+Left", session.back)
        self._key("Alt+Right", session.forward)
        self._key("F6", lambda: self._on_area_requested(1))
        self._key("Shift+F6", lambda: self._on_area_requested(-1))
        self._key("F1", lambda: self.key_sheet.toggle())

    def _key(self, keys: str, slot: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.activated.connect(lambda: slot())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._key_sheet is not None and self._key_sheet.isVisible():
            self._key_sheet.hide()
        elif self.message_bar.isVisible():
            self.message_bar.hide()
        else:
            self._session.go_up("keys")

    def _on_search_requested(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _on_area_requested(self, step: int) -> None:
        areas = (self.search, self._filters, self.map_panel, self.table, self.tabs)
        focused = QApplication.focusWidget()
        here = next(
            (
                place
                for place, area in enumerate(areas)
                if focused and (area is focused or area.isAncestorOf(focused))
            ),
            -1 if step > 0 else 0,
        )
        target = _first_focusable(areas[(here + step) % len(areas)])
        target.setFocus(Qt.FocusReason.TabFocusReason)

    # -- dropped files ---------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if files_of(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = files_of(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.files_dropped.emit(paths)

    # -- title and layout --------------------------------------------------------------------------------

    def _on_catalogue_opened(self, event: CatalogueOpened) -> None:
        self._show_catalogue(event.info)

    def _show_catalogue(self, info: CatalogueInfo) -> None:
        key = "title_read_only" if info.read_only else "title_with_catalogue"
        self.setWindowTitle(say(f"desktop.window.{key}", catalogue=info.name))

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._state is not None:
            self._state.save(self._layout_bytes())
        super().closeEvent(event)
        self.closed.emit()

    def _layout_bytes(self) -> bytes:
        data = QByteArray()
        stream = QDataStream(data, QIODevice.OpenModeFlag.WriteOnly)
        stream.writeInt32(_STATE_VERSION)
        for part in (self.saveGeometry(), self.main.saveState(), self.right.saveState()):
            stream << part
        return bytes(data.data())

    def _restore(self) -> None:
        self._first_layout()
        saved = self._state.load() if self._state is not None else None
        if saved is None:
            return
        stream = QDataStream(QByteArray(saved))
        if stream.readInt32() != _STATE_VERSION:
            return
        geometry, main, right = QByteArray(), QByteArray(), QByteArray()
        for part in (geometry, main, right):
            stream >> part
        if stream.status() == QDataStream.Status.Ok:
            self.restoreGeometry(geometry)
            self.main.restoreState(main)
            self.right.restoreState(right)

    def _first_layout(self) -> None:
        screen = QGuiApplication.primaryScreen()
        free = screen.availableGeometry() if screen else QRect(QPoint(0, 0), _FIRST)
        size = _FIRST.boundedTo(free.size()).expandedTo(MINIMUM)
        self.resize(size)
        rest = size.width() - _LEFT
        self.main.setSizes([_LEFT, rest * 3 // 8, rest - rest * 3 // 8])
        self.right.setSizes([size.height() // 3, size.height() // 2])


def _splitter(orientation: Qt.Orientation, name: str) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setObjectName(name)
    splitter.setChildrenCollapsible(False)
    splitter.setHandleWidth(5)
    return splitter


def _first_focusable(area: QWidget) -> QWidget:
    """The area itself when it takes the keyboard, else its first child in Tab order that does."""
    if _takes_tab(area):
        return area
    widget = area.nextInFocusChain()
    while widget is not None and widget is not area:
        if area.isAncestorOf(widget) and _takes_tab(widget):
            return widget
        widget = widget.nextInFocusChain()
    return area


def _takes_tab(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
