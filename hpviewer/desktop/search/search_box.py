"""The search box: filters while one types and suggests places, projects, records, document numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAction, QFocusEvent, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from hpviewer.desktop.icons import icon
from hpviewer.desktop.theme import Theme
from hpviewer.places.place import PlaceCode
from hpviewer.records.filter import RecordFilter
from hpviewer.records.results import Suggestion, SuggestionKind
from hpviewer.session.events import FilterChanged
from hpviewer.session.session import Session
from hpviewer.wording import say

if TYPE_CHECKING:
    from hpviewer.desktop.search.suggestion_popup import SuggestionPopup

_CAUSE = "search"
_TYPING = "typing"  # the session joins letters with this cause to one step of the history
_PAUSE_MS = (
    60  # between the last key and the query of the records: faster than the eye, slower than fast typing
)


class SearchBox(QLineEdit):
    """What is composed in an input method counts only once it is committed: QLineEdit keeps it out of text().

    Choosing a place narrows to it and keeps kind and year; choosing a project, a record or a document number
    shows just that, whatever was filtered before (going back brings it back).
    """

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._popup: SuggestionPopup | None = None
        self._watched: QWidget | None = None
        self.setObjectName("searchBox")
        self.setAccessibleName(say("desktop.search.name"))
        self.setAccessibleDescription(say("desktop.search.hint"))
        self.setToolTip(say("desktop.search.hint"))
        self.setPlaceholderText(say("desktop.search.placeholder"))
        self.setMaxLength(200)
        self._glass = QAction(self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self._cross = QAction(say("desktop.search.clear"), self)
        self._cross.triggered.connect(self._on_clear)
        self.addAction(self._cross, QLineEdit.ActionPosition.TrailingPosition)
        self._cross.setVisible(False)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(lambda: self._apply_text(_TYPING))
        self.textEdited.connect(self._on_edited)
        self.textChanged.connect(lambda text: self._cross.setVisible(bool(text)))
        theme.changed.connect(self._on_theme_changed)
        session.subscribe(FilterChanged, self._on_filter_changed)
        self.setText(session.filter.text)
        self._on_theme_changed()

    @property
    def popup(self) -> SuggestionPopup | None:
        """The list of suggestions; None until it was first needed."""
        return self._popup

    # -- keys and focus --------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            assert isinstance(event, QKeyEvent)
            if event.key() == Qt.Key.Key_Escape and (self._open or self.text()):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, popup = event.key(), self._popup
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_enter()
        elif key == Qt.Key.Key_Escape and self._open:
            self._close()
        elif key == Qt.Key.Key_Escape and self.text():
            self._on_clear()
        elif key == Qt.Key.Key_Escape:
            event.ignore()  # the window goes one place up
        elif key == Qt.Key.Key_Down and plain and not self._open:
            self._ask()
        elif popup is None or not self._open or not plain:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            popup.move_by(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            popup.move_page(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and popup.current is not None:
            popup.move_to_end(last=key == Qt.Key.Key_End)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:  # the box's own context menu
            self._close()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._watched is not self.window():
            if self._watched is not None:
                self._watched.removeEventFilter(self)
            self._watched = self.window()
            self._watched.installEventFilter(self)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._watched and event.type() in (
            QEvent.Type.Move,
            QEvent.Type.Resize,
            QEvent.Type.WindowDeactivate,
        ):
            self._close()
        return super().eventFilter(watched, event)

    # -- gestures --------------------------------------------------------------------------------------

    def _on_edited(self, text: str) -> None:
        self._pause.start()
        if text.strip():
            self._ask()
        else:
            self._close()

    def _on_enter(self) -> None:
        found = self._popup.current if self._popup is not None else None
        if found is not None:
            self._on_picked(found)
        else:
            self._close()
            self._apply_text(_CAUSE)

    def _on_clear(self) -> None:
        self.clear()
        self._close()
        self._apply_text(_CAUSE)

    def _on_picked(self, found: Suggestion) -> None:
        self._pause.stop()
        self._close()
        session = self._session
        match found.kind:
            case SuggestionKind.PLACE:
                narrowed = replace(session.filter, text="").at_place(PlaceCode(found.key))
                session.set_filter(narrowed, _CAUSE)
            case SuggestionKind.PROJECT:
                session.set_filter(RecordFilter(project=found.key), _CAUSE)
            case SuggestionKind.RECORD | SuggestionKind.NUMBER:
                session.set_filter(RecordFilter(text=found.label), _CAUSE)
                session.select_record(found.key, _CAUSE)
        self.setText(session.filter.text)

    # -- with the session ------------------------------------------------------------------------------

    def _ask(self) -> None:
        text = self.text().strip()
        if text:
            self._session.suggest(text, self._show)

    def _show(self, text: str, found: tuple[Suggestion, ...]) -> None:
        if text != self.text().strip() or not self.hasFocus():
            return
        if self._popup is None:
            from hpviewer.desktop.search.suggestion_popup import SuggestionPopup  # here: 15 ms of the start

            self._popup = SuggestionPopup(self._theme, self.window())
            self._popup.picked.connect(self._on_picked)
        self._popup.show_for(text, found, self)

    def _apply_text(self, cause: str) -> None:
        self._pause.stop()
        self._session.set_filter(replace(self._session.filter, text=self.text().strip()), cause)

    def _on_filter_changed(self, event: FilterChanged) -> None:
        if event.cause == _TYPING or self.text().strip() == event.filter.text:
            return
        self._pause.stop()
        self.setText(event.filter.text)

    # -- inside ----------------------------------------------------------------------------------------

    @property
    def _open(self) -> bool:
        return self._popup is not None and self._popup.isVisible()

    def _close(self) -> None:
        if self._popup is not None:
            self._popup.hide()

    def _on_theme_changed(self) -> None:
        colour = self._theme.token("text_muted")
        self._glass.setIcon(icon("search", colour))
        self._cross.setIcon(icon("close", colour))
