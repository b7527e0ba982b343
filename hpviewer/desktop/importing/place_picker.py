"""The towns and communities of a record: chosen ones as chips, further ones picked from a list while typing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from hpviewer.desktop.icons import icon
from hpviewer.desktop.importing.change_text import NameOf
from hpviewer.desktop.records.flow_layout import FlowLayout
from hpviewer.desktop.theme import Theme
from hpviewer.places.place import Match, PlaceCode
from hpviewer.session.import_questions import ImportQuestions
from hpviewer.wording import say

_CODE = Qt.ItemDataRole.UserRole + 1
_SHOWN = 6
_STAYS = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class PlacePicker(QWidget):
    """Down and Enter choose from the list, Esc closes it. Choosing a community brings its town along."""

    picked = Signal()  # the user added or took away a place
    entered = Signal(str)  # "places": the keyboard or the mouse is here

    def __init__(
        self, questions: ImportQuestions, name_of: NameOf, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._questions = questions
        self._name_of = name_of
        self._theme = theme
        self._codes: list[PlaceCode] = []
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips, gap=4, line_gap=4)
        self.box = QLineEdit()
        self.box.setObjectName("field_places")
        self.box.setAccessibleName(say("desktop_importing.places.box"))
        self.box.setPlaceholderText(say("desktop_importing.places.hint"))
        self.box.setMaxLength(60)
        self.box.setAcceptDrops(False)
        self.box.textEdited.connect(self._on_edited)
        self.box.installEventFilter(self)
        self.found = QListWidget()
        self.found.setObjectName("placesFound")
        self.found.setAccessibleName(say("desktop_importing.places.found"))
        self.found.setFrameShape(QFrame.Shape.NoFrame)
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.found.itemClicked.connect(self._choose)
        self.found.hide()
        self.none = QLabel(say("desktop_importing.places.none"))
        self.none.setProperty("role", "small")
        self.none.setWordWrap(True)
        self.none.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for widget in (self._chips, self.box, self.found, self.none):
            layout.addWidget(widget)
        layout.addStretch(1)
        self.setFocusProxy(self.box)
        theme.changed.connect(self._draw)

    @property
    def towns(self) -> tuple[PlaceCode, ...]:
        """Towns that were named or that a chosen community lies in."""
        return tuple(code for code in self._codes if len(code) == 9)

    @property
    def communities(self) -> tuple[PlaceCode, ...]:
        return tuple(code for code in self._codes if len(code) > 9)

    def show_places(self, towns: tuple[PlaceCode, ...], communities: tuple[PlaceCode, ...]) -> None:
        codes = [*towns, *communities]
        if codes != self._codes or self._flow.count() == 0:
            self._codes = codes
            self._draw()

    # -- gestures --------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.entered.emit("places")
        elif event.type() == QEvent.Type.FocusOut:
            # not when only the window goes to the background: one comes back to the list as it was
            if isinstance(event, QFocusEvent) and event.reason() not in _STAYS:
                self._close()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_key(event.key())
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.entered.emit("places")

    def _on_key(self, key: int) -> bool:
        rows = self.found.count()
        if not self.found.isVisible() or not rows:
            return False
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            self.found.setCurrentRow((self.found.currentRow() + step) % rows)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.found.currentItem() or self.found.item(0))
            return True
        if key == Qt.Key.Key_Escape:
            self._close()
            return True
        return False

    def _on_edited(self, text: str) -> None:
        if text.strip():
            self._questions.find_places(text.strip(), self._on_found)
        else:
            self._close()

    def _on_found(self, text: str, found: tuple[Match, ...]) -> None:
        if text != self.box.text().strip():
            return
        self.found.clear()
        for match in found:
            where = "" if match.name == match.town else match.town
            item = QListWidgetItem(
                say("desktop_importing.places.match", name=match.name, town=where, why=match.why).strip()
            )
            item.setData(_CODE, match.code)
            self.found.addItem(item)
        self.found.setVisible(bool(found))
        self.none.setVisible(not found)
        if found:
            self.found.setCurrentRow(0)
            height = self.found.sizeHintForRow(0)
            self.found.setFixedHeight(height * min(len(found), _SHOWN) + 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.found.isVisible():
            QTimer.singleShot(0, self, self._reveal)  # once the layout around it has made room, too

    def _reveal(self) -> None:
        """A list at the lower end of a scrolled form comes into sight."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None and self.found.isVisible():
            # not ensureWidgetVisible: of a list it only shows the current line
            end = self.found.mapTo(above.widget(), self.found.rect().bottomLeft())
            above.ensureVisible(0, end.y(), 0, 16)

    def _choose(self, item: QListWidgetItem) -> None:
        code = PlaceCode(item.data(_CODE))
        self.box.clear()
        self._close()
        town = PlaceCode(code[:9])
        added = [each for each in (town, code) if each not in self._codes]
        if added:
            self._codes = sorted({*self._codes, *added}, key=lambda each: (len(each), self._order(each)))
            self._draw()
            self.picked.emit()

    def _order(self, code: PlaceCode) -> int:
        """Those chosen before stay in their order."""
        return self._codes.index(code) if code in self._codes else len(self._codes)

    def _remove(self, code: PlaceCode) -> None:
        """A town takes its communities along."""
        self._codes = [each for each in self._codes if each != code and not each.startswith(code)]
        self._draw()
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.picked.emit()

    def _close(self) -> None:
        self.found.hide()
        self.none.hide()

    def _draw(self) -> None:
        self._flow.clear()
        for code in self._codes:
            self._flow.addWidget(self._chip(code))
        self._chips.setVisible(bool(self._codes))
        self._chips.updateGeometry()

    def _chip(self, code: PlaceCode) -> QWidget:
        chip = QFrame()
        chip.setProperty("role", "chip")
        name = self._name_of(code)
        text = QLabel(name)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setProperty("role", "chip-text")
        cross = QToolButton()
        cross.setObjectName(f"remove_{code}")
        cross.setProperty("role", "chip-remove")
        cross.setIcon(icon("close", self._theme.token("accent")))
        cross.setAccessibleName(say("desktop_importing.places.remove", name=name))
        cross.setToolTip(say("desktop_importing.places.remove", name=name))
        cross.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        cross.clicked.connect(lambda: self._remove(code))
        layout = QHBoxLayout(chip)
        layout.setContentsMargins(10, 0, 4, 0)
        layout.setSpacing(2)
        layout.addWidget(text)
        layout.addWidget(cross)
        return chip
