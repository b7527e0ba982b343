"""Policy documents that hold certain words, and where: in the title or in which clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import apsw

from hpviewer.catalogue.connection import fetch, open_reader, sentences
from hpviewer.catalogue.policy_rows import policy_of
from hpviewer.catalogue.schema import read_meta
from hpviewer.policies.policy import Policy

_POLICIES = (
    "SELECT p.fid, p.id, p.title, p.doc_number, p.unified_number, p.issuer, p.issued, p.effective, p.expires, p.kind,"
    " p.source_kind, p.source_url, p.note FROM policies p ORDER BY p.fid"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A word found in a policy. ``clause`` is chapter and number of the first clause with it, "" for the title."""

    word: str
    clause: str
    text: str


@dataclass(frozen=True, slots=True)
class MentioningPolicy:
    """``mentions`` in the order of the words asked for, each word once, the title before clauses."""

    policy: Policy
    mentions: tuple[Mention, ...]


def policies_mentioning(catalogue: Path, words: Sequence[str]) -> tuple[int, tuple[MentioningPolicy, ...]]:
    """How many policies there are, and those that hold one of the words; in the order of the catalogue."""
    connection = open_reader(catalogue)
    try:
        with sentences(catalogue):
            read_meta(connection)
            policies = [(row[0], policy_of(row[1:])) for row in fetch(connection, _POLICIES)]
            clauses = _clauses(connection, words)
    finally:
        connection.close()
    found = []
    for fid, policy in policies:
        mentions = [Mention(word, "", policy.title) for word in words if word in policy.title]
        titled = {one.word for one in mentions}
        mentions += [one for word, one in clauses.get(fid, {}).items() if word not in titled]
        if mentions:
            mentions.sort(key=lambda one: (bool(one.clause), words.index(one.word)))
            found.append(MentioningPolicy(policy, tuple(mentions)))
    return len(policies), tuple(found)


def _clauses(connection: apsw.Connection, words: Sequence[str]) -> dict[int, dict[str, Mention]]:
    """Per policy and word the first clause with it. Read plainly: 200 documents are about a megabyte."""
    found: dict[int, dict[str, Mention]] = {}
    for word in words:
        rows = fetch(
            connection,
            "SELECT policy, chapter, number, heading, text FROM policy_clauses"
            " WHERE instr(heading || text, ?) ORDER BY policy, position",
            (word,),
        )
        for policy, chapter, number, heading, text in rows:
            name = " ".join(part for part in (chapter, number or heading) if part)
            found.setdefault(policy, {}).setdefault(word, Mention(word, name or text[:12], text))
    return found
