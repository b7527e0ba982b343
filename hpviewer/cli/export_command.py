"""`hpviewer export`: a file of exactly what the filter shows, in the window's order."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from hpviewer.cli.options import (
    CatalogueOption,
    ColumnOption,
    CommunityOption,
    KindOption,
    TownOption,
    YearOption,
    catalogue_for,
    filter_from,
)
from hpviewer.cli.personal_option import MaskOption, say_personal
from hpviewer.errors import InputError
from hpviewer.records.results import Sort, SortKey
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.session.export_desk import COLUMN_KEYS, DEFAULT_COLUMNS, ExportDesk, ExportRequest, format_of
from hpviewer.session.export_writers import ExportFormat
from hpviewer.wording import say


def export(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help=say("cli_village.export.out"))],
    text: Annotated[str, typer.Argument(metavar="TEXT", help=say("cli.find.text"))] = "",
    format: Annotated[
        Optional[str],  # noqa: UP045  # typer reads the annotation at run time
        typer.Option("--format", metavar="F", help=say("cli_village.export.format")),
    ] = None,
    columns: Annotated[
        str, typer.Option("--columns", metavar="KEYS", help=say("cli_village.export.columns"))
    ] = "window",
    sort: Annotated[
        str, typer.Option("--sort", metavar="KEY", help=say("cli_village.export.sort"))
    ] = "-published",
    mask_personal: MaskOption = False,
    town: TownOption = None,
    community: CommunityOption = None,
    column: ColumnOption = None,
    kind: KindOption = [],  # noqa: B006  # typer copies the default
    year: YearOption = [],  # noqa: B006
    catalogue: CatalogueOption = None,
) -> None:
    chosen = _format(format) if format else format_of(out)
    order = _sort(sort)
    queries = CatalogueQueries(catalogue_for(context, catalogue))
    filter = filter_from(queries.reader().names, text, town, community, column, kind, year)
    request = ExportRequest(chosen, out, filter, order, _columns(columns), mask_personal)
    written = ExportDesk(queries).export_now(request)
    queries.close()
    say_personal(written, masked=mask_personal)
    typer.echo(say("cli_village.written", file=written.path, count=written.records))
    for note in written.notes:
        typer.echo(note)
    raise typer.Exit(0 if written.records else 1)


def _format(name: str) -> ExportFormat:
    try:
        return ExportFormat(name.lower())
    except ValueError:
        formats = say("session_village.list_mark").join(ExportFormat)
        raise InputError(
            say("session_village.export.unknown_format", name=name),
            say("session_village.export.unknown_format_next", formats=formats),
        ) from None


def _columns(text: str) -> tuple[str, ...]:
    named = {"window": DEFAULT_COLUMNS, "all": COLUMN_KEYS}
    return named.get(text) or tuple(one.strip() for one in text.split(",") if one.strip())


def _sort(text: str) -> Sort:
    """A key of the table, with - in front for the largest first; empty values come last either way."""
    try:
        return Sort(SortKey(text.removeprefix("-")), text.startswith("-"))
    except ValueError:
        raise InputError(
            say("cli_village.bad.sort", name=text),
            say("cli_village.bad.sort_next", names=say("session_village.list_mark").join(SortKey)),
        ) from None
