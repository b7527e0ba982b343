"""Taking a pack in: what it would change, then keep one's own or replace it; and the way back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from hpviewer.desktop.data_update.change_list import ChangeList
from hpviewer.desktop.records.value_label import ValueLabel
from hpviewer.desktop.reports.message_strip import MessageStrip
from hpviewer.desktop.theme import Theme
from hpviewer.errors import HpviewerError
from hpviewer.places.place import PlaceCode
from hpviewer.session.pack_desk import SUFFIX, Former, Mine, PackPreview, Trust, Unpacked
from hpviewer.session.pack_session import PackSession
from hpviewer.session.session import Session
from hpviewer.wording import say

CAUSE = "packs"
_BATCHES_NAMED = 3


class UnpackPage(QWidget):
    """Nothing changes before one of the two buttons is pressed."""

    previewed = Signal()  # what the pack would change is shown

    def __init__(
        self, packs: PackSession, session: Session, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._packs, self._session = packs, session
        self._preview: PackPreview | None = None
        self._working = False
        self.setObjectName("unpackPage")
        self.file = QLineEdit()
        self.file.setObjectName("unpack_file")
        self.file.setAccessibleName(say("desktop_packs.unpack.file"))
        self.file.setPlaceholderText(say("desktop_packs.unpack.file_hint"))
        self.browse = self._button("browse", say("desktop_packs.browse"))
        self.what = ValueLabel()
        self.trust = ValueLabel("muted")
        self.changes = ChangeList(theme, self._name_of)
        self.own = ValueLabel()
        self.keep = self._button("keep", say("desktop_packs.unpack.keep"))
        self.replace = self._button("replace", say("desktop_packs.unpack.replace"))
        self.keep_hint, self.replace_hint = ValueLabel("muted"), ValueLabel("muted")
        self.empty = QLabel(say("desktop_packs.unpack.empty"))
        self.empty.setProperty("role", "empty")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.strip = MessageStrip(theme)
        self.former_text = ValueLabel("muted")
        self.undo = self._button("undo", say("desktop_packs.unpack.undo"))
        self._former = QFrame()
        self._compose()
        self.browse.clicked.connect(lambda: self.ask_pack())
        self.file.returnPressed.connect(lambda: self.look(Path(self.file.text().strip()).expanduser()))
        self.keep.clicked.connect(lambda: self._take(Mine.KEEP))
        self.replace.clicked.connect(lambda: self._take(Mine.REPLACE))
        self.undo.clicked.connect(lambda: self._ask_undo())
        self._show_preview(None)
        self._former.hide()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask_former()

    def look(self, file: Path) -> None:
        """Read the pack and show what it would change."""
        self.file.setText(str(file))
        self._show_preview(None)
        self.empty.setText(say("desktop_packs.unpack.reading"))
        self.strip.hide()
        self._packs.preview(file, self._show_preview, self._on_not_read)

    def ask_pack(self) -> QFileDialog:
        dialog = QFileDialog(self, say("desktop_packs.unpack.title"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(f"{say('desktop_packs.filter')} (*{SUFFIX})")
        dialog.fileSelected.connect(lambda file: self.look(Path(file)))
        dialog.setModal(False)
        dialog.show()
        return dialog

    # -- composition -----------------------------------------------------------------------------------

    def _compose(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        label = QLabel(say("desktop_packs.unpack.file"))
        label.setBuddy(self.file)
        row.addWidget(label)
        row.addWidget(self.file, 1)
        row.addWidget(self.browse)
        choices = QGridLayout()
        choices.setHorizontalSpacing(12)
        choices.setVerticalSpacing(8)
        choices.setColumnStretch(1, 1)
        for number, (button, hint) in enumerate(
            ((self.keep, self.keep_hint), (self.replace, self.replace_hint))
        ):
            choices.addWidget(button, number, 0)
            choices.addWidget(hint, number, 1)
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.what)
        column.addWidget(self.trust)
        column.addWidget(self.changes, 1)
        column.addWidget(self.own)
        column.addLayout(choices)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.empty)
        self._pages.addWidget(shown)
        former = QHBoxLayout(self._former)
        former.setContentsMargins(0, 0, 0, 0)
        former.setSpacing(8)
        former.addWidget(self.former_text, 1)
        former.addWidget(self.undo)
        inside = QVBoxLayout()
        inside.setContentsMargins(16, 16, 16, 16)
        inside.setSpacing(8)
        inside.addLayout(row)
        inside.addWidget(self._pages, 1)
        inside.addWidget(self._former)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(inside, 1)
        layout.addWidget(self.strip)

    @staticmethod
    def _button(name: str, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(f"unpack_{name}")
        button.setAutoDefault(False)
        return button

    # -- preview ---------------------------------------------------------------------------------------

    def _show_preview(self, preview: PackPreview | None) -> None:
        self._preview = preview
        self._pages.setCurrentIndex(0 if preview is None else 1)
        self._enable()
        if preview is None:
            self.empty.setText(say("desktop_packs.unpack.empty"))
            return
        manifest, difference = preview.manifest, preview.difference
        lines = [
            say(
                "desktop_packs.unpack.what",
                made=manifest.made[:16].replace("T", " "),
                program=manifest.program,
                records=f"{manifest.counts.records:,}",
                date=manifest.data_date,
                here=difference.data_dates[0],
            )
        ]
        if manifest.note:
            lines.append(say("desktop_packs.unpack.note", note=manifest.note))
        if difference.empty:
            lines.append(say("desktop_packs.unpack.same"))
        self.what.setText("\n".join(lines))
        trust = preview.signature.trust
        self.trust.setText(say(f"session_packs.trust.{trust.value}", name=preview.signature.key))
        self.trust.setProperty("role", "ok" if trust is Trust.VERIFIED else "muted")
        self.trust.style().unpolish(self.trust)
        self.trust.style().polish(self.trust)
        self.changes.show_difference(difference)
        self._show_choices(preview)
        self.previewed.emit()

    def _show_choices(self, preview: PackPreview) -> None:
        difference = preview.difference
        lines = []
        if difference.batches:
            lines.append(say("desktop_packs.unpack.own", count=len(difference.batches), lost=difference.lost))
            for number, started, source in difference.batches[-_BATCHES_NAMED:]:
                lines.append(say("session_update.batch", number=number, started=started[:16], source=source))
        elif not difference.empty:
            lines.append(say("desktop_packs.unpack.no_own"))
        self.own.setText("\n".join(lines))
        self.own.setVisible(bool(lines))
        self.keep_hint.setText(
            say(
                "desktop_packs.unpack.keep_hint",
                added=preview.added,
                updated=preview.updated,
                items=preview.items,
                kept=len(preview.kept),
            )
        )
        self.replace_hint.setText(say("desktop_packs.unpack.replace_hint"))
        for widget in (self.changes, self.keep, self.keep_hint, self.replace, self.replace_hint):
            widget.setVisible(not difference.empty)
        for button, best in ((self.keep, bool(difference.batches)), (self.replace, not difference.batches)):
            button.setProperty("role", "primary" if best else "")
            button.style().unpolish(button)
            button.style().polish(button)

    def _on_not_read(self, error: HpviewerError) -> None:
        self._show_preview(None)
        self.strip.show_error(error)

    # -- taking it, and back ---------------------------------------------------------------------------

    def _enable(self) -> None:
        writable = self._session.info is None or not self._session.info.read_only
        tip = "" if writable else say("desktop_packs.unpack.read_only")
        for button in (self.keep, self.replace, self.undo):
            button.setEnabled(writable and not self._working)
            button.setToolTip(tip)
        for widget in (self.file, self.browse):
            widget.setEnabled(not self._working)
        if not writable and self._preview is not None and not self._preview.difference.empty:
            self.strip.show_note(say("desktop_packs.unpack.read_only"))

    def _set_working(self, working: bool) -> None:
        self._working = working
        self._enable()

    def _take(self, mine: Mine) -> None:
        if self._preview is not None:
            self._set_working(True)
            self.strip.show_note(say("desktop_packs.unpack.working"))
            self._packs.unpack(self._preview, mine, CAUSE, self._on_taken, self._on_failed)

    def _on_taken(self, done: Unpacked) -> None:
        self._set_working(False)
        self._show_preview(None)
        self.file.clear()
        if done.mine is Mine.REPLACE:
            self.strip.show_note(say("desktop_packs.unpack.replaced", backup=done.former))
            self._ask_former()
        elif done.batch:
            self.strip.show_note(
                say("desktop_packs.unpack.merged", batch=done.batch, changes=done.changes, kept=done.kept)
            )
        else:
            self.strip.show_note(say("desktop_packs.unpack.nothing_new"))

    def _on_failed(self, error: HpviewerError) -> None:
        self._set_working(False)
        self.strip.show_error(error)

    def _ask_former(self) -> None:
        self._packs.former(self._show_former, self.strip.show_error)

    def _show_former(self, former: Former | None) -> None:
        self._former.setVisible(former is not None)
        if former is not None:
            self.former_text.setText(
                say("desktop_packs.unpack.former", source=former.source, when=former.replaced[:16])
            )

    def _ask_undo(self) -> None:
        self.strip.ask(say("desktop_packs.unpack.ask_undo"), say("desktop_packs.unpack.undo"), self._on_undo)

    def _on_undo(self) -> None:
        self._set_working(True)
        self._packs.undo(CAUSE, self._on_undone, self._on_failed)

    def _on_undone(self, former: Former) -> None:
        self._set_working(False)
        self._show_preview(None)
        self.strip.show_note(say("desktop_packs.unpack.undone", when=former.replaced[:16]))
        self._ask_former()

    def _name_of(self, code: PlaceCode) -> str:
        try:
            return self._session.place(code).name
        except KeyError:  # a place that only the pack has
            return code
