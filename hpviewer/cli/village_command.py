"""`hpviewer village`: everything about one community on one page."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from hpviewer.cli.options import CatalogueOption, JsonOption, TownOption, catalogue_for
from hpviewer.cli.personal_option import MaskShownOption, personal_document
from hpviewer.cli.village_documents import village_document
from hpviewer.cli.village_options import OnOption, day_of, village_named
from hpviewer.places.place import Level, Match
from hpviewer.records.personal_values import masked_value
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.session.project_desk import ProjectDesk
from hpviewer.session.village import VillagePage, deadline_line
from hpviewer.session.village_policies import policy_line
from hpviewer.wording import say


def village(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help=say("cli_village.village.name"))],
    on: OnOption = None,
    town: TownOption = None,
    mask_personal: MaskShownOption = False,
    as_json: JsonOption = False,
    catalogue: CatalogueOption = None,
) -> None:
    day = day_of(on)
    queries = CatalogueQueries(catalogue_for(context, catalogue))
    match, others = village_named(queries.reader().names, name, town)
    page = ProjectDesk(queries).village_now(match.code, day)
    document = personal_document(village_document(name, page, others), mask=mask_personal)
    if as_json:
        typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        _print(masked_value(page) if mask_personal else page, others)
    queries.close()
    raise typer.Exit(0 if page.records else 1)


def _print(page: VillagePage, others: list[Match]) -> None:
    key = "town_title" if page.place.level is Level.TOWN else "title"
    typer.echo(say(f"cli_village.village.{key}", name=page.place.name, town=page.town, on=page.on))
    if others:
        full = (one.name if one.level is Level.TOWN else f"{one.town}{one.name}" for one in others[:5])
        names = say("session_village.list_mark").join(full)
        typer.echo(say("cli_village.village.others", names=names))
    _section("going_on", page.going_on)
    _section(
        "records",
        [
            say(
                "cli_village.record",
                date=one.record.published or say("session_village.undated"),
                kind=one.record.kind.value,
                title=one.record.title,
                source=one.record.source_kind.value,
            )
            for one in page.records
        ],
    )
    _section("deadlines", [deadline_line(one) for one in page.deadlines])
    policies = [policy_line(one) for one in page.policies.items]
    if page.policies.items:
        policies.append(say("cli_village.village.ask", question=page.policies.items[0].question))
    _section("policies", [*policies, *filter(None, (page.policies.note,))])
    _section("contact", (page.contact.sentence,))
    _section("unknown", (*page.unknown, *filter(None, (page.notice,))))


def _section(key: str, lines: list[str] | tuple[str, ...]) -> None:
    typer.echo("\n" + say(f"cli_village.section.{key}"))
    for line in lines or (say("cli_village.section_none"),):
        typer.echo(f"  {line}")
