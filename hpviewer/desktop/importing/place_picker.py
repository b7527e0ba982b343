"""The towns and communities of a record: chosen ones as chips, further ones from a list while typing or from the map."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
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
from hpviewer.session.events import PickingChanged, PlacesPicked
from hpviewer.session.import_questions import ImportQuestions
from hpviewer.session.place_picking import PlacePicking
from hpviewer.session.session import Session
from hpviewer.wording import say

_CODE = Qt.ItemDataRole.UserRole + 1
_SHOWN = 6
_STAYS = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class PlacePicker(QWidget):
    """Down and Enter choose from the list, Esc closes it. Choosing a community brings its town along.

    ``purpose`` tells its picking on the map from that of others.
    """

    picked = Signal()  # the user added or took away a place
    entered = Signal(str)  # "places": the keyboard or the mouse is here

    def __init__(
        self,
        questions: ImportQuestions,
        session: Session,
        name_of: NameOf,
        theme: Theme,
        purpose: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._questions = questions
        self._session = session
        self._name_of = name_of
        self._theme = theme
        self._chosen = PlacePicking(purpose)
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips, gap=4, line_gap=4)
        self.box = QLineEdit()
        self.box.setObjectName("field_places")
        self.box.setAccessibleName(say("desktop_importing.places.box"))
        self.box.setPlaceholderText(say("desktop_importing.places.hint"))
        self.box.setToolTip(say("desktop_importing.places.hint"))  # in a narrow column the hint is cut
        self.box.setMaxLength(60)
        self.box.setAcceptDrops(False)
        self.box.textEdited.connect(self._on_edited)
        self.box.installEventFilter(self)
        self.on_map = QPushButton(say("desktop_importing.places.on_map"))
        self.on_map.setObjectName("pickOnMap")
        self.on_map.setToolTip(say("desktop_importing.places.on_map_tip"))
        self.on_map.setAccessibleDescription(say("desktop_importing.places.on_map_tip"))
        self.on_map.clicked.connect(self._on_map_asked)
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
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.box, 1)
        line.addWidget(self.on_map)
        layout.addWidget(self._chips)
        layout.addLayout(line)
        layout.addWidget(self.found)
        layout.addWidget(self.none)
        layout.addStretch(1)
        self.setFocusProxy(self.box)
        theme.changed.connect(self._draw)
        session.subscribe(PlacesPicked, self._on_picked)
        session.subscribe(PickingChanged, self._on_picking_changed)

    @property
    def towns(self) -> tuple[PlaceCode, ...]:
        """Towns that were named or that a chosen community lies in."""
        return self._chosen.towns

    @property
    def communities(self) -> tuple[PlaceCode, ...]:
        return self._chosen.communities

    def show_places(self, towns: tuple[PlaceCode, ...], communities: tuple[PlaceCode, ...]) -> None:
        codes = (*towns, *communities)
        if codes != self._chosen.codes or self._flow.count() == 0:
            self._chosen = replace(self._chosen, codes=codes)
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
        self.box.clear()
        self._close()
        self._take(self._chosen.adding(PlaceCode(item.data(_CODE))))

    def _remove(self, code: PlaceCode) -> None:
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self._take(self._chosen.without(code))

    def _take(self, chosen: PlacePicking) -> None:
        if chosen != self._chosen:
            self._chosen = chosen
            self._draw()
            self.picked.emit()

    # -- on the map --------------------------------------------------------------------------------------

    def _on_map_asked(self) -> None:
        self._close()
        self._session.begin_picking(self._chosen, self._chosen.purpose)

    def _on_picked(self, event: PlacesPicked) -> None:
        if event.picked.purpose == self._chosen.purpose:
            self._take(event.picked)

    def _on_picking_changed(self, event: PickingChanged) -> None:
        """Back from the map, one goes on where one left."""
        if event.picking is None and self.isVisibleTo(self.window()):
            self.on_map.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- showing -----------------------------------------------------------------------------------------

    def _close(self) -> None:
        self.found.hide()
        self.none.hide()

    def _draw(self) -> None:
        self._flow.clear()
        for code in self._chosen.codes:
            self._flow.addWidget(self._chip(code))
        self._chips.setVisible(bool(self._chosen.codes))
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
