"""What the list below the search box offers while a text is typed: places, projects, records, numbers."""

from __future__ import annotations

import re
import time
from typing import Any

import apsw

from hpviewer.catalogue.connection import fetch
from hpviewer.catalogue.kept_counts import LARGE, kept_total
from hpviewer.catalogue.search_text import phrase, tokens
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
_QUICK = 0.008
"""Seconds. A question that takes longer is not asked again for the order of its hits, in a large catalogue."""
_PATIENCE = 0.02
"""Seconds since the question came, after which a large catalogue's hits are enough when they fill their lines; after
twice as long they are enough however few. More hits would only be older."""
_BRACKETS = str.maketrans("[【［(（]】］)）", "〔〔〔〔〔〕〕〕〕〕")
_RANKING = {
    "projects_text": "SELECT rowid FROM projects_text WHERE projects_text MATCH ? ORDER BY rank LIMIT ?",
    "records_text": "SELECT t.rowid FROM records_text t JOIN records r ON r.fid = t.rowid"
    " WHERE records_text MATCH ? ORDER BY rank, r.published DESC LIMIT ?",
}
_NUMBER_SIGNS = re.compile(r"[0-9０-９〔\[【［(（号號]")


def suggest(connection: apsw.Connection, resolver: Resolver, text: str) -> tuple[Suggestion, ...]:
    """Suggestions in the order of their groups, each group best first; () for an empty text."""
    text = text.strip()
    if not text:
        return ()
    search = _Search(connection)
    # in a large catalogue a slip of the finger is thought of only when the text is found nowhere as it is
    places = _places(connection, resolver, text, slips=not search.large)
    found: list[Suggestion] = []
    sought = phrase(_without_lone_sign(text) if search.large else text)
    if sought:
        found += _projects(search, sought)
        numbered = bool(_NUMBER_SIGNS.search(text))
        # a text that document numbers begin with is one: its index answers at once
        begun = search.beginning(text, PER_GROUP[SuggestionKind.RECORD]) if numbered and search.large else []
        found += _records(search, begun or search.best_records(sought))
        if numbered:
            found += _numbers(search, begun or search.best_records(f"numbers : {sought}"))
    if search.large and not places and not found:
        places = _places(connection, resolver, text, slips=True)
    return (*places, *found)


def _without_lone_sign(text: str) -> str:
    """After other signs the first digit of a number tells nothing: to look for all that begin with it would take
    the longest of all questions."""
    signs = tokens(text)
    if len(signs) > 1 and signs[-1].isascii() and len(signs[-1]) == 1:
        return " ".join(signs[:-1])
    return text


def _places(connection: apsw.Connection, resolver: Resolver, text: str, *, slips: bool) -> list[Suggestion]:
    matches = resolver.complete(text, PER_GROUP[SuggestionKind.PLACE], slips=slips)
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


def _projects(search: _Search, sought: str) -> list[Suggestion]:
    rows = search.rows(
        "SELECT p.fid, p.name, p.column_name, (SELECT count(*) FROM records r WHERE r.project = p.name)"
        " FROM projects p WHERE p.fid",
        search.best("projects_text", sought, PER_GROUP[SuggestionKind.PROJECT]),
    )
    return [Suggestion(SuggestionKind.PROJECT, name, name, column, count) for _, name, column, count in rows]


def _records(search: _Search, fids: list[int]) -> list[Suggestion]:
    rows = search.rows(
        "SELECT r.fid, r.id, r.title, r.published, r.kind FROM records r WHERE r.fid",
        fids[: PER_GROUP[SuggestionKind.RECORD]],
    )
    return [
        Suggestion(SuggestionKind.RECORD, key, title, f"{kind} {published}".strip())
        for _, key, title, published, kind in rows
    ]


def _numbers(search: _Search, fids: list[int]) -> list[Suggestion]:
    rows = search.rows(
        "SELECT r.fid, r.id, r.doc_number, r.approval_number, r.title FROM records r WHERE r.fid",
        fids[: PER_GROUP[SuggestionKind.NUMBER]],
    )
    return [
        Suggestion(SuggestionKind.NUMBER, key, doc_number or approval, title)
        for _, key, doc_number, approval, title in rows
    ]


class _Search:
    """One text's search."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self._began = time.perf_counter()
        self.large = kept_total(connection) >= LARGE

    def best(self, index: str, sought: str, limit: int) -> list[int]:
        """Rowids of the hits that fit best, or of the newest where there are too many to compare."""
        began = time.perf_counter()
        newest = self._newest(index, sought, limit)
        slow = self.large and time.perf_counter() - began > _QUICK
        if slow or len(newest) > _RANKED:
            return newest[:limit]
        return self._found(_RANKING[index], sought, limit)

    def _newest(self, index: str, sought: str, enough: int) -> list[int]:
        """The newest hits, one more than are ranked; in a large catalogue those that come in time."""
        rows: Any = self._connection.execute(
            f"SELECT rowid FROM {index} WHERE {index} MATCH ? ORDER BY rowid DESC LIMIT ?",
            (sought, _RANKED + 1),
        )
        if not self.large:
            return [rowid for (rowid,) in rows]
        found = []
        for (rowid,) in rows:
            found.append(rowid)
            late = time.perf_counter() - self._began
            if late > _PATIENCE and (len(found) >= enough or late > 2 * _PATIENCE):
                rows.close()
                break
        return found

    def best_records(self, sought: str) -> list[int]:
        return self.best("records_text", sought, max(PER_GROUP.values()))

    def beginning(self, text: str, limit: int) -> list[int]:
        """Records whose document number begins with the text, brackets of any kind."""
        start = text.translate(_BRACKETS)
        rows = fetch(
            self._connection,
            "SELECT fid FROM records WHERE doc_number >= ?1 AND doc_number < ?2 ORDER BY doc_number LIMIT ?3",
            (start, start + "\U0010ffff", limit),
        )
        return [fid for (fid,) in rows]

    def rows(self, sql: str, fids: list[int]) -> list[tuple[Any, ...]]:
        """``sql`` ends in the name of the fid, which it also selects first; rows in the order of ``fids``."""
        found = fetch(self._connection, f"{sql} IN ({','.join('?' * len(fids))})", tuple(fids))
        return sorted(found, key=lambda row: fids.index(row[0]))

    def _found(self, sql: str, sought: str, limit: int) -> list[int]:
        return [rowid for (rowid,) in fetch(self._connection, sql, (sought, limit))]
