"""What was found, or one document: reads like a page; its links are followed with the mouse or Tab and Enter."""

from __future__ import annotations

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTextBrowser, QWidget

from hpviewer.desktop.policies.page_text import (
    BACK,
    COPY_ANSWER,
    COPY_LINK,
    DOCUMENT,
    IMPORT,
    document_html,
    reply_html,
)
from hpviewer.desktop.policies.policy_words import answer_text, document_text, reply_text
from hpviewer.desktop.theme import Theme
from hpviewer.policies.policy import Policy
from hpviewer.session.policy_questions import Document, Reply
from hpviewer.wording import say


class AnswerList(QTextBrowser):
    """Opens no address and loads no file: all that comes from the catalogue is escaped, links are numbers."""

    said = Signal(str)  # a sentence on what was done
    document_requested = Signal(str)  # id of a policy
    back_requested = Signal()
    import_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._reply: Reply | None = None
        self._document: Document | None = None
        self._count, self._asked = 0, ""
        self.setObjectName("policyAnswers")
        self.setAccessibleName(say("desktop_policies.answers"))
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.document().setDocumentMargin(16)
        self.anchorClicked.connect(self._on_anchor_clicked)
        theme.changed.connect(self._show)

    def show_reply(self, reply: Reply, count: int) -> None:
        """``count``: how many documents there are."""
        self._reply, self._document, self._count = reply, None, count
        self._show()
        self.verticalScrollBar().setValue(0)

    def show_document(self, document: Document, asked: str) -> None:
        """``asked``: the question whose answers one can go back to, "" for none."""
        self._reply, self._document, self._asked = None, document, asked
        self._show()
        self.verticalScrollBar().setValue(0)

    def copy_all(self) -> None:
        """What is shown, with its sources, as text."""
        if self._reply is not None and self._reply.answers:
            self._copy(reply_text(self._reply), say("desktop_policies.copied_all"))
        elif self._document is not None:
            self._copy(document_text(self._document), say("desktop_policies.copied_all"))

    @property
    def can_copy(self) -> bool:
        return self._document is not None or bool(self._reply and self._reply.answers)

    def _show(self) -> None:
        at = self.verticalScrollBar().value()
        if self._reply is not None:
            self.setHtml(reply_html(self._reply, self._count, self._theme.tokens()))
        elif self._document is not None:
            self.setHtml(document_html(self._document, self._asked, self._theme.tokens()))
        self.verticalScrollBar().setValue(at)

    def _policy(self, number: int) -> Policy:
        if self._document is not None:
            return self._document.holding.listed.policy
        assert self._reply is not None
        return self._reply.answers[number].policy

    def _on_anchor_clicked(self, url: QUrl) -> None:
        kind, _, number = url.toString().partition(":")
        match f"{kind}:":
            case target if target == COPY_LINK:
                self._copy(self._policy(int(number)).source_url, say("desktop_policies.copied_link"))
            case target if target == COPY_ANSWER and self._reply is not None:
                self._copy(answer_text(self._reply.answers[int(number)]), say("desktop_policies.copied_one"))
            case target if target == DOCUMENT:
                self.document_requested.emit(self._policy(int(number)).id)
            case target if target == BACK:
                self.back_requested.emit()
            case target if target == IMPORT:
                self.import_requested.emit()

    def _copy(self, text: str, sentence: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.said.emit(sentence)
