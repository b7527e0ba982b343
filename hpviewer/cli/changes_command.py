"""`hpviewer catalogue changes`: what the imports since a day changed, field by field."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Optional

import typer

from hpviewer.catalogue.writer import Batch
from hpviewer.cli.options import CatalogueOption, JsonOption, catalogue_for
from hpviewer.cli.personal_option import MaskOption, say_personal
from hpviewer.errors import InputError
from hpviewer.exporting.record_fields import FieldValue, text_of
from hpviewer.records.partial_date import PartialDate
from hpviewer.records.personal_data import mask_personal as masked
from hpviewer.records.personal_values import masked_value
from hpviewer.session.batch_words import source_words
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.session.change_log import ChangedItem, ChangeLog, change_words, kind_words
from hpviewer.wording import say


def changes(
    context: typer.Context,
    since: Annotated[str, typer.Option("--since", metavar="DATE", help=say("cli_import.changes.since"))] = "",
    batch: Annotated[
        list[int], typer.Option("--batch", metavar="N", help=say("cli_import.changes.batch"))
    ] = [],  # noqa: B006  # typer copies the default
    out: Annotated[
        Optional[Path],  # noqa: UP045  # typer reads the annotation at run time
        typer.Option("--out", metavar="FILE", help=say("cli_import.changes.out")),
    ] = None,
    mask_personal: MaskOption = False,
    as_json: JsonOption = False,
    catalogue: CatalogueOption = None,
) -> None:
    queries = CatalogueQueries(catalogue_for(context, catalogue))
    log = ChangeLog(queries)
    chosen = log.batches(_day(since), batch)
    if out is not None:
        written = log.write(out, chosen, mask=mask_personal)
        say_personal(written, masked=mask_personal)
        if not as_json:
            typer.echo(say("cli_import.changes.written", file=written.path, count=written.records))
            for note in written.notes:
                typer.echo(note)
    if as_json:
        document = {"since": since, "batches": [_batch(log, one, mask_personal) for one in chosen]}
        typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
    elif out is None:
        _print(log, chosen, mask_personal)
    queries.close()
    raise typer.Exit(0 if chosen else 1)


def _day(text: str) -> str:
    """A year, month or day: moments of batches begin with it or come after it."""
    try:
        return str(PartialDate.parse(text)) if text else ""
    except ValueError:
        raise InputError(
            say("cli_import.changes.bad_since", text=text), say("cli_import.changes.bad_since_next")
        ) from None


def _batch(log: ChangeLog, batch: Batch, mask: bool) -> dict[str, Any]:
    return {
        "batch": batch.number,
        "started": batch.started,
        "undone": batch.undone,
        "source": _text(batch.source, mask),
        "changes": [_item(item, mask) for item in log.items(batch.number)],
    }


def _item(item: ChangedItem, mask: bool) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "key": item.key,
        "item": _text(item.name, mask),
        "change": item.change.value,
        "fields": [
            {"field": one.label, "old": _plain(one.old, mask), "new": _plain(one.new, mask)}
            for one in item.values
        ],
    }


def _plain(value: FieldValue, mask: bool) -> str | float | None:
    """Numbers as numbers, anything else as a person reads it; null for an empty one."""
    if mask:
        value = masked_value(value)
    return value if isinstance(value, float | int) else text_of(value) or None


def _text(text: str, mask: bool) -> str:
    return masked(text) if mask else text


def _print(log: ChangeLog, batches: list[Batch], mask: bool) -> None:
    if not batches:
        typer.echo(say("cli_import.changes.none"), err=True)
    for batch in batches:
        state = say("cli_import.undone", when=batch.undone) if batch.undone else ""
        typer.echo(
            say(
                "cli_import.batch",
                batch=batch.number,
                started=batch.started,
                records=batch.records,
                source=_text(source_words(batch.source), mask),
                state=state,
            )
        )
        for item in log.items(batch.number):
            name = _text(item.name, mask)
            typer.echo(f"  {change_words(item.change)}  {kind_words(item.kind)}  {name}")
            for one in item.values:
                old, new = (_plain(value, mask) for value in (one.old, one.new))
                shown = say("cli_import.changes.field", field=one.label, old=_short(old), new=_short(new))
                typer.echo(f"      {shown}")


def _short(value: str | float | None) -> str:
    """One line of a terminal; the files and --json have the whole text."""
    if value is None:
        return say("cli_import.changes.empty")
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


_LONGEST = 60
