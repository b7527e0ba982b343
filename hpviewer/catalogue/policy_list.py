"""All policy documents of a catalogue, and one of them with its clauses."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hpviewer.catalogue.connection import fetch, open_reader, sentences
from hpviewer.catalogue.policy_rows import policy_of
from hpviewer.catalogue.schema import read_meta
from hpviewer.policies.clause import Clause
from hpviewer.policies.policy import Policy

_POLICIES = (
    "SELECT (SELECT count(*) FROM policy_clauses c WHERE c.policy = p.fid AND c.text <> ''), p.id, p.title,"
    " p.doc_number, p.unified_number, p.issuer, p.issued, p.effective, p.expires, p.kind, p.source_kind,"
    " p.source_url, p.note FROM policies p ORDER BY p.fid"
)
_CLAUSES = (
    "SELECT c.number, c.heading, c.text, c.start, c.end_, c.chapter FROM policy_clauses c"
    " JOIN policies p ON p.fid = c.policy WHERE p.id = ? AND c.text <> '' ORDER BY c.position"
)


@dataclass(frozen=True, slots=True)
class ListedPolicy:
    """``clauses`` counts those with text: 0 where only the document's metadata is known."""

    policy: Policy
    clauses: int


def list_policies(catalogue: Path) -> tuple[ListedPolicy, ...]:
    """In the order of the catalogue."""
    return tuple(ListedPolicy(policy_of(row[1:]), int(row[0])) for row in _rows(catalogue, _POLICIES))


def clauses_of(catalogue: Path, policy_id: str) -> tuple[Clause, ...]:
    """In the order of the document; () where its text was not brought in."""
    return tuple(Clause(*row) for row in _rows(catalogue, _CLAUSES, (policy_id,)))


def _rows(catalogue: Path, sql: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
    connection = open_reader(catalogue)
    try:
        with sentences(catalogue):
            read_meta(connection)
            return fetch(connection, sql, values)
    finally:
        connection.close()
