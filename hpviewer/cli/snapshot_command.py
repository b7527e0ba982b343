"""`hpviewer snapshot`: a picture of the real window, off screen, with a filter applied."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

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
from hpviewer.errors import InputError
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.wording import say


def snapshot(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", metavar="FILE.png", help=say("cli.snapshot.out"))],
    text: Annotated[str, typer.Argument(metavar="TEXT", help=say("cli.find.text"))] = "",
    town: TownOption = None,
    community: CommunityOption = None,
    column: ColumnOption = None,
    kind: KindOption = [],  # noqa: B006  # typer copies the default
    year: YearOption = [],  # noqa: B006
    size: Annotated[str, typer.Option("--size", metavar="WxH", help=say("cli.snapshot.size"))] = "1366x768",
    dark: Annotated[bool, typer.Option("--dark", help=say("cli.snapshot.dark"))] = False,
    catalogue: CatalogueOption = None,
) -> None:
    found = re.fullmatch(r"(\d{3,5})x(\d{3,5})", size)
    if not found:
        raise InputError(say("cli.bad.size", text=size), say("cli.bad.size_next"))
    if out.suffix.lower() != ".png":
        raise InputError(say("cli.bad.not_png", file=out), say("cli.bad.not_png_next"))
    path = catalogue_for(context, catalogue)
    queries = CatalogueQueries(path)
    filter = filter_from(queries.reader().names, text, town, community, column, kind, year)
    queries.close()

    from hpviewer.desktop.snapshot import take_snapshot

    take_snapshot(path, filter, out, (int(found[1]), int(found[2])), dark)
    typer.echo(say("cli.snapshot.saved", file=out))
