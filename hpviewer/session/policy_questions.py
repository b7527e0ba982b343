"""Questions of a view to the policy documents: put away from its thread, answered on it.

Free of Qt. ``deliver`` gets the answer, ``failed`` a failure that a person can act on; a newer question of the same
kind drops the older one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hpviewer.catalogue.policy_list import ListedPolicy
from hpviewer.errors import HpviewerError
from hpviewer.policies.answer import Answer
from hpviewer.policies.clause import Clause
from hpviewer.policies.policy import PolicyStatus
from hpviewer.policies.question import question_terms
from hpviewer.session.executor import Cancel, Executor, settle
from hpviewer.session.policy_desk import PolicyDesk

Failed = Callable[[HpviewerError], None]


@dataclass(frozen=True, slots=True)
class Holding:
    """A document of the catalogue and its status on the day asked for; ``clauses`` counts those with text."""

    listed: ListedPolicy
    status: PolicyStatus


@dataclass(frozen=True, slots=True)
class Overview:
    """``examples`` are those of the questions offered that this catalogue answers."""

    holdings: tuple[Holding, ...]
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """``terms`` are the words that were looked for. ``on`` is the day of the status."""

    question: str
    answers: tuple[Answer, ...]
    terms: tuple[str, ...]
    on: dt.date


@dataclass(frozen=True, slots=True)
class Document:
    """One document with its clauses in order; none where only its metadata is known."""

    holding: Holding
    clauses: tuple[Clause, ...]


class PolicyQuestions:
    """``today`` is asked for each answer."""

    def __init__(
        self, desk: PolicyDesk, executor: Executor, today: Callable[[], dt.date] = dt.date.today
    ) -> None:
        self._desk, self._executor, self._today = desk, executor, today

    def ask(self, question: str, deliver: Callable[[Reply], None], failed: Failed) -> None:
        def work(_: Cancel) -> Reply:
            on = self._today()
            return Reply(question, self._desk.ask(question, on), question_terms(question), on)

        self._executor.read("policies ask", work, settle(deliver, failed))

    def overview(self, examples: Sequence[str], deliver: Callable[[Overview], None], failed: Failed) -> None:
        def work(_: Cancel) -> Overview:
            on = self._today()
            holdings = tuple(Holding(one, one.policy.status(on)) for one in self._desk.policies())
            return Overview(holdings, tuple(one for one in examples if self._desk.ask(one, on, 1)))

        self._executor.read("policies overview", work, settle(deliver, failed))

    def document(self, holding: Holding, deliver: Callable[[Document], None], failed: Failed) -> None:
        def work(_: Cancel) -> Document:
            return Document(holding, self._desk.clauses(holding.listed.policy.id))

        self._executor.read("policies document", work, settle(deliver, failed))
