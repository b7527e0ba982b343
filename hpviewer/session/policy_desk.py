"""The policy question service: a question -> clauses, or that none was found; and which documents there are."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from hpviewer.catalogue.connection import open_reader, sentences
from hpviewer.catalogue.policy_list import ListedPolicy, clauses_of, list_policies
from hpviewer.catalogue.policy_search import search_clauses
from hpviewer.catalogue.schema import read_meta
from hpviewer.policies.answer import Answer
from hpviewer.policies.clause import Clause
from hpviewer.policies.question import question_terms


class PolicyDesk:
    """Answers from the policy documents of one catalogue. Nothing is composed: answers are cited."""

    def __init__(self, catalogue: Path) -> None:
        self._catalogue = catalogue

    def ask(self, question: str, on: dt.date, limit: int = 5) -> tuple[Answer, ...]:
        """The clauses that fit best, () when none covers half of the question. Status as of ``on``."""
        terms = question_terms(question)
        connection = open_reader(self._catalogue)
        try:
            with sentences(self._catalogue):
                read_meta(connection)
                return search_clauses(connection, terms, on, limit)
        finally:
            connection.close()

    def policies(self) -> tuple[ListedPolicy, ...]:
        """All documents, in the order of the catalogue."""
        return list_policies(self._catalogue)

    def clauses(self, policy_id: str) -> tuple[Clause, ...]:
        """The clauses of one document, () where its text was not brought in or it is not there."""
        return clauses_of(self._catalogue, policy_id)
