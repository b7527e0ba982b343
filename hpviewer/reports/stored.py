"""Reports and headlines as JSON, for data/reports and for the catalogue: writing and reading give the same value."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from hpviewer.reports.cell import Cell, Number
from hpviewer.reports.figure import Bound, Figure, FigureKind, Span
from hpviewer.reports.form import ReportFormat
from hpviewer.reports.report import Headlines, Report, UnplacedRow, nest

# Decimals are strings ("15148.77"), so that no digit is lost; cells are a number when nothing else is to be said.


def report_to_store(report: Report) -> dict[str, Any]:
    return {
        "year": report.year,
        "body": report.body,
        "format": report.format.value,
        "cells": {name: _cell_out(cell) for name, cell in report.known_cells().items()},
        "figures": [_figure_out(figure) for figure in report.figures],
        "narrative": report.narrative,
        "unplaced": [[each.table, each.row, each.label, list(each.written)] for each in report.unplaced],
    }


def report_from_store(stored: Mapping[str, Any]) -> Report:
    """KeyError or ValueError when the document is not one that ``report_to_store`` wrote."""
    return Report(
        stored["year"],
        stored["body"],
        ReportFormat(stored["format"]),
        nest({name: _cell_in(value) for name, value in stored["cells"].items()}),
        tuple(_figure_in(each) for each in stored["figures"]),
        stored.get("narrative", ""),
        tuple(
            UnplacedRow(t, row, label, tuple(written))
            for t, row, label, written in stored.get("unplaced", [])
        ),
    )


def headlines_to_store(headlines: Headlines) -> dict[str, Any]:
    return {
        "year": headlines.year,
        "body": headlines.body,
        "format": headlines.format.value,
        "cells": {name: _number_out(value) for name, value in headlines.cells.items()},
        "figures": [_figure_out(figure) for figure in headlines.figures],
    }


def headlines_from_store(stored: Mapping[str, Any]) -> Headlines:
    return Headlines(
        stored["year"],
        stored["body"],
        {name: _number_in(value) for name, value in stored["cells"].items()},
        tuple(_figure_in(each) for each in stored["figures"]),
        ReportFormat(stored["format"]),
    )


def _number_out(value: Number) -> int | str:
    return value if isinstance(value, int) else str(value)


def _number_in(value: int | str) -> Number:
    return value if isinstance(value, int) else Decimal(value)


def _cell_out(cell: Cell) -> int | str | dict[str, Any]:
    if cell.value is not None and not cell.blank and cell.written == str(cell.value):
        return _number_out(cell.value)
    value = None if cell.value is None else _number_out(cell.value)
    return {"value": value, "blank": cell.blank, "written": cell.written}


def _cell_in(stored: int | str | Mapping[str, Any]) -> Cell:
    if isinstance(stored, (int, str)):
        return Cell(_number_in(stored), written=str(stored))
    value = stored["value"]
    return Cell(None if value is None else _number_in(value), stored["blank"], stored["written"])


def _figure_out(figure: Figure) -> dict[str, Any]:
    return {
        "counts": figure.counts,
        "label": figure.label,
        "value": _number_out(figure.value),
        "unit": figure.unit,
        "written": figure.written,
        "bound": figure.bound.value,
        "kind": figure.kind.value,
        "step": _number_out(figure.step),
        "of": list(figure.of),
        "year": figure.year,
        "place": _span_out(figure.place),
        "sentence": _span_out(figure.sentence),
    }


def _figure_in(stored: Mapping[str, Any]) -> Figure:
    return Figure(
        stored.get("counts", ""),
        stored["label"],
        _number_in(stored["value"]),
        stored.get("unit", ""),
        stored.get("written", ""),
        Bound(stored.get("bound", Bound.EXACT)),
        FigureKind(stored.get("kind", FigureKind.COUNT)),
        _number_in(stored.get("step", 1)),
        tuple(stored.get("of", ())),
        stored.get("year"),
        _span_in(stored.get("place")),
        _span_in(stored.get("sentence")),
    )


def _span_out(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _span_in(stored: list[int] | None) -> Span | None:
    return None if stored is None else Span(stored[0], stored[1])
