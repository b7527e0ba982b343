"""Clauses for the words of a question, best first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import apsw

from hpviewer.catalogue.connection import fetch
from hpviewer.catalogue.policy_rows import policy_of
from hpviewer.catalogue.search_text import phrase, tokens
from hpviewer.policies.answer import Answer

_CANDIDATES = 60
_ENOUGH = 0.5  # of the question's words, weighed by how rare they are; with less it is about something else
_CITED = (
    "SELECT c.number, c.chapter, c.heading, c.text, p.id, p.title, p.doc_number, p.unified_number, p.issuer, p.issued,"
    " p.effective, p.expires, p.kind, p.source_kind, p.source_url, p.note"
    " FROM clauses_text t JOIN policy_clauses c ON c.fid = t.rowid JOIN policies p ON p.fid = c.policy"
    " WHERE clauses_text MATCH ? ORDER BY bm25(clauses_text, 2.0, 3.0, 1.0) LIMIT ?"
)


def search_clauses(
    connection: apsw.Connection, terms: Sequence[str], on: dt.date, limit: int
) -> tuple[Answer, ...]:
    """Answers that cover enough of the terms; () when none does. Status is that of the day ``on``."""
    phrases = {term: found for term in terms if (found := phrase(term, open_end=False))}
    if not phrases:
        return ()
    weights = _weights(connection, phrases)
    whole = sum(weights.values())
    answers = []
    for row in fetch(connection, _CITED, (" OR ".join(phrases.values()), _CANDIDATES)):
        number, chapter, heading, text = row[:4]
        policy = policy_of(row[4:])
        said = " ".join(tokens(f"{policy.title} | {policy.doc_number} | {chapter} | {heading} | {text}"))
        padded = f" {said} "
        covered = sum(weights[term] for term in phrases if f" {' '.join(tokens(term))} " in padded)
        if whole and covered / whole >= _ENOUGH:
            name = " ".join(part for part in (chapter, number) if part)
            answers.append(Answer(policy, name, text, policy.status(on), round(covered / whole, 3)))
    answers.sort(key=lambda answer: -answer.score)
    return tuple(answers[:limit])


def _weights(connection: apsw.Connection, phrases: dict[str, str]) -> dict[str, float]:
    """Rare words weigh more; a word that no clause has weighs as much as the rarest."""
    total = max(1, fetch(connection, "SELECT count(*) FROM policy_clauses")[0][0])
    weights = {}
    for term, found in phrases.items():
        hits = fetch(connection, "SELECT count(*) FROM clauses_text WHERE clauses_text MATCH ?", (found,))[0][
            0
        ]
        weights[term] = 1.0 - hits / (total + 1)
    return weights
