"""A RecordFilter as SQL conditions, one per part, so that each facet can leave its own part out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from hpviewer.catalogue.search_text import phrase
from hpviewer.places.place import PlaceCode
from hpviewer.records.filter import Part, RecordFilter

Clause = tuple[str, tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the search text with the places it may mean.

    ``rests`` are readings such as 文冲|旧村改造: a place named in the word and the text around it.
    """

    text: str
    places: tuple[PlaceCode, ...] = ()
    rests: tuple[tuple[tuple[PlaceCode, ...], str], ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """WHERE clauses over ``records r`` by part of the filter."""

    clauses: Mapping[Part, Clause]

    def where(self, *leaving_out: Part) -> Clause:
        """``WHERE …`` with its parameters, or an empty text when nothing narrows."""
        kept = [clause for part, clause in self.clauses.items() if part not in leaving_out]
        if not kept:
            return "", ()
        return (
            "WHERE " + " AND ".join(sql for sql, _ in kept),
            tuple(value for _, values in kept for value in values),
        )


def condition_of(filter: RecordFilter, words: Collection[Word]) -> Condition:
    """``words`` are the filter's text as understood; a record must match each of them."""
    clauses: dict[Part, Clause] = {}
    if words:
        found = [_word(word) for word in words]
        clauses[Part.TEXT] = (
            " AND ".join(sql for sql, _ in found),
            tuple(value for _, values in found for value in values),
        )
    if filter.column:
        clauses[Part.COLUMN] = ("r.column_name = ?", (filter.column.value,))
    if filter.towns:
        clauses[Part.TOWN] = _places(filter.towns)
    if filter.communities:
        clauses[Part.COMMUNITY] = _places(filter.communities)
    if filter.kinds:
        clauses[Part.KIND] = _among("r.kind", [kind.value for kind in filter.kinds])
    if filter.years:
        sql, values = _among("r.year", [year for year in filter.years if year is not None])
        if None in filter.years:
            sql = f"({sql} OR r.year IS NULL)"
        clauses[Part.YEAR] = (sql, values)
    if filter.project:
        clauses[Part.PROJECT] = ("r.project = ?", (filter.project,))
    if filter.unlocated:
        clauses[Part.UNLOCATED] = ("r.unlocated = 1", ())
    return Condition(clauses)


def _among(name: str, values: Collection[object]) -> Clause:
    return f"{name} IN ({','.join('?' * len(values))})", tuple(values)


def _places(codes: Collection[PlaceCode]) -> Clause:
    inside, values = _among("code", codes)
    return f"r.fid IN (SELECT record FROM record_places WHERE {inside})", values


def _text(text: str) -> Clause | None:
    sought = phrase(text)
    if sought is None:
        return None
    return "r.fid IN (SELECT rowid FROM records_text WHERE records_text MATCH ?)", (sought,)


def _word(word: Word) -> Clause:
    either: list[Clause] = []
    if (whole := _text(word.text)) is not None:
        either.append(whole)
    if word.places:
        either.append(_places(word.places))
    for places, rest in word.rests:
        here, around = _places(places), _text(rest)
        if around is not None:
            either.append((f"({here[0]} AND {around[0]})", here[1] + around[1]))
    if not either:  # punctuation alone, or the district's own name: narrows nothing
        return "1", ()
    return (
        "(" + " OR ".join(sql for sql, _ in either) + ")",
        tuple(value for _, values in either for value in values),
    )
