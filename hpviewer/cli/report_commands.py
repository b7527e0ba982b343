"""`hpviewer report …`: read and prove a report, show its tables, compare two years, export."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Annotated, Any, Optional

import typer

from hpviewer.catalogue.report_store import ReportStore
from hpviewer.cli.options import CatalogueOption, JsonOption, catalogue_for
from hpviewer.errors import NotFoundError
from hpviewer.reports.comparison import Change, Comparison, compare
from hpviewer.reports.finding import Severity, has_errors
from hpviewer.reports.form import TABLES, table_rows
from hpviewer.reports.report_json import plain, report_json
from hpviewer.session.report_files import write_findings, write_tables
from hpviewer.session.report_sheet import ReportSheet, sheet_of_file, sheet_of_year
from hpviewer.wording import say

app = typer.Typer(help=say("cli_reports.help"), rich_markup_mode=None, no_args_is_help=True)

_YEAR = re.compile(r"[12]\d{3}")


@app.command(help=say("cli_reports.check.help"))
def check(
    context: typer.Context,
    source: Annotated[str, typer.Argument(metavar="FILE_OR_YEAR", help=say("cli_reports.check.source"))],
    as_json: JsonOption = False,
    catalogue: CatalogueOption = None,
) -> None:
    store = _store(context, catalogue)
    path = Path(source)
    is_year = _YEAR.fullmatch(source) is not None and not path.exists()
    sheet = sheet_of_year(store, int(source)) if is_year else sheet_of_file(store, path)
    report = sheet.report
    if report is None:
        raise NotFoundError(
            say("cli_reports.check.headlines", year=sheet.year), say("cli_reports.check.headlines_next")
        )
    if as_json:
        _print_json(report_json(report, sheet.unproven))
    else:
        _print_findings(sheet)
    raise typer.Exit(1 if has_errors(sheet.unproven) else 0)


@app.command(help=say("cli_reports.show.help"))
def show(
    context: typer.Context,
    year: Annotated[int, typer.Argument(metavar="YEAR", help=say("cli_reports.year"))],
    table: Annotated[
        Optional[int],  # noqa: UP045  # typer reads the annotation at run time
        typer.Option("--table", metavar="N", min=2, max=4, help=say("cli_reports.show.table")),
    ] = None,
    as_json: JsonOption = False,
    catalogue: CatalogueOption = None,
) -> None:
    from hpviewer.cli.report_tables import print_tables

    sheet = sheet_of_year(_store(context, catalogue), year)
    tables = (f"t{table}",) if table else TABLES
    if as_json:
        _print_json({"year": sheet.year, "body": sheet.body, "tables": _tables(sheet, tables)})
    else:
        typer.echo(say("cli_reports.show.title", year=year, body=sheet.body))
        print_tables(sheet, tables)


@app.command("compare", help=say("cli_reports.compare.help"))
def compare_years(
    context: typer.Context,
    first: Annotated[int, typer.Argument(metavar="Y1", help=say("cli_reports.year"))],
    second: Annotated[int, typer.Argument(metavar="Y2", help=say("cli_reports.year"))],
    as_json: JsonOption = False,
    catalogue: CatalogueOption = None,
) -> None:
    store = _store(context, catalogue)
    found = compare(sheet_of_year(store, first).figures, sheet_of_year(store, second).figures)
    if as_json:
        _print_json(_comparison(found))
        return
    years = {"before": found.before_year, "after": found.after_year}
    typer.echo(say("cli_reports.compare.title", **years, count=len(found.changes)))
    for change in found.changes:
        typer.echo(f"  {change.sentence}")
    typer.echo(say("cli_reports.compare.rest", same=len(found.unchanged), single=len(found.only_one_year)))


@app.command(help=say("cli_reports.export.help"))
def export(
    context: typer.Context,
    year: Annotated[int, typer.Argument(metavar="YEAR", help=say("cli_reports.year"))],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help=say("cli_reports.export.out"))],
    findings: Annotated[bool, typer.Option("--findings", help=say("cli_reports.export.findings"))] = False,
    catalogue: CatalogueOption = None,
) -> None:
    sheet = sheet_of_year(_store(context, catalogue), year)
    path, notes = write_findings(out, sheet) if findings else write_tables(out, sheet)
    typer.echo(say("cli_reports.export.written", file=path))
    for note in notes:
        typer.echo(f"    {note}")


def _store(context: typer.Context, catalogue: Path | None) -> ReportStore:
    return ReportStore(catalogue_for(context, catalogue))


def _print_json(document: dict[str, Any]) -> None:
    typer.echo(json.dumps(document, ensure_ascii=False, indent=2))


def _print_findings(sheet: ReportSheet) -> None:
    title = {
        "body": sheet.body or say("cli_reports.unknown"),
        "year": sheet.year or say("cli_reports.unknown"),
    }
    typer.echo(say("cli_reports.check.title", **title))
    for note in sheet.notes:
        typer.echo(say("cli_reports.check.reading", note=note))
    for severity in Severity:
        found = [each for each in sheet.unproven if each.severity is severity]
        if found:
            typer.echo("\n" + say(f"cli_reports.check.{severity}", count=len(found)))
        for each in found:
            typer.echo(f"  {each.rule}  {each.message}")
    if sheet.dismissed:
        typer.echo("\n" + say("cli_reports.check.dismissed", count=len(sheet.dismissed)))
        for each, dismissal in sheet.dismissed:
            typer.echo(f"  {each.rule}  {each.message}")
            typer.echo(say("cli_reports.check.reason", reason=dismissal.reason))
    if not any(each.severity is not Severity.NOTE for each in sheet.unproven):
        typer.echo("\n" + say("cli_reports.check.clean"))


def _tables(sheet: ReportSheet, tables: tuple[str, ...]) -> dict[str, dict[str, dict[str, Any]]]:
    nested: dict[str, dict[str, dict[str, Any]]] = {}
    for table in tables:
        nested[table] = {}
        for row, columns in table_rows(table, sheet.format):
            cells = {column.key: sheet.cell(f"{table}.{row.key}.{column.key}") for column in columns}
            known = {key: plain(cell.value) for key, cell in cells.items() if cell is not None}
            if known:
                nested[table][row.key] = known
    return nested


def _comparison(found: Comparison) -> dict[str, Any]:
    return {
        "before_year": found.before_year,
        "after_year": found.after_year,
        "changes": [_change(each) for each in found.changes],
        "unchanged": [each.cell for each in found.unchanged],
        "only_one_year": list(found.only_one_year),
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "cell": change.cell,
        "label": change.label,
        "before": plain(change.before),
        "after": plain(change.after),
        "difference": plain(change.difference),
        "percent": plain(change.percent),
        "sentence": change.sentence,
    }
