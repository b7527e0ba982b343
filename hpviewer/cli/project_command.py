"""`hpviewer project`: the records of a project, its stages, and why its records belong together."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from hpviewer.cli.options import CatalogueOption, JsonOption, catalogue_for
from hpviewer.cli.personal_option import MaskShownOption, personal_document
from hpviewer.cli.village_documents import project_document
from hpviewer.cli.village_options import OnOption, day_of
from hpviewer.records.personal_values import masked_value
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.session.linked_projects import ProjectPage
from hpviewer.session.project_desk import ProjectDesk
from hpviewer.session.village import deadline_line, state_name
from hpviewer.wording import say

_IN_FULL = 5


def project(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help=say("cli_village.project.name"))],
    on: OnOption = None,
    mask_personal: MaskShownOption = False,
    as_json: JsonOption = False,
    catalogue: CatalogueOption = None,
) -> None:
    day = day_of(on)
    queries = CatalogueQueries(catalogue_for(context, catalogue))
    pages = ProjectDesk(queries).projects_now(name, day)
    document = project_document(name, pages, queries.reader().info().data_date)
    document = personal_document(document, mask=mask_personal)
    if mask_personal:
        name, pages = masked_value(name), masked_value(pages)
    if as_json:
        typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
    elif not pages:
        typer.echo(say("cli_village.project.none", name=name))
    elif len(pages) <= _IN_FULL:
        for page in pages:
            _print(page)
    else:
        typer.echo(say("cli_village.project.many", count=len(pages), name=name))
        for page in pages:
            typer.echo(say("cli_village.project.line", name=page.name, count=len(page.records)))
    queries.close()
    raise typer.Exit(0 if pages else 1)


def _print(page: ProjectPage) -> None:
    mark = say("session_village.list_mark")
    typer.echo(say("cli_village.project.title", name=page.name, count=len(page.records)))
    typer.echo("  " + mark.join(one.name for one in (*page.towns, *page.communities)))
    if page.areas:
        areas = mark.join(f"{area:,.4f}".rstrip("0").rstrip(".") for area in page.areas)
        typer.echo("  " + say("cli_village.project.areas", areas=areas))
    for detail in page.records:
        record = detail.record
        typer.echo(
            "  "
            + say(
                "cli_village.record",
                date=record.published or say("session_village.undated"),
                kind=record.kind.value,
                title=record.title,
                source=record.source_kind.value,
            )
        )
    for link in page.group.reasons:
        typer.echo("  " + link.sentence)
    if page.timeline.basis:
        typer.echo(page.timeline.basis)
    for stage in page.timeline.stages:
        typer.echo(
            say(
                "cli_village.project.stage",
                stage=stage.kind.value,
                state=state_name(stage.state.value),
                sentence=stage.sentence,
            )
        )
        if stage.article:
            typer.echo("    " + stage.article)
    for deadline in page.deadlines:
        typer.echo(deadline_line(deadline))
    for caveat in page.timeline.caveats:
        typer.echo(caveat)
    typer.echo("")
