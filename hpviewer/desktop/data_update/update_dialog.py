"""A newer bundled data set: what it changes, and keep mine, take new, both. Blocks nothing; closing decides nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from hpviewer.desktop.data_update.change_list import ChangeList
from hpviewer.desktop.records.value_label import ValueLabel
from hpviewer.desktop.theme import Theme
from hpviewer.errors import HpviewerError
from hpviewer.places.place import PlaceCode
from hpviewer.session.catalogue_merge import MergeOutcome
from hpviewer.session.data_update import DataUpdate, Preview
from hpviewer.session.executor import Executor, settle
from hpviewer.session.session import Session
from hpviewer.wording import say

T = TypeVar("T")
_BATCHES_NAMED = 3


class UpdateDialog(QDialog):
    """``preview`` was read before: a data set without any change is not worth a dialog."""

    answered = Signal()  # the user has chosen and it is done; the catalogue may have changed

    def __init__(
        self,
        update: DataUpdate,
        preview: Preview,
        session: Session,
        executor: Executor,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._update, self._preview = update, preview
        self._session, self._executor = session, executor
        self.setObjectName("updateDialog")
        self.setWindowTitle(say("desktop_update.title"))
        self.setAccessibleName(say("desktop_update.title"))
        self.setModal(False)
        self.what = ValueLabel()
        self.changes = ChangeList(theme, self._name_of)
        self.own = ValueLabel()
        self.message = ValueLabel()
        self.message.setObjectName("updateMessage")
        self.message.hide()
        self.both = self._choice("both", self._on_both)
        self.take = self._choice("take", self._on_take)
        self.keep = self._choice("keep", self._on_keep)
        self.close_button = QPushButton(say("desktop_update.later"))
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.close)
        self._hints: list[ValueLabel] = []
        self._compose()
        self._describe()
        self.resize(640, 560)

    # -- composition -----------------------------------------------------------------------------------

    def _compose(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(self.what)
        layout.addWidget(self.changes, 1)
        layout.addWidget(self.own)
        choices = QGridLayout()
        choices.setHorizontalSpacing(12)
        choices.setVerticalSpacing(8)
        choices.setColumnStretch(1, 1)
        for row, (name, button) in enumerate(
            {"both": self.both, "take": self.take, "keep": self.keep}.items()
        ):
            hint = ValueLabel("muted")
            hint.setText(say(f"desktop_update.hint.{name}"))
            button.setAccessibleDescription(hint.text())
            self._hints.append(hint)
            choices.addWidget(button, row, 0)
            choices.addWidget(hint, row, 1)
        layout.addLayout(choices)
        layout.addWidget(self.message)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        layout.addLayout(foot)

    def _choice(self, name: str, slot: Callable[[], None]) -> QPushButton:
        button = QPushButton(say(f"desktop_update.{name}"))
        button.setObjectName(f"update_{name}")
        button.setAutoDefault(False)
        button.clicked.connect(lambda: slot())
        return button

    def _describe(self) -> None:
        difference = self._preview.difference
        here, there = difference.data_dates
        self.what.setText(say("desktop_update.what", here=here, there=there))
        self.changes.show_difference(difference)
        lines = []
        if self._preview.untouched:
            lines.append(say("session_update.untouched"))
        elif difference.lost:
            lines.append(say("session_update.lost", count=difference.lost))
            named = difference.batches[-_BATCHES_NAMED:]
            lines += [
                say("session_update.batch", number=number, started=started, source=source)
                for number, started, source in reversed(named)
            ]
            if len(difference.batches) > len(named):
                lines.append(say("desktop_update.more_batches", count=len(difference.batches) - len(named)))
        self.own.setText("\n".join(lines))
        self.own.setVisible(bool(lines))
        best = self.take if self._preview.untouched else self.both
        best.setProperty("role", "primary")
        best.setFocus()

    # -- answers ---------------------------------------------------------------------------------------

    def _on_keep(self) -> None:
        self._do(lambda: self._update.keep(), lambda _: say("desktop_update.done.keep"), changed=False)

    def _on_take(self) -> None:
        def told(backup: Path) -> str:
            return say("desktop_update.done.take", backup=backup)

        self._do(lambda: self._update.take(), told, changed=True)

    def _on_both(self) -> None:
        def told(outcome: MergeOutcome) -> str:
            kept = say("desktop_update.done.kept", count=len(outcome.kept)) if outcome.kept else ""
            return say("desktop_update.done.both", batch=outcome.batch) + kept

        self._do(lambda: self._update.both(), told, changed=True)

    def _do(self, work: Callable[[], T], told: Callable[[T], str], *, changed: bool) -> None:
        self._set_working(True)

        def deliver(value: T) -> None:
            for widget in (self.what, self.own, self.both, self.take, self.keep, *self._hints):
                widget.hide()
            self._say(told(value))
            self.close_button.setText(say("desktop_update.close"))
            self.close_button.setEnabled(True)
            self.close_button.setFocus()
            self.answered.emit()
            if changed:
                self._session.reload("update")

        self._executor.write(lambda _: work(), settle(deliver, self._on_failed))

    def _on_failed(self, error: HpviewerError) -> None:
        self._set_working(False)
        self._say("\n".join(part for part in (error.message, error.next_step) if part))

    def _set_working(self, working: bool) -> None:
        for button in (self.both, self.take, self.keep):
            button.setEnabled(not working)
        if working:
            self._say(say("desktop_update.working"))

    def _say(self, text: str) -> None:
        self.message.setText(text)
        self.message.show()

    def _name_of(self, code: PlaceCode) -> str:
        try:
            return self._session.place(code).name
        except KeyError:  # a place that only the new data have
            return code
