"""csv in UTF-8 or GB18030, separated by commas, semicolons, tabs or bars."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from hpviewer.importing.document_text.charset import decode
from hpviewer.importing.ledger.limits import LARGEST_FILE, LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, refusal
from hpviewer.importing.ledger.sheet import Sheet

_SEPARATORS = ",\t;|，"
_JUDGED = 64 * 1024


def read_csv(source: Path) -> Sheet:
    """One sheet without a name. InputError for a web page, for binary data and for text that is no table."""
    with source.open("rb") as file:
        data = file.read(LARGEST_FILE + 1)
    head = data[:4096].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<!doctype", b"<html", b"<?xml", b"<table", b"<meta", b"<head")) or b"<html" in head:
        raise refusal("web_page")
    text, _ = decode(data)
    del data
    sample = text[:_JUDGED]
    strange = sum(1 for char in sample if (char < " " and char not in "\r\n\t") or char == "\ufffd")
    if not sample.strip() or strange * 50 > len(sample):
        raise refusal("not_a_table")
    separator = _separator(sample)
    lines = text.count("\n") + 1
    return Sheet("", min(lines, MOST_ROWS), _rows(text, separator), {})


def _separator(sample: str) -> str:
    """The sign that the first lines have most of, in equal numbers; a comma when none stands out."""
    best, best_score = ",", 0.0
    for sign in _SEPARATORS:
        counts = [len(row) - 1 for row in _parsed(sample, sign, 40)][:30]
        counts = sorted(count for count in counts if count)
        if not counts:
            continue
        usual = counts[len(counts) // 2]
        score = usual * sum(1 for count in counts if count == usual) ** 2
        if score > best_score:
            best, best_score = sign, score
    return best


def _parsed(text: str, separator: str, most: int) -> Iterator[list[str]]:
    try:
        for at, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator)):
            if at >= most:
                return
            yield row
    except csv.Error:
        return


_NEUTRALISED = re.compile(r"'+(?:[\t\n\r]|\s*[=+\-@＝＋－＠])")


def _typed(cell: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from calculating a cell ('-1 is -1): our own csv and careful
    keepers put one in front. Other apostrophes belong to the text."""
    return cell[1:] if _NEUTRALISED.match(cell) else cell


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    at = 0
    try:
        for row in reader:
            at += 1
            if at > MOST_ROWS:
                raise refusal("too_many_rows", limit=MOST_ROWS)
            if len(row) > MOST_COLUMNS:
                while row and not row[-1]:
                    row.pop()
                if len(row) > MOST_COLUMNS:
                    raise refusal("too_many_columns", limit=MOST_COLUMNS)
            yield [_typed(cell) for cell in row] if any(cell.startswith("'") for cell in row) else row
    except csv.Error as problem:
        raise refusal("bad_csv", row=at + 1, limit=LONGEST_CELL) from problem
