"""Policy documents and their clauses as rows, with the text index that questions are put to."""

from __future__ import annotations

import apsw
import msgspec

from hpviewer.catalogue.connection import fetch
from hpviewer.catalogue.search_text import indexed
from hpviewer.policies.clause import Clause
from hpviewer.policies.policy import Policy
from hpviewer.records.column import SourceKind
from hpviewer.records.partial_date import PartialDate

_COLUMNS = "id, title, doc_number, unified_number, issuer, issued, effective, expires, kind, source_kind, source_url, note"


class StoredPolicy(msgspec.Struct, frozen=True):
    """A document with its clauses; none where only its metadata is known."""

    policy: Policy
    clauses: tuple[Clause, ...] = ()


def encoded(stored: StoredPolicy) -> bytes:
    return msgspec.json.encode(stored)


def read_policy(connection: apsw.Connection, policy_id: str) -> bytes | None:
    rows = fetch(connection, f"SELECT fid, {_COLUMNS} FROM policies WHERE id = ?", (policy_id,))
    if not rows:
        return None
    clauses = fetch(
        connection,
        "SELECT number, heading, text, start, end_, chapter FROM policy_clauses WHERE policy = ? ORDER BY position",
        (rows[0][0],),
    )
    kept = tuple(clause for clause in (Clause(*values) for values in clauses) if clause.text)
    return encoded(StoredPolicy(policy_of(rows[0][1:]), kept))


def write_policy(connection: apsw.Connection, policy_id: str, value: bytes | None) -> None:
    """In place of what is stored under this id; None takes the document away."""
    for (fid,) in fetch(connection, "SELECT fid FROM policies WHERE id = ?", (policy_id,)):
        connection.execute(
            "DELETE FROM clauses_text WHERE rowid IN (SELECT fid FROM policy_clauses WHERE policy = ?)",
            (fid,),
        )
        connection.execute("DELETE FROM policy_clauses WHERE policy = ?", (fid,))
        connection.execute("DELETE FROM policies WHERE fid = ?", (fid,))
    if value is not None:
        insert_policy(connection, msgspec.json.decode(value, type=StoredPolicy))


def insert_policy(connection: apsw.Connection, stored: StoredPolicy) -> None:
    """Inside the caller's transaction. A document without clauses is found by its title and numbers alone."""
    policy = stored.policy
    connection.execute(
        f"INSERT INTO policies ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            policy.id,
            policy.title,
            policy.doc_number,
            policy.unified_number,
            policy.issuer,
            str(policy.issued or ""),
            str(policy.effective or ""),
            str(policy.expires or ""),
            policy.kind,
            policy.source_kind.value,
            policy.source_url,
            policy.note,
        ),
    )
    fid = connection.last_insert_rowid()
    clauses = stored.clauses or (Clause("", "", "", 0, 0),)
    for position, clause in enumerate(clauses):
        connection.execute(
            "INSERT INTO policy_clauses (policy, position, number, heading, text, start, end_, chapter)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                fid,
                position,
                clause.number,
                clause.heading,
                clause.text,
                clause.start,
                clause.end,
                clause.chapter,
            ),
        )
        connection.execute(
            "INSERT INTO clauses_text (rowid, title, heading, body) VALUES (?, ?, ?, ?)",
            (
                connection.last_insert_rowid(),
                indexed(f"{policy.title} | {policy.doc_number} | {policy.unified_number}"),
                indexed(f"{clause.chapter} | {clause.heading}"),
                indexed(clause.text),
            ),
        )


def recognised(connection: apsw.Connection, policy: Policy) -> str:
    """The id under which the same document is stored, by its numbers, else its title; its own id otherwise."""
    rows = fetch(
        connection,
        "SELECT id FROM policies WHERE id = ?1 OR (unified_number <> '' AND unified_number = ?2)"
        " OR (doc_number <> '' AND doc_number = ?3) OR title = ?4"
        " ORDER BY id = ?1 DESC, unified_number = ?2 DESC, doc_number = ?3 DESC LIMIT 1",
        (policy.id, policy.unified_number, policy.doc_number, policy.title),
    )
    return str(rows[0][0]) if rows else policy.id


def policy_of(values: tuple[str, ...]) -> Policy:
    """From the columns in their order."""
    policy_id, title, number, unified, issuer, issued, effective, expires, kind, source, url, note = values
    return Policy(
        id=policy_id,
        title=title,
        doc_number=number,
        unified_number=unified,
        issuer=issuer,
        issued=_date(issued),
        effective=_date(effective),
        expires=_date(expires),
        kind=kind,
        source_kind=SourceKind(source),
        source_url=url,
        note=note,
    )


def _date(text: str) -> PartialDate | None:
    return PartialDate.parse(text) if text else None
