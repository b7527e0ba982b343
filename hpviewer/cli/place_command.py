"""`hpviewer place`: which town or community a written name means, and why."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from hpviewer.cli.options import CatalogueOption, JsonOption, catalogue_for
from hpviewer.exporting.record_json import match_item
from hpviewer.places.nearest import by_code, nearest
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.wording import say


def place(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help=say("cli.place.name"))],
    as_json: JsonOption = False,
    catalogue: CatalogueOption = None,
) -> None:
    queries = CatalogueQueries(catalogue_for(context, catalogue))
    reader = queries.reader()
    matches = by_code(reader.names, name) or reader.resolver.resolve(name)
    if as_json:
        document = {"query": name, "matches": [match_item(match) for match in matches]}
        typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
    elif not matches:
        typer.echo(say("cli.place.none", name=name))
        if close := nearest(reader.names, name, 5):
            typer.echo(say("cli.find.nearest", names="、".join(match.name for match in close)))
    else:
        for match in matches:
            typer.echo(f"{match.code:<12}  {match.name}  {match.town}  {match.score:.2f}  {match.why}")
    queries.close()
    raise typer.Exit(0 if matches else 1)
