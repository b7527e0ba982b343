"""What the commands about villages, projects and exports share: a day, a named village."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Optional

import typer

from hpviewer.errors import InputError, NotFoundError
from hpviewer.places.index import NameIndex
from hpviewer.places.nearest import by_code, nearest
from hpviewer.places.place import Level, Match
from hpviewer.places.resolver import Resolver
from hpviewer.wording import say

OnOption = Annotated[
    Optional[str],  # noqa: UP045  # typer reads these annotations at run time
    typer.Option("--on", metavar="DATE", help=say("cli_village.option.on")),
]


def day_of(text: str | None) -> dt.date:
    """Today without one; InputError for anything but YYYY-MM-DD."""
    if text is None:
        return dt.date.today()
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise InputError(say("cli_village.bad.date", text=text), say("cli_village.bad.date_next")) from None


def village_named(index: NameIndex, name: str, town: str | None) -> tuple[Match, list[Match]]:
    """The community that a name means, else the town, and what else it may mean.

    NotFoundError for no place, InputError when two communities bear the name and no town tells which.
    """
    found = by_code(index, name) or Resolver(index).resolve(name)
    if town is not None:
        around = {one.code for one in by_code(index, town) or Resolver(index).resolve(town)}
        found = [one for one in found if one.code[:9] in around]
    if not found:
        close = say("session_village.list_mark").join(one.name for one in nearest(index, name, 5))
        raise NotFoundError(
            say("cli_village.bad.no_place", name=name),
            say("cli_village.bad.no_place_near", names=close)
            if close
            else say("cli_village.bad.no_place_next"),
        )
    found.sort(key=lambda one: one.level is not Level.COMMUNITY)
    best = [one for one in found if one.level is found[0].level]
    best = [one for one in best if one.score == max(each.score for each in best)]
    if len(best) > 1:
        raise InputError(
            say("cli_village.bad.two_places", name=name),
            say(
                "cli_village.bad.two_places_next",
                names=say("session_village.list_mark").join(
                    f"{one.town}{one.name} {one.code}" for one in best
                ),
            ),
        )
    return best[0], [one for one in found if one is not best[0]]
