"""The row below the header: back and forward, one removable chip per condition, the number of records."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from hpviewer.desktop.elided_label import ElidedLabel
from hpviewer.desktop.filtering.chip import Chip
from hpviewer.desktop.filtering.chip_text import chip_text, without
from hpviewer.desktop.icons import icon
from hpviewer.desktop.theme import Theme
from hpviewer.records.filter import Part
from hpviewer.session.events import CatalogueOpened, FilterChanged, ResultsLoaded
from hpviewer.session.session import Session
from hpviewer.wording import say

_CAUSE = "chips"
_NARROWEST = 60
_GAP = 8


class ChipBar(QFrame):
    """Chips share the room of the row: each is elided, none is pushed out of the window."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self.setObjectName("chipBar")
        self.setAccessibleName(say("desktop.chips.name"))
        self.chips: dict[Part, Chip] = {}
        self.back_button = self._step("back", session.back)
        self.forward_button = self._step("forward", session.forward)
        self.hint = ElidedLabel(say("desktop.chips.none"), role="muted")
        self.clear_button = QToolButton()
        self.clear_button.setText(say("desktop.chips.clear"))
        self.clear_button.setToolTip(say("desktop.chips.clear_tip"))
        self.clear_button.setProperty("role", "link")
        self.clear_button.clicked.connect(lambda: session.clear(_CAUSE))
        self.summary = ElidedLabel(role="muted")
        self.summary.setObjectName("summary")
        self.summary.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.summary.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

        self._row = QHBoxLayout()
        self._row.setSpacing(_GAP)
        self._row.setContentsMargins(0, 0, 0, 0)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 0, 16, 0)
        layout.setSpacing(4)
        layout.addWidget(self.back_button)
        layout.addWidget(self.forward_button)
        layout.addSpacing(4)
        layout.addWidget(self.hint)
        layout.addLayout(self._row)
        layout.addWidget(self.clear_button)
        layout.addStretch(1)
        layout.addSpacing(8)
        layout.addWidget(self.summary)

        theme.changed.connect(self._on_theme_changed)
        session.subscribe(FilterChanged, lambda _: self._redraw())
        session.subscribe(CatalogueOpened, lambda _: self._redraw())
        session.subscribe(ResultsLoaded, lambda _: self._show_summary())
        self._on_theme_changed()
        self._redraw()

    def _step(self, name: str, slot: object) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "flat")
        button.setToolTip(say(f"desktop.chips.{name}"))
        button.setAccessibleName(say(f"desktop.chips.{name}_name"))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda: slot())  # type: ignore[operator]
        return button

    def _on_theme_changed(self) -> None:
        for button, name in ((self.back_button, "back"), (self.forward_button, "forward")):
            button.setIcon(icon(name, self._theme.token("text_muted")))
        for chip in self.chips.values():
            chip.button.setIcon(icon("close", self._theme.token("accent")))

    def _redraw(self) -> None:
        chosen = self._session.filter
        active = chosen.active()
        had_focus = self._focused_chip()
        for part in [part for part in self.chips if part not in active]:
            chip = self.chips.pop(part)
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        for place, part in enumerate(active):
            if part not in self.chips:
                chip = Chip(part, self._theme, self)
                chip.remove_requested.connect(self._on_remove_requested)
                self.chips[part] = chip
                self._row.insertWidget(place, chip)
            self.chips[part].set_text(*chip_text(part, chosen, self._session))
        self._order_tabs(active)
        self._share_room()
        self.hint.setVisible(not active)
        self.clear_button.setVisible(bool(active))
        self.back_button.setEnabled(self._session.can_go_back)
        self.forward_button.setEnabled(self._session.can_go_forward)
        if had_focus is not None and had_focus not in self.chips and active:
            self.chips[active[0]].button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_summary()

    def minimumSizeHint(self) -> QSize:
        # without this the widths given to the chips would keep the window from being made smaller
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """Each chip gets what it wants or an equal share of what is left: a long project name cuts itself,

        not its neighbours. Short words are used when the full ones do not all fit.
        """
        fixed = 2 * self.back_button.sizeHint().width() + self.clear_button.sizeHint().width() + 72
        chips = list(self.chips.values())
        short = False
        wanted = [(chip.wanted(short), chip) for chip in chips]
        room = self.width() - fixed - _GAP * len(chips)
        if chips and sum(width for width, _ in wanted) > room - self.summary.width_of(short):
            short = True
            wanted = [(chip.wanted(short), chip) for chip in chips]
        self.summary.setMinimumWidth(self.summary.width_of(short))
        room -= self.summary.width_of(short)
        for done, (width, chip) in enumerate(sorted(wanted, key=lambda pair: pair[0])):
            given = min(width, max(_NARROWEST, room // (len(chips) - done)))
            chip.setFixedWidth(given)
            room -= given

    def _focused_chip(self) -> Part | None:
        return next((part for part, chip in self.chips.items() if chip.button.hasFocus()), None)

    def _order_tabs(self, active: tuple[Part, ...]) -> None:
        before: QWidget = self.forward_button
        for part in active:
            QWidget.setTabOrder(before, self.chips[part].button)
            before = self.chips[part].button
        QWidget.setTabOrder(before, self.clear_button)

    def _show_summary(self) -> None:
        results, info = self._session.results, self._session.info
        if results is None:
            self.summary.set_text("")
            return
        count = say("desktop.chips.summary_no_date", count=f"{results.total:,}")
        if info is None or not info.data_date:
            self.summary.set_text(count)
            return
        full = say("desktop.chips.summary", count=f"{results.total:,}", date=info.data_date)
        self.summary.set_text(full, short=count)
        self._share_room()

    def _on_remove_requested(self, part: Part) -> None:
        self._session.set_filter(without(self._session.filter, part), _CAUSE)
