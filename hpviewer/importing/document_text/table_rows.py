"""Tables as lines of text: cells joined by " | ", a merged cell repeated in every place it covers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    columns: int = 1
    rows: int = 1


def expanded(rows: Iterable[list[Cell]]) -> Iterator[list[str]]:
    """Rows of equal meaning: a cell over two rows stands in both, over two columns twice."""
    hanging: dict[int, tuple[str, int]] = {}
    for row in rows:
        line: list[str] = []
        left = list(row)
        while left or len(line) in hanging:
            at = len(line)
            if at in hanging:
                text, times = hanging.pop(at)
                if times > 1:
                    hanging[at] = (text, times - 1)
                line.append(text)
                continue
            if not left:
                break
            cell = left.pop(0)
            for _ in range(cell.columns):
                if len(line) in hanging:
                    break
                if cell.rows > 1:
                    hanging[len(line)] = (cell.text, cell.rows - 1)
                line.append(cell.text)
        # Cells that hang further right than this row reaches.
        for at in sorted(hanging):
            if at > len(line):
                break
        yield line


def rows_as_lines(rows: Iterable[list[Cell]]) -> Iterator[str]:
    """Empty rows are left out. A bar inside a cell becomes a comma, so that it does not look like a border."""
    for row in expanded(rows):
        cells = [cell.replace("|", "，").replace("\n", " ").strip() for cell in row]
        if any(cells):
            yield " | ".join(cells) if len(cells) > 1 else cells[0]
