"""`hpviewer deadlines`: what can still be done, until when."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Optional

import typer

from hpviewer.cli.options import CatalogueOption, JsonOption, catalogue_for
from hpviewer.cli.personal_option import MaskOption, personal_document
from hpviewer.cli.village_documents import deadlines_document
from hpviewer.cli.village_options import OnOption, day_of
from hpviewer.records.personal_values import masked_value
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.session.export_desk import ExportDesk
from hpviewer.session.project_desk import ProjectDesk
from hpviewer.session.village import deadline_line
from hpviewer.wording import say


def deadlines(
    context: typer.Context,
    on: OnOption = None,
    ics: Annotated[
        Optional[Path],  # noqa: UP045  # typer reads the annotation at run time
        typer.Option("--ics", metavar="FILE", help=say("cli_village.deadlines.ics")),
    ] = None,
    mask_personal: MaskOption = False,
    as_json: JsonOption = False,
    catalogue: CatalogueOption = None,
) -> None:
    day = day_of(on)
    queries = CatalogueQueries(catalogue_for(context, catalogue))
    found = ProjectDesk(queries).deadlines_now(day)
    items = [one.deadline for one in found.items]
    written = ExportDesk(queries).ics_now(ics, items, mask_personal=mask_personal) if ics else None
    document = personal_document(deadlines_document(found), mask=mask_personal)
    if mask_personal:
        found = masked_value(found)
    if as_json:
        typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        typer.echo(say("cli_village.deadlines.total", on=day, count=len(found.items), date=found.data_date))
        for one in found.items:
            typer.echo("\n" + deadline_line(one.deadline))
            typer.echo(
                "    " + " ".join(place.name for place in (*one.detail.towns, *one.detail.communities))
            )
            typer.echo("    " + one.deadline.sentence)
            if one.deadline.article:
                typer.echo("    " + one.deadline.article)
        if found.unknown:
            typer.echo("\n" + say("cli_village.deadlines.unknown", count=len(found.unknown)))
            for other in found.unknown:
                typer.echo(f"  {other.detail.record.title} {other.sentence}")
        if written:
            typer.echo(say("cli_village.written", file=written.path, count=written.records))
    queries.close()
    raise typer.Exit(0 if found.items else 1)
