"""Finding the header of a sheet: its row, its lines, and the words over each column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hpviewer.importing.ledger.cell_text import CellValue, shown
from hpviewer.importing.ledger.field import LedgerField
from hpviewer.importing.ledger.header_words import LONGEST_HEADER, Meaning, meaning, stated_unit

SEARCHED_ROWS = 30
_DEEPEST = 3
_SURE = 0.8
Spans = dict[tuple[int, int], tuple[int, int]]
"""(row, column) of a merged block's first cell -> (rows, columns) that it covers; all count from 0."""


@dataclass(frozen=True, slots=True)
class Header:
    """``row`` counts from 0 among the rows given. ``parts`` and ``meanings``: one entry for each column."""

    row: int
    rows: int
    parts: tuple[tuple[str, ...], ...]
    meanings: tuple[Meaning | None, ...]
    unit: str
    """Stated above the table for all areas in it (单位：公顷)."""
    score: float

    @property
    def labels(self) -> tuple[str, ...]:
        """As a person reads them: 面积（公顷）/耕地."""
        return tuple("/".join(dict.fromkeys(parts)) for parts in self.parts)


def find_header(rows: Sequence[Sequence[CellValue]], spans: Spans) -> Header | None:
    """The best header that begins in the first 30 rows; None when no row names two fields."""
    best: Header | None = None
    width = max((len(row) for row in rows), default=0)
    texts = [_texts(row, width) for row in rows[: SEARCHED_ROWS + _DEEPEST]]
    for at in range(min(SEARCHED_ROWS, len(texts))):
        if sum(1 for text in texts[at] if text) < 2:
            continue
        for depth in range(1, _DEEPEST + 1):
            block = texts[at : at + depth]
            if len(block) < depth or (depth > 1 and not _continues(block, at, spans)):
                break
            parts = _parts(block, at, spans)
            found = tuple(meaning(each) if each else None for each in parts)
            score = _score(found, sum(1 for each in parts if each)) - 0.3 * (depth - 1)
            if score > (best.score if best else 0.0):
                unit = next((u for line in reversed(texts[:at]) for u in map(stated_unit, line) if u), "")
                best = Header(at, depth, tuple(parts), found, unit, score)
    return best


def _texts(row: Sequence[CellValue], width: int) -> list[str]:
    texts = ["".join(shown(value).split()) if isinstance(value, str) else shown(value) for value in row]
    return texts + [""] * (width - len(texts))


def _score(meanings: Sequence[Meaning | None], filled: int) -> float:
    """Sum over the fields named; 0 unless two are named for certain and they are a fair part of the row."""
    fields: dict[tuple[LedgerField, str], float] = {}
    for found in meanings:
        if found:
            key = (found.field, found.detail)
            fields[key] = max(fields.get(key, 0.0), found.confidence)
    named = [field for (field, _), confidence in fields.items() if confidence >= _SURE]
    useful = [field for field in named if field is not LedgerField.IGNORED]
    if len(useful) < 2 or len(named) * 4 < filled:
        return 0.0
    return sum(fields.values())


def _continues(block: Sequence[Sequence[str]], at: int, spans: Spans) -> bool:
    """The last line of the block divides columns of the line above it, and holds words of a header only."""
    upper, lower = block[-2], block[-1]
    under = [column for column, text in enumerate(lower) if text]
    if not under or any(len(lower[column]) > LONGEST_HEADER for column in under):
        return False
    groups = _spread(upper, lower, at + len(block) - 2, spans)
    known = 0
    for column in under:
        parent = groups[column]
        if parent is None and any(line[column] for line in block[:-1]):
            parent = column  # a name in two lines, 面积 above （公顷）
            if meaning((lower[column],)) and not _is_unit(lower[column]):
                return False
        if parent is None:
            # Nothing above: only allowed beside columns that are divided, as a line's own first name.
            known += meaning((lower[column],)) is not None
            continue
        joined = tuple(line[parent if line is upper else column] for line in block[-2:])
        known += meaning(joined) is not None or _is_unit(lower[column])
    divided = any(groups[column] is not None for column in under) or all(_is_unit(lower[c]) for c in under)
    return divided and known * 2 >= len(under) and not any(_looks_like_data(lower[c]) for c in under)


def _is_unit(text: str) -> bool:
    """（公顷） or 单位：亩 alone in a cell."""
    return (
        len(text) <= 8
        and meaning(("面积", text)) is not None
        and meaning((text,)) is None
        and (any(unit in text.lower() for unit in ("公顷", "亩", "平方米", "㎡", "m2", "ha")))
    )


def _looks_like_data(text: str) -> bool:
    return sum(char.isdigit() for char in text) > 2


def _spread(upper: Sequence[str], lower: Sequence[str], row: int, spans: Spans) -> list[int | None]:
    """For each column the column of the heading that spans it, None where no heading does."""
    groups: list[int | None] = [None] * len(upper)
    merged: set[int] = set()
    for column, text in enumerate(upper):
        rows, columns = spans.get((row, column), (1, 1))
        if text and (rows, columns) != (1, 1):
            merged.update(range(column, column + columns))
            if columns > 1 and rows == 1:
                groups[column : column + columns] = [column] * len(groups[column : column + columns])
    if merged:
        return groups
    parent: int | None = None
    for column, text in enumerate(upper):
        if text:
            spread = column + 1 < len(upper) and not upper[column + 1] and lower[column] and lower[column + 1]
            parent = column if spread else None
        if parent is not None and lower[column]:
            groups[column] = parent
    return groups


def _parts(block: Sequence[Sequence[str]], at: int, spans: Spans) -> list[tuple[str, ...]]:
    columns: list[list[str]] = [[] for _ in block[0]]
    for line, texts in enumerate(block):
        groups: list[int | None] = [None] * len(texts)
        if line + 1 < len(block):
            groups = _spread(texts, block[line + 1], at + line, spans)
        for column, text in enumerate(texts):
            parent = groups[column]
            word = texts[parent] if parent is not None else text
            if word:
                columns[column].append(word)
    return [tuple(words) for words in columns]
