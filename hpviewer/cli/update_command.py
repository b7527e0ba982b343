"""`hpviewer catalogue update`: a newer bundled data set, shown first and taken only when told to."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from hpviewer import paths
from hpviewer.cli.options import CatalogueOption, JsonOption, catalogue_for
from hpviewer.errors import InputError
from hpviewer.records.change import ChangeKind
from hpviewer.session.catalogue_difference import CatalogueDifference, Part
from hpviewer.session.data_update import DataUpdate, Preview
from hpviewer.session.settings import load_settings
from hpviewer.wording import say

_SHOWN = 10
_KINDS = (ChangeKind.ADDED, ChangeKind.UPDATED, ChangeKind.REMOVED)


def update(
    context: typer.Context,
    keep: Annotated[bool, typer.Option("--keep", help=say("cli_update.keep"))] = False,
    take: Annotated[bool, typer.Option("--take", help=say("cli_update.take"))] = False,
    both: Annotated[bool, typer.Option("--both", help=say("cli_update.both"))] = False,
    as_json: JsonOption = False,
    catalogue: CatalogueOption = None,
) -> None:
    if keep + take + both > 1:
        raise InputError(say("cli_update.one_answer"), say("cli_update.one_answer_next"))
    answer = "keep" if keep else "take" if take else "both" if both else None
    settings = load_settings().settings
    path = catalogue_for(context, catalogue, settings)
    work = DataUpdate(path, paths.bundled_catalogue(), settings.backups)
    newer = work.newer()
    preview = work.preview()
    done = _answered(work, answer) if not preview.difference.empty else {}
    if as_json:
        document = {
            "path": str(path),
            "newer": newer and not preview.difference.empty,
            "answer": answer,
            "batch": 0,
            "kept_own": 0,
            "backup": None,
            **done,
            **preview.difference.as_json(),
        }
        typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    _print_preview(preview, newer)
    if preview.difference.empty:
        return
    if answer is None:
        typer.echo(say("cli_update.choices"))
    else:
        typer.echo(say(f"cli_update.done.{answer}", **{"batch": 0, "kept_own": 0, "backup": "", **done}))


def _answered(work: DataUpdate, answer: str | None) -> dict[str, Any]:
    if answer == "keep":
        work.keep()
    elif answer == "take":
        return {"backup": str(work.take())}
    elif answer == "both":
        outcome = work.both()
        return {"batch": outcome.batch, "kept_own": len(outcome.kept)}
    return {}


def _print_preview(preview: Preview, newer: bool) -> None:
    difference = preview.difference
    here, there = difference.data_dates
    if difference.empty:
        typer.echo(say("cli_update.same", here=here))
        return
    typer.echo(say("cli_update.newer" if newer else "cli_update.answered", here=here, there=there))
    for part in Part:
        counts = {kind: difference.count(part, kind) for kind in _KINDS}
        if any(counts.values()):
            words = [
                say(f"session_update.kind.{kind.value}", count=count)
                for kind, count in counts.items()
                if count
            ]
            typer.echo(
                f"{say(f'session_update.part.{part.value}')}  {say('session_update.joint').join(words)}"
            )
            _print_entries(difference, part)
    if preview.untouched:
        typer.echo(say("session_update.untouched"))
    elif difference.lost:
        typer.echo(say("session_update.lost", count=difference.lost))
        for number, started, source in difference.batches:
            typer.echo("    " + say("session_update.batch", number=number, started=started, source=source))


def _print_entries(difference: CatalogueDifference, part: Part) -> None:
    entries = difference.of(part)
    for one in entries[:_SHOWN]:
        mark = say("session_update.own_mark") if one.own else ""
        typer.echo(f"    {say(f'session_update.change.{one.kind.value}')}  {one.title}{mark}")
    total = sum(difference.count(part, kind) for kind in _KINDS)
    if total > _SHOWN:
        typer.echo("    " + say("session_update.more", count=total - min(_SHOWN, len(entries))))
