"""`hpviewer find`: records that match, with facets and the way the text was understood."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from hpviewer.cancelling import always
from hpviewer.cli.options import (
    CatalogueOption,
    ColumnOption,
    CommunityOption,
    JsonOption,
    KindOption,
    TownOption,
    YearOption,
    catalogue_for,
    filter_from,
)
from hpviewer.cli.personal_option import MaskShownOption, say_shown
from hpviewer.exporting.record_json import find_document
from hpviewer.records.personal_values import masked_value
from hpviewer.records.results import RecordDetail, Results, Sort
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.session.export_personal import PersonalPass
from hpviewer.wording import say

_SHOWN = frozenset(
    ("title", "doc_number", "approval_number", "project", "place_as_written", "source_name", "source_url")
)


def find(
    context: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", help=say("cli.find.text"))] = "",
    town: TownOption = None,
    community: CommunityOption = None,
    column: ColumnOption = None,
    kind: KindOption = [],  # noqa: B006  # typer copies the default
    year: YearOption = [],  # noqa: B006
    mask_personal: MaskShownOption = False,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=0, help=say("cli.find.limit"))] = 100,
    as_json: JsonOption = False,
    catalogue: CatalogueOption = None,
) -> None:
    queries = CatalogueQueries(catalogue_for(context, catalogue))
    reader = queries.reader()
    filter = filter_from(reader.names, text, town, community, column, kind, year)
    results = reader.results(filter, Sort(), always)
    details = reader.details(filter, Sort(), limit or -1, always) if results.total else ()
    date = reader.info().data_date
    personal = PersonalPass(_SHOWN, mask=mask_personal)
    details = tuple(personal.through(details))
    if mask_personal:
        text, results = masked_value(text), masked_value(results)
    say_shown(personal.counts, masked=mask_personal)
    if as_json:
        document = find_document(text, results, details, reader.names.place, date)
        typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        _print(results, details, date)
    queries.close()
    raise typer.Exit(0 if results.total else 1)


def _print(results: Results, details: tuple[RecordDetail, ...], date: str) -> None:
    if results.understood:
        places = "；".join(f"{match.name}（{match.why}）" for match in results.understood[:6])
        typer.echo(say("cli.find.understood", places=places))
    typer.echo(say("cli.find.total", total=results.total, date=date))
    for detail in details:
        record = detail.record
        area = (
            say("cli.find.area", area=f"{record.area_ha:,.4f}".rstrip("0").rstrip("."))
            if record.area_ha
            else ""
        )
        number = record.doc_number or record.approval_number
        places_line = " ".join(place.name for place in (*detail.towns, *detail.communities))
        typer.echo(f"\n{record.published or say('exporting.undated')}  {record.kind.value}  {record.title}")
        typer.echo(
            "    "
            + " · ".join(part for part in (places_line, number, area, record.source_kind.value) if part)
        )
        if record.source_url or record.source_name:
            typer.echo(f"    {record.source_name} {record.source_url}".rstrip())
    if results.total > len(details):
        typer.echo("\n" + say("cli.find.more", shown=len(details), total=results.total))
    if not results.total:
        for removal in results.removals:
            typer.echo(
                say("cli.find.without", part=say(f"cli.part.{removal.part.value}"), count=removal.count)
            )
        if results.nearest:
            typer.echo(say("cli.find.nearest", names="、".join(match.name for match in results.nearest)))
