"""Policy questions (政策问答): a question in everyday words, the clauses that answer it, and all documents."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from hpviewer.desktop.policies.answer_list import AnswerList
from hpviewer.desktop.policies.example_questions import ExampleQuestions, example_questions
from hpviewer.desktop.policies.policy_list import PolicyList
from hpviewer.desktop.theme import Theme
from hpviewer.errors import HpviewerError
from hpviewer.session.events import CatalogueOpened
from hpviewer.session.policy_questions import Document, Holding, Overview, PolicyQuestions, Reply
from hpviewer.session.session import Session
from hpviewer.wording import say


class PolicyView(QWidget):
    """What is shown is one of three: examples, the answers of `asked`, the document `read`."""

    import_requested = Signal()  # bring in policy documents

    def __init__(
        self, questions: PolicyQuestions, session: Session, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("policyView")
        self.setAccessibleName(say("desktop_policies.name"))
        self.setWindowTitle(say("desktop_policies.name"))
        self._questions = questions
        self._count = 0
        self._stale = True
        self._asked = ""  # the question whose answers are shown or one step back
        self._read: Holding | None = None  # the document shown or on its way
        self.question = QLineEdit()
        self.ask_button = QPushButton(say("desktop_policies.ask"))
        self.copy_button = QPushButton(say("desktop_policies.copy_all"))
        self.policies = PolicyList(theme)
        self.examples = ExampleQuestions()
        self.answers = AnswerList(theme)
        self.pages = QStackedWidget()
        self.message = QLabel()
        self.caution = QLabel(say("desktop_policies.caution"))
        self._compose()
        self._connect()
        end = session.subscribe(CatalogueOpened, lambda _: self._on_outdated())
        self.destroyed.connect(lambda: end())

    def ask(self, question: str) -> None:
        """As if it had been typed; an empty one shows the examples."""
        asked = " ".join(question.split())
        self.question.setText(asked)
        self._say("")
        self._read = None
        self._asked = asked
        self.policies.mark("")
        if asked:
            self._questions.ask(asked, self._on_reply, self.show_error)
        else:
            self._show(self.examples)

    def show_error(self, error: HpviewerError) -> None:
        self._say(str(error))

    # -- composition -----------------------------------------------------------------------------------

    def _compose(self) -> None:
        self.question.setObjectName("policyQuestion")
        self.question.setClearButtonEnabled(True)
        self.question.setMaxLength(500)
        self.question.setPlaceholderText(say("desktop_policies.question_hint"))
        self.question.setAccessibleName(say("desktop_policies.question"))
        self.ask_button.setProperty("role", "primary")
        self.ask_button.setAccessibleName(say("desktop_policies.ask"))
        self.ask_button.setToolTip(say("desktop_policies.ask_tip"))
        self.copy_button.setToolTip(say("desktop_policies.copy_all_tip"))
        self.copy_button.setAccessibleName(say("desktop_policies.copy_all_tip"))
        self.copy_button.setEnabled(False)
        for button in (self.ask_button, self.copy_button):
            button.setAutoDefault(False)
        head = QFrame()
        head.setObjectName("policyHead")
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(self.question, 1)
        row.addWidget(self.ask_button)
        row.addWidget(self.copy_button)
        self.message.setObjectName("policyMessage")
        self.message.setAccessibleName(say("desktop_policies.message"))
        self.caution.setProperty("role", "muted")
        for label in (self.message, self.caution):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setContentsMargins(16, 6, 16, 6)
        self.message.hide()
        self.pages.addWidget(self.examples)
        self.pages.addWidget(self.answers)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.setHandleWidth(5)
        split.addWidget(self.policies)
        split.addWidget(self.pages)
        split.setStretchFactor(1, 1)
        split.setSizes([320, 700])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(self.message)
        layout.addWidget(split, 1)
        layout.addWidget(self.caution)
        self.setFocusProxy(self.question)

    def _connect(self) -> None:
        self.question.returnPressed.connect(self._on_asked)
        self.ask_button.clicked.connect(self._on_asked)
        self.copy_button.clicked.connect(self.answers.copy_all)
        self.examples.chosen.connect(self._on_example)
        self.policies.chosen.connect(self._on_chosen)
        self.policies.import_requested.connect(self.import_requested)
        self.answers.import_requested.connect(self.import_requested)
        self.answers.said.connect(self._say)
        self.answers.back_requested.connect(lambda: self.ask(self._asked))
        self.answers.document_requested.connect(self._on_document_requested)
        key = QShortcut(QKeySequence("Ctrl+L"), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self._focus_question)

    # -- events ----------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._focus_question()
        if self._stale:
            self._refresh()

    def _on_outdated(self) -> None:
        self._stale = True
        if self.isVisible():
            self._refresh()

    def _refresh(self) -> None:
        """The list, and what is shown, anew."""
        self._stale = False
        self._questions.overview(example_questions(), self._on_overview, self.show_error)

    def _on_overview(self, overview: Overview) -> None:
        self._count = len(overview.holdings)
        self.policies.show_holdings(overview.holdings)
        self.examples.show_examples(overview.examples)
        if self._read is not None:
            again = self.policies.mark(self._read.listed.policy.id)
            if again is not None:
                self._on_chosen(again)
            else:  # taken back meanwhile
                self.ask(self._asked)
        elif self._asked:
            self._questions.ask(self._asked, self._on_reply, self.show_error)

    def _on_reply(self, reply: Reply) -> None:
        if self._read is None and reply.question == self._asked:
            self.answers.show_reply(reply, self._count)
            self._show(self.answers)

    def _on_document(self, document: Document) -> None:
        if document.holding is self._read:
            self.answers.show_document(document, self._asked)
            self._show(self.answers)

    # -- gestures --------------------------------------------------------------------------------------

    def _on_asked(self) -> None:
        self.ask(self.question.text())

    def _on_example(self, question: str) -> None:
        self.ask(question)
        self._focus_question()  # the button pressed is gone

    def _on_chosen(self, holding: Holding) -> None:
        self._read = holding
        self._say("")
        self._questions.document(holding, self._on_document, self.show_error)

    def _on_document_requested(self, policy_id: str) -> None:
        holding = self.policies.mark(policy_id)
        if holding is not None:
            self._on_chosen(holding)

    def _focus_question(self) -> None:
        self.question.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.question.selectAll()

    # -- inside ----------------------------------------------------------------------------------------

    def _show(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        self.copy_button.setEnabled(page is self.answers and self.answers.can_copy)

    def _say(self, text: str) -> None:
        self.message.setText(text)
        self.message.setVisible(bool(text))
