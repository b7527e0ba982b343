"""Options that several commands share, and how their text becomes a filter."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from hpviewer.errors import InputError
from hpviewer.places.index import NameIndex
from hpviewer.places.nearest import by_code, nearest
from hpviewer.places.place import Level, PlaceCode
from hpviewer.places.resolver import Resolver
from hpviewer.records.column import Column
from hpviewer.records.filter import RecordFilter
from hpviewer.records.kind import Kind
from hpviewer.session.own_catalogue import find_catalogue
from hpviewer.session.settings import Settings
from hpviewer.wording import say

CatalogueOption = Annotated[
    Optional[Path],  # noqa: UP045  # typer reads these annotations at run time
    typer.Option("--catalogue", metavar="FILE", help=say("cli.option.catalogue")),
]
JsonOption = Annotated[bool, typer.Option("--json", help=say("cli.option.json"))]
TownOption = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--town", metavar="N", help=say("cli.option.town")),
]
CommunityOption = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--community", metavar="N", help=say("cli.option.community")),
]
ColumnOption = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--column", metavar="C", help=say("cli.option.column")),
]
KindOption = Annotated[list[str], typer.Option("--kind", metavar="K", help=say("cli.option.kind"))]
YearOption = Annotated[list[str], typer.Option("--year", metavar="Y", help=say("cli.option.year"))]


def catalogue_for(context: typer.Context, given: Path | None, settings: Settings | None = None) -> Path:
    """The one named after the command, else the one named before it, else the user's own."""
    return find_catalogue(given or context.find_root().obj, settings)


def filter_from(
    index: NameIndex,
    text: str,
    town: str | None,
    community: str | None,
    column: str | None,
    kinds: list[str],
    years: list[str],
) -> RecordFilter:
    """The filter that the options ask for; InputError for a name, kind or year that is none."""
    towns = _places(index, town, Level.TOWN, "--town")
    communities = _places(index, community, Level.COMMUNITY, "--community")
    if towns and communities:
        inside = tuple(code for code in communities if PlaceCode(code[:9]) in towns)
        if not inside:
            raise InputError(
                say("cli.bad.not_inside", community=community, town=town), say("cli.bad.not_inside_next")
            )
        communities = inside
    elif len(communities) == 1:  # a community brings its town along, as in the window's cascade
        towns = (PlaceCode(communities[0][:9]),)
    return RecordFilter(
        text=text.strip(),
        column=_column(column),
        towns=towns,
        communities=communities,
        kinds=tuple(_kind(kind) for kind in kinds),
        years=tuple(dict.fromkeys(year for text_ in years for year in _years(text_))),
    )


def _places(index: NameIndex, name: str | None, level: Level, option: str) -> tuple[PlaceCode, ...]:
    if name is None:
        return ()
    matches = [
        match for match in (by_code(index, name) or Resolver(index).resolve(name)) if match.level is level
    ]
    if not matches:
        close = "、".join(match.name for match in nearest(index, name, 5) if match.level is level)
        raise InputError(
            say("cli.bad.place", option=option, name=name),
            say("cli.bad.place_nearest", names=close) if close else say("cli.bad.place_next"),
        )
    best = matches[0].score
    return tuple(match.code for match in matches if match.score == best)


def _column(name: str | None) -> Column | None:
    if name is None:
        return None
    try:
        return Column(name)
    except ValueError:
        raise InputError(
            say("cli.bad.column", name=name), say("cli.bad.choices", names="、".join(Column))
        ) from None


def _kind(name: str) -> Kind:
    try:
        return Kind(name)
    except ValueError:
        raise InputError(
            say("cli.bad.kind", name=name), say("cli.bad.choices", names="、".join(Kind))
        ) from None


def _years(text: str) -> list[int | None]:
    if text == say("exporting.undated"):
        return [None]
    first, _, last = text.partition("-")
    if not (first.isdecimal() and len(first) == 4) or (last and not (last.isdecimal() and len(last) == 4)):
        raise InputError(say("cli.bad.year", text=text), say("cli.bad.year_next"))
    return list(range(int(first), int(last or first) + 1))
