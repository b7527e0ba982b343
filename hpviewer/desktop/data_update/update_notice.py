"""The note that newer data are bundled, and the dialog behind it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from hpviewer.desktop.data_update.update_dialog import UpdateDialog
from hpviewer.desktop.notice_bar import NoticeBar
from hpviewer.desktop.theme import Theme
from hpviewer.session.data_update import UpdateOffer
from hpviewer.session.executor import Executor
from hpviewer.session.session import Session
from hpviewer.wording import say


class UpdateNotice(NoticeBar):
    """Goes once the user has answered; dismissed, it comes back at the next start. The dialog belongs to ``window``."""

    def __init__(
        self,
        offer: UpdateOffer,
        session: Session,
        executor: Executor,
        theme: Theme,
        window: Callable[[], QWidget],
    ) -> None:
        here, there = offer.preview.difference.data_dates
        text = say("desktop_update.notice", here=here, there=there)
        super().__init__(theme, text, (say("desktop_update.look"), self._on_look))
        self.dialog = UpdateDialog(offer.update, offer.preview, session, executor, theme, window())
        self.dialog.answered.connect(self.hide)

    def _on_look(self) -> None:
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()
