"""What the list below the search box offers while a text is typed: places, projects, records, numbers."""

from __future__ import annotations

import re

import apsw

from hpviewer.catalogue.search_text import phrase
from hpviewer.places.resolver import Resolver
from hpviewer.records.results import Suggestion, SuggestionKind

PER_GROUP = {
    SuggestionKind.PLACE: 6,
    SuggestionKind.PROJECT: 4,
    SuggestionKind.RECORD: 5,
    SuggestionKind.NUMBER: 4,
}
_NUMBER_SIGNS = re.compile(r"[0-9０-９〔\[【［(（号號]")


def suggest(connection: apsw.Connection, resolver: Resolver, text: str) -> tuple[Suggestion, ...]:
    """Suggestions in the order of their groups, each group best first; () for an empty text."""
    text = text.strip()
    if not text:
        return ()
    found = _places(connection, resolver, text)
    sought = phrase(text)
    if sought:
        found += _projects(connection, sought)
        found += _records(connection, sought)
        if _NUMBER_SIGNS.search(text):
            found += _numbers(connection, sought)
    return tuple(found)


def _places(connection: apsw.Connection, resolver: Resolver, text: str) -> list[Suggestion]:
    matches = resolver.complete(text, PER_GROUP[SuggestionKind.PLACE])
    marks = ",".join("?" * len(matches))
    counts = dict(
        connection.execute(
            f"SELECT code, count(*) FROM record_places WHERE code IN ({marks}) GROUP BY code",
            tuple(match.code for match in matches),
        )
    )
    return [
        Suggestion(
            SuggestionKind.PLACE,
            match.code,
            match.name,
            match.why if match.town == match.name else f"{match.town} · {match.why}",
            counts.get(match.code, 0),
        )
        for match in matches
    ]


def _projects(connection: apsw.Connection, sought: str) -> list[Suggestion]:
    rows = connection.execute(
        "SELECT p.name, p.column_name, (SELECT count(*) FROM records r WHERE r.project = p.name)"
        " FROM projects_text t JOIN projects p ON p.fid = t.rowid WHERE projects_text MATCH ? ORDER BY rank LIMIT ?",
        (sought, PER_GROUP[SuggestionKind.PROJECT]),
    )
    return [Suggestion(SuggestionKind.PROJECT, name, name, column, count) for name, column, count in rows]


def _records(connection: apsw.Connection, sought: str) -> list[Suggestion]:
    rows = connection.execute(
        "SELECT r.id, r.title, r.published, r.kind FROM records_text t JOIN records r ON r.fid = t.rowid"
        " WHERE records_text MATCH ? ORDER BY rank, r.published DESC LIMIT ?",
        (sought, PER_GROUP[SuggestionKind.RECORD]),
    )
    return [
        Suggestion(SuggestionKind.RECORD, key, title, f"{kind} {published}".strip())
        for key, title, published, kind in rows
    ]


def _numbers(connection: apsw.Connection, sought: str) -> list[Suggestion]:
    rows = connection.execute(
        "SELECT r.id, r.doc_number, r.approval_number, r.title FROM records_text t JOIN records r ON r.fid = t.rowid"
        " WHERE records_text MATCH ? ORDER BY rank LIMIT ?",
        (f"numbers : {sought}", PER_GROUP[SuggestionKind.NUMBER]),
    )
    return [
        Suggestion(SuggestionKind.NUMBER, key, doc_number or approval, title)
        for key, doc_number, approval, title in rows
    ]
