"""`hpviewer pack` and `hpviewer unpack`: a catalogue by USB stick, looked at before it is taken, and taken back."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Annotated, Any, Optional

import typer

from hpviewer.cli.options import CatalogueOption, JsonOption, catalogue_for
from hpviewer.errors import InputError
from hpviewer.records.change import ChangeKind
from hpviewer.session.catalogue_difference import CatalogueDifference, Part
from hpviewer.session.pack_desk import Mine, PackDesk, PackPreview, Unpacked
from hpviewer.session.pack_keys import make_key
from hpviewer.wording import say

_KINDS = (ChangeKind.ADDED, ChangeKind.UPDATED, ChangeKind.REMOVED)
_OptionalPath = Optional[Path]  # noqa: UP045  # typer reads these annotations at run time
_OptionalText = Optional[str]  # noqa: UP045


def pack(
    context: typer.Context,
    file: Annotated[_OptionalPath, typer.Argument(metavar="FILE", help=say("cli_packs.pack.file"))] = None,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help=say("cli_packs.pack.note"))] = "",
    key: Annotated[
        _OptionalPath, typer.Option("--key", metavar="FILE", help=say("cli_packs.pack.key"))
    ] = None,
    new_key: Annotated[
        _OptionalPath, typer.Option("--new-key", metavar="FILE", help=say("cli_packs.pack.new_key"))
    ] = None,
    as_json: JsonOption = False,
    catalogue: CatalogueOption = None,
) -> None:
    if file is None and new_key is None:
        raise InputError(say("cli_packs.pack.nothing"), say("cli_packs.pack.nothing_next"))
    document: dict[str, Any] = {}
    lines = []
    if new_key is not None:
        public = make_key(new_key)
        document |= {"key": public.name, "public_key": public.line, "secret_file": str(new_key)}
        lines += [
            say("cli_packs.pack.key_made", secret=new_key, public=f"{new_key}.pub"),
            say("cli_packs.pack.key_line", line=public.line),
        ]
    if file is not None:
        desk = PackDesk(catalogue_for(context, catalogue))
        made = desk.pack(file, note, key or new_key)
        document |= {
            "path": str(made.path),
            "size": made.size,
            "signed_by": made.key,
            "manifest": dataclasses.asdict(made.manifest),
        }
        counts = made.manifest.counts
        lines.append(
            say(
                "cli_packs.pack.done",
                file=made.path,
                size=f"{made.size / 1e6:.1f}",
                records=counts.records,
                date=made.manifest.data_date,
            )
        )
        lines.append(say("cli_packs.signed", name=made.key) if made.key else say("cli_packs.unsigned"))
    typer.echo(json.dumps(document, ensure_ascii=False, indent=2) if as_json else "\n".join(lines))


def unpack(
    context: typer.Context,
    file: Annotated[_OptionalPath, typer.Argument(metavar="FILE", help=say("cli_packs.unpack.file"))] = None,
    yes: Annotated[bool, typer.Option("--yes", help=say("cli_packs.unpack.yes"))] = False,
    mine: Annotated[
        _OptionalText, typer.Option("--mine", metavar="keep|replace", help=say("cli_packs.unpack.mine"))
    ] = None,
    key: Annotated[str, typer.Option("--key", metavar="PUB", help=say("cli_packs.unpack.key"))] = "",
    undo: Annotated[bool, typer.Option("--undo", help=say("cli_packs.unpack.undo"))] = False,
    limit: Annotated[int, typer.Option("--limit", metavar="N", help=say("cli_packs.unpack.limit"))] = 10,
    as_json: JsonOption = False,
    catalogue: CatalogueOption = None,
) -> None:
    chosen = _mine(mine)
    if (file is None) != undo or (undo and (yes or mine)):
        raise InputError(say("cli_packs.unpack.one_thing"), say("cli_packs.unpack.one_thing_next"))
    desk = PackDesk(catalogue_for(context, catalogue))
    if file is None:
        take_back(desk, as_json=as_json)
        return
    preview = desk.preview(file, key)
    done = None
    if yes and not preview.difference.empty:
        if chosen is None and preview.difference.batches:
            raise InputError(
                say("cli_packs.unpack.choose", count=len(preview.difference.batches)),
                say("cli_packs.unpack.choose_next"),
            )
        done = desk.unpack(file, chosen or Mine.REPLACE, key, digest=preview.digest)
    if as_json:
        typer.echo(json.dumps(_document(preview, done, limit), ensure_ascii=False, indent=2))
        return
    _print_preview(preview, limit)
    if done is not None:
        typer.echo(_done_line(done))
    elif not preview.difference.empty:
        typer.echo(say("cli_packs.unpack.only_preview"))


def take_back(desk: PackDesk, *, as_json: bool) -> None:
    """The catalogue that a pack took the place of; also what `hpviewer undo` does when that was the last change."""
    former = desk.undo()
    if as_json:
        document = {"batch": 0, "source": former.source, "backup": str(former.file)}
        typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        typer.echo(say("cli_packs.unpack.undone", source=former.source, when=former.replaced))


def _mine(text: str | None) -> Mine | None:
    try:
        return None if text is None else Mine(text)
    except ValueError:
        raise InputError(
            say("cli_packs.unpack.bad_mine", text=text), say("cli.bad.choices", names=" ".join(Mine))
        ) from None


def _document(preview: PackPreview, done: Unpacked | None, limit: int) -> dict[str, Any]:
    replacing = preview.difference.as_json()
    for part in replacing["parts"].values():
        del part["items"][limit:]
    document: dict[str, Any] = {
        "path": str(preview.path),
        "manifest": dataclasses.asdict(preview.manifest),
        "signature": {"trust": preview.signature.trust.value, "key": preview.signature.key},
        "replace": replacing,
        "keep": {
            "added": preview.added,
            "updated": preview.updated,
            "items": preview.items,
            "kept_own": len(preview.kept),
        },
        "done": None,
    }
    if done is not None:
        document["done"] = {
            "mine": done.mine.value,
            "batch": done.batch,
            "changes": done.changes,
            "kept_own": done.kept,
            "backup": str(done.former) if done.former else None,
        }
    return document


def _print_preview(preview: PackPreview, limit: int) -> None:
    manifest, signature, difference = preview.manifest, preview.signature, preview.difference
    typer.echo(
        say(
            "cli_packs.unpack.head",
            file=preview.path.name,
            made=manifest.made[:16].replace("T", " "),
            program=manifest.program,
            records=manifest.counts.records,
            date=manifest.data_date,
        )
    )
    if manifest.note:
        typer.echo(say("cli_packs.unpack.note", note=manifest.note))
    typer.echo(say(f"session_packs.trust.{signature.trust.value}", name=signature.key))
    if difference.empty:
        typer.echo(say("cli_packs.unpack.same"))
        return
    typer.echo(
        say("cli_packs.unpack.replacing", here=difference.data_dates[0], there=difference.data_dates[1])
    )
    for part in Part:
        _print_part(difference, part, limit)
    if difference.batches:
        typer.echo(say("cli_packs.unpack.own", count=len(difference.batches), lost=difference.lost))
        for number, started, source in difference.batches[:limit]:
            typer.echo("    " + say("session_update.batch", number=number, started=started, source=source))
    else:
        typer.echo(say("cli_packs.unpack.no_own"))
    typer.echo(
        say(
            "cli_packs.unpack.keeping",
            added=preview.added,
            updated=preview.updated,
            items=preview.items,
            kept=len(preview.kept),
        )
    )


def _print_part(difference: CatalogueDifference, part: Part, limit: int) -> None:
    counts = {kind: difference.count(part, kind) for kind in _KINDS}
    total = sum(counts.values())
    if not total:
        return
    words = [say(f"session_update.kind.{kind.value}", count=count) for kind, count in counts.items() if count]
    typer.echo(f"  {say(f'session_update.part.{part.value}')}  {say('session_update.joint').join(words)}")
    shown = difference.of(part)[:limit]
    for one in shown:
        mark = say("session_update.own_mark") if one.own else ""
        typer.echo(f"    {say(f'session_update.change.{one.kind.value}')}  {one.title}{mark}")
    if total > len(shown):
        typer.echo("    " + say("session_update.more", count=total - len(shown)))


def _done_line(done: Unpacked) -> str:
    if done.mine is Mine.REPLACE:
        return say("cli_packs.unpack.replaced", backup=done.former)
    if not done.batch:
        return say("cli_packs.unpack.nothing_new")
    return say("cli_packs.unpack.merged", batch=done.batch, changes=done.changes, kept=done.kept)
