"""`hpviewer gaps`: what the record keeper still lacks, town by town."""

from __future__ import annotations

import json

import typer

from hpviewer.cli.options import CatalogueOption, JsonOption, catalogue_for
from hpviewer.cli.personal_option import MaskShownOption, personal_document
from hpviewer.cli.village_documents import gaps_document
from hpviewer.records.personal_values import masked_value
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.session.project_desk import ProjectDesk
from hpviewer.wording import say


def gaps(
    context: typer.Context,
    mask_personal: MaskShownOption = False,
    as_json: JsonOption = False,
    catalogue: CatalogueOption = None,
) -> None:
    queries = CatalogueQueries(catalogue_for(context, catalogue))
    found = ProjectDesk(queries).gaps_now()
    document = personal_document(gaps_document(found), mask=mask_personal)
    if mask_personal:
        found = masked_value(found)
    if as_json:
        typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        typer.echo(say("cli_village.gaps.title", date=found.data_date, average=f"{found.average:.2f}"))
        for town in found.towns:
            typer.echo(
                say(
                    "cli_village.gaps.town",
                    name=town.own.place.name,
                    records=town.own.records,
                    difference=f"{town.difference:+.2f}",
                    empty=town.empty,
                    communities=len(town.communities),
                    last=town.own.last or _no_date(town.own.records),
                    unmapped=town.own.unmapped,
                    without_source=town.own.without_source,
                    incomplete=town.own.incomplete,
                )
            )
        typer.echo(say("cli_village.gaps.unresolved", count=len(found.unresolved)))
        for one in found.unresolved:
            typer.echo(f"  {one.record.title} {one.record.place_as_written}")
    queries.close()


def _no_date(records: int) -> str:
    """A town without records has no last update; one whose records bear no date has one that is not known."""
    return say("session_village.undated" if records else "cli_village.gaps.never")
