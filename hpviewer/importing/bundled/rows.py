"""Rows of a readable CSV file of data/: every cell becomes a typed value, every bad row is named at once."""

from __future__ import annotations

import csv
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite
from pathlib import Path
from typing import TypeVar

from hpviewer.errors import InputError
from hpviewer.records.partial_date import PartialDate
from hpviewer.wording import say

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Rejection:
    """``row`` counts as a spreadsheet does: the header is 1. ``problem`` says what to do."""

    file: str
    row: int
    field: str
    value: str
    problem: str

    def __str__(self) -> str:
        place = {"file": self.file, "row": self.row, "field": self.field, "value": self.value}
        return say("importing_bundled.rejection", problem=self.problem, **place)


class RejectedRowsError(InputError):
    """All rejected rows of one file."""

    def __init__(self, rejections: Sequence[Rejection]) -> None:
        head = say("importing_bundled.rejected", count=len(rejections), file=rejections[0].file)
        super().__init__("\n".join([head, *map(str, rejections)]), say("importing_bundled.correct_rows"))
        self.rejections = tuple(rejections)


class CellError(Exception):
    """One cell cannot be used; read_rows turns it into a Rejection."""

    def __init__(self, field: str, value: str, problem: str) -> None:
        super().__init__(problem)
        self.field = field
        self.value = value
        self.problem = problem


class Row:
    """Typed access to the cells of one row; each method raises CellError."""

    def __init__(self, cells: dict[str, str]) -> None:
        self._cells = cells

    def text(self, field: str) -> str:
        return self._cells[field].strip()

    def required(self, field: str) -> str:
        value = self.text(field)
        if not value:
            raise CellError(field, value, say("importing_bundled.empty"))
        return value

    def date(self, field: str) -> PartialDate | None:
        value = self.text(field)
        try:
            return PartialDate.parse(value) if value else None
        except ValueError:
            raise CellError(field, value, say("importing_bundled.not_a_date")) from None

    def number(self, field: str) -> float | None:
        value = self.text(field)
        if not value:
            return None
        try:
            number = float(value)
        except ValueError:
            number = float("nan")
        if not isfinite(number) or number < 0:
            raise CellError(field, value, say("importing_bundled.not_a_number"))
        return number

    def required_number(self, field: str) -> float:
        self.required(field)
        number = self.number(field)
        assert number is not None
        return number

    def choice(self, field: str, choices: type[E]) -> E:
        value = self.required(field)
        try:
            return choices(value)
        except ValueError:
            allowed = "、".join(choices)
            raise CellError(field, value, say("importing_bundled.not_a_choice", allowed=allowed)) from None

    def names(self, field: str) -> tuple[str, ...]:
        """Names separated by 、 in the order written."""
        return tuple(name.strip() for name in self.text(field).split("、") if name.strip())


def read_rows(
    path: Path,
    columns: Sequence[str],
    build: Callable[[Row], T],
    key: Callable[[T], Hashable] | None = None,
) -> list[T]:
    """Every row built into a value, in file order. ``key`` must not repeat.

    Raises RejectedRowsError with all bad rows, or InputError when the file is missing, not UTF-8 or has
    other columns.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.reader(file))
    except OSError:
        raise InputError(
            say("importing_bundled.unreadable", file=path.name), say("importing_bundled.restore", path=path)
        ) from None
    except (UnicodeDecodeError, csv.Error):
        raise InputError(
            say("importing_bundled.not_csv", file=path.name), say("importing_bundled.save_utf8")
        ) from None
    header = lines[0] if lines else []
    if list(columns) != header:
        raise InputError(
            say("importing_bundled.columns", file=path.name, found="、".join(header)),
            say("importing_bundled.columns_wanted", wanted="、".join(columns)),
        )
    values: list[T] = []
    rejections: list[Rejection] = []
    seen: set[Hashable] = set()
    for number, cells in enumerate(lines[1:], start=2):
        if not any(cells):
            continue
        try:
            value = _build(cells, columns, build)
            _refuse_repeated(value, key, seen, cells, columns)
        except CellError as error:
            rejections.append(Rejection(path.name, number, error.field, error.value, error.problem))
        else:
            values.append(value)
    if rejections:
        raise RejectedRowsError(rejections)
    return values


def _build(cells: list[str], columns: Sequence[str], build: Callable[[Row], T]) -> T:
    if len(cells) != len(columns):
        problem = say("importing_bundled.cell_count", found=len(cells), wanted=len(columns))
        raise CellError(columns[-1], cells[-1], problem)
    return build(Row(dict(zip(columns, cells, strict=True))))


def _refuse_repeated(
    value: T,
    key: Callable[[T], Hashable] | None,
    seen: set[Hashable],
    cells: list[str],
    columns: Sequence[str],
) -> None:
    if key is None:
        return
    if key(value) in seen:
        raise CellError(columns[0], cells[0], say("importing_bundled.repeated"))
    seen.add(key(value))
