"""`hpviewer slip`: the answer slip, one page to hand over, for a village or for a filter."""

from __future__ import annotations

from dataclasses import replace
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
from hpviewer.cli.village_options import OnOption, day_of, village_named
from hpviewer.errors import HpviewerError, InputError
from hpviewer.places.place import Level
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.session.export_desk import ExportDesk
from hpviewer.session.project_desk import ProjectDesk
from hpviewer.session.slips import slip_of_filter
from hpviewer.wording import say

_CERTAIN = 0.9
_OptionalPath = Optional[Path]  # noqa: UP045  # typer reads the annotation at run time


def slip(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help=say("cli_village.slip.out"))],
    text: Annotated[str, typer.Argument(metavar="NAME", help=say("cli_village.slip.text"))] = "",
    question: Annotated[
        str, typer.Option("--question", metavar="TEXT", help=say("cli_village.slip.question"))
    ] = "",
    office: Annotated[
        str, typer.Option("--office", metavar="TEXT", help=say("cli_village.slip.office"))
    ] = "",
    map_picture: Annotated[
        _OptionalPath, typer.Option("--map", metavar="PNG", help=say("cli_village.slip.map"))
    ] = None,
    template: Annotated[
        _OptionalPath, typer.Option("--template", metavar="DOCX", help=say("cli_village.slip.template"))
    ] = None,
    mask_personal: MaskOption = False,
    on: OnOption = None,
    town: TownOption = None,
    community: CommunityOption = None,
    column: ColumnOption = None,
    kind: KindOption = [],  # noqa: B006  # typer copies the default
    year: YearOption = [],  # noqa: B006
    catalogue: CatalogueOption = None,
) -> None:
    day = day_of(on)
    if out.suffix.lower() != ".docx":
        raise InputError(say("cli_village.bad.not_docx", file=out), say("cli_village.bad.not_docx_next"))
    picture = _png(map_picture)
    queries = CatalogueQueries(catalogue_for(context, catalogue))
    filter = filter_from(queries.reader().names, text, town, community, column, kind, year)
    exports = ExportDesk(queries)
    request = slip_of_filter(queries, ProjectDesk(queries), exports, filter, out, day)
    if text and not (question or town or community or column or kind or year):
        question = _about(queries, text)
    request = request.with_extras(question, office, picture, template)
    written = exports.slip_now(replace(request, mask_personal=mask_personal))
    queries.close()
    say_personal(written, masked=mask_personal)
    typer.echo(say("cli_village.slip.written", file=written.path, shown=written.records, total=request.total))
    raise typer.Exit(0 if request.total else 1)


def _about(queries: CatalogueQueries, text: str) -> str:
    """The question that a bare name of a place stands for; empty for any other text."""
    names = queries.reader().names
    try:
        match, _ = village_named(names, text, None)
    except HpviewerError:
        return ""
    if match.score < _CERTAIN:
        return ""
    town = "" if match.level is Level.TOWN else match.town
    return say("session_village.export.question_village", town=town, name=match.name)


def _png(file: Path | None) -> bytes:
    if file is None:
        return b""
    try:
        content = file.read_bytes()
    except OSError:
        content = b""
    if not content.startswith(b"\x89PNG\r\n\x1a\n"):
        raise InputError(say("cli_village.bad.not_png", file=file), say("cli_village.bad.not_png_next"))
    return content
