"""What the list below the search box offers while a text is typed: places, projects, records, numbers."""

from __future__ import annotations

import re

import apsw

from hpviewer.catalogue.connection import fetch
from hpviewer.catalogue.search_text import phrase
from hpviewer.places.resolver import Resolver
from hpviewer.records.results import Suggestion, SuggestionKind

PER_GROUP = {
    SuggestionKind.PLACE: 6,
    SuggestionKind.PROJECT: 4,
    SuggestionKind.RECORD: 5,
    SuggestionKind.NUMBER: 4,
}
_RANKED = 2_000
"""Hits that are put in order of fit. Among more the order says little and costs a second in a million records:
then the newest entries come first, which an index reads from its end."""
_TIED = 100
"""So many of the best are read, so that among equally good ones the newest come first."""
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
            f"SELECT value, records FROM record_counts WHERE facet = 'place' AND value IN ({marks})",
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
        f" FROM ({_best(connection, 'projects_text', sought)}) t JOIN projects p ON p.fid = t.found ORDER BY t.place",
        (sought, PER_GROUP[SuggestionKind.PROJECT]),
    )
    return [Suggestion(SuggestionKind.PROJECT, name, name, column, count) for name, column, count in rows]


def _records(connection: apsw.Connection, sought: str) -> list[Suggestion]:
    rows = connection.execute(
        "SELECT r.id, r.title, r.published, r.kind"
        f" FROM ({_best(connection, 'records_text', sought)}) t JOIN records r ON r.fid = t.found"
        " ORDER BY t.place, r.published DESC LIMIT ?",
        (sought, _TIED, PER_GROUP[SuggestionKind.RECORD]),
    )
    return [
        Suggestion(SuggestionKind.RECORD, key, title, f"{kind} {published}".strip())
        for key, title, published, kind in rows
    ]


def _numbers(connection: apsw.Connection, sought: str) -> list[Suggestion]:
    within = f"numbers : {sought}"
    rows = connection.execute(
        "SELECT r.id, r.doc_number, r.approval_number, r.title"
        f" FROM ({_best(connection, 'records_text', within)}) t JOIN records r ON r.fid = t.found ORDER BY t.place",
        (within, PER_GROUP[SuggestionKind.NUMBER]),
    )
    return [
        Suggestion(SuggestionKind.NUMBER, key, doc_number or approval, title)
        for key, doc_number, approval, title in rows
    ]


def _best(connection: apsw.Connection, index: str, sought: str) -> str:
    """A question for the rowids (``found``) of the best hits with their ``place``; MATCH and LIMIT are its values."""
    hits = fetch(
        connection,
        f"SELECT count(*) FROM (SELECT 1 FROM {index} WHERE {index} MATCH ? LIMIT {_RANKED + 1})",
        (sought,),
    )
    place, order = ("rank", "rank") if hits[0][0] <= _RANKED else ("-rowid", "rowid DESC")
    return (
        f"SELECT rowid AS found, {place} AS place FROM {index} WHERE {index} MATCH ? ORDER BY {order} LIMIT ?"
    )
