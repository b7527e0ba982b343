"""`hpviewer import` and `hpviewer undo`: files in, and back out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Optional

import typer

from hpviewer import paths
from hpviewer.cli.options import CatalogueOption, JsonOption, catalogue_for
from hpviewer.cli.pack_commands import take_back
from hpviewer.errors import InputError
from hpviewer.exporting.record_json import imported_item
from hpviewer.importing.annual_report.read import ReadReport
from hpviewer.importing.boundaries.reading import BoundaryReading
from hpviewer.importing.notice.as_json import notice_json
from hpviewer.importing.notice.notice import NoticeReading
from hpviewer.importing.policy_document.reading import PolicyReading
from hpviewer.places.place import PlaceCode
from hpviewer.records.change import ChangeKind
from hpviewer.records.personal_data import mask_personal as masked
from hpviewer.records.personal_fields import masked_texts
from hpviewer.records.record import Record
from hpviewer.records.results import RecordDetail
from hpviewer.reports.report_json import report_json
from hpviewer.session.batch_words import source_words
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.session.import_desk import ImportDesk
from hpviewer.session.import_file import MOST_PERSONAL
from hpviewer.session.import_personal import masked_reading, row_words, sentences
from hpviewer.session.import_preview import FilePreview, ImportKind
from hpviewer.session.import_readers import BoundaryAnswers
from hpviewer.session.mapping_memory import FILE, MappingMemory
from hpviewer.session.pack_desk import PackDesk
from hpviewer.wording import say


def bring_in(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help=say("cli_import.files"))],
    as_: Annotated[
        Optional[str],  # noqa: UP045  # typer reads the annotation at run time
        typer.Option("--as", metavar="KIND", help=say("cli_import.as")),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=say("cli_import.dry_run"))] = False,
    skip_rejected: Annotated[
        bool, typer.Option("--skip-rejected", help=say("cli_import.skip_rejected"))
    ] = False,
    crs: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--crs", metavar="EPSG:N", help=say("cli_import.crs")),
    ] = None,
    gcj02: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--gcj02", metavar="yes|no", help=say("cli_import.gcj02")),
    ] = None,
    bd09: Annotated[bool, typer.Option("--bd09", help=say("cli_import.bd09"))] = False,
    mask_personal: Annotated[
        bool, typer.Option("--mask-personal", help=say("cli_import.mask_personal"))
    ] = False,
    as_json: JsonOption = False,
    catalogue: CatalogueOption = None,
) -> None:
    queries = CatalogueQueries(catalogue_for(context, catalogue))
    desk = ImportDesk(queries, MappingMemory(paths.user_config() / FILE).get)
    if bd09 and gcj02 is not None:
        raise InputError(say("cli_import.two_web_maps"), say("cli_import.two_web_maps_next"))
    answers = BoundaryAnswers(crs, _yes_or_no(gcj02), bd09)
    previews = desk.preview(files, _kind(as_), answers=answers, mask_personal=mask_personal)
    batch = 0
    if not dry_run:
        outcome = desk.save(previews, skip_rejected=skip_rejected)
        batch = outcome.batch
        if outcome.still_in_history:
            typer.echo(say("session_personal.still_in_history", count=outcome.still_in_history), err=True)
    left_out = [p for p in previews if not (p.usable or (skip_rejected and p.error is None))]
    if as_json:
        document = {"files": [_file(p, p in left_out, dry_run, queries) for p in previews], "batch": batch}
        typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        _print(previews, left_out, dry_run, batch)
    for preview in left_out:
        typer.echo(_refusal(preview), err=True)
    queries.close()
    raise typer.Exit(2 if left_out else 0)


def undo(
    context: typer.Context,
    batch: Annotated[
        Optional[int],  # noqa: UP045  # typer reads the annotation at run time
        typer.Argument(metavar="BATCH", help=say("cli_import.undo_batch")),
    ] = None,
    show: Annotated[bool, typer.Option("--list", help=say("cli_import.undo_list"))] = False,
    as_json: JsonOption = False,
    catalogue: CatalogueOption = None,
) -> None:
    queries = CatalogueQueries(catalogue_for(context, catalogue))
    packs = PackDesk(queries.path)
    former = packs.former() if batch is None and not show else None
    if (
        former is not None and former.newest
    ):  # the newest change is the whole catalogue: a pack took its place
        take_back(packs, as_json=as_json)
        return
    desk = ImportDesk(queries)
    if show:
        batches = [
            {
                "batch": b.number,
                "started": b.started,
                "source": b.source,
                "records": b.records,
                "undone": b.undone,
            }
            for b in desk.batches()
        ]
        if as_json:
            typer.echo(json.dumps({"batches": batches}, ensure_ascii=False, indent=2))
        else:
            for item in batches:
                state = say("cli_import.undone", when=item["undone"]) if item["undone"] else ""
                typer.echo(
                    say(
                        "cli_import.batch",
                        state=state,
                        **item | {"source": source_words(str(item["source"]))},
                    )
                )
        raise typer.Exit(0 if batches else 1)
    taken, changes = desk.undo(batch)
    if as_json:
        document = {
            "batch": taken.number,
            "source": taken.source,
            "removed": sum(change.kind is ChangeKind.REMOVED for change in changes),
            "restored": sum(change.kind is ChangeKind.UPDATED for change in changes),
        }
        typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        source = source_words(taken.source)
        typer.echo(say("cli_import.taken_back", batch=taken.number, source=source, count=len(changes)))


def _yes_or_no(text: str | None) -> bool | None:
    if text not in (None, "yes", "no"):
        raise InputError(say("cli_import.bad_gcj02", text=text), say("cli.bad.choices", names="yes no"))
    return None if text is None else text == "yes"


def _kind(name: str | None) -> ImportKind | None:
    if name is None:
        return None
    try:
        return ImportKind(name)
    except ValueError:
        raise InputError(
            say("cli_import.bad_kind", name=name), say("cli.bad.choices", names=" ".join(ImportKind))
        ) from None


def _file(preview: FilePreview, left_out: bool, dry_run: bool, queries: CatalogueQueries) -> dict[str, Any]:
    """One file of the document. A file that was left out added nothing; a dry run says what would be."""
    counts = {
        kind.value: 0 if left_out and not dry_run else preview.count(kind)
        for kind in (ChangeKind.ADDED, ChangeKind.UPDATED, ChangeKind.UNCHANGED)
    }
    written = masked if preview.mask else str
    rejected = [
        {"row": r.row, "field": r.field, "value": written(r.value), "problem": written(r.problem)}
        for r in preview.rejected
    ]
    if preview.error is not None:
        rejected.append({"row": "", "field": "", "value": preview.path.name, "problem": str(preview.error)})
    return {
        "path": str(preview.path),
        "as": preview.kind.value if preview.kind else None,
        "read": preview.read,
        **counts,
        "rejected": rejected,
        "warnings": list(_warnings(preview)),
        "personal": [
            {"item": n.item, "where": n.where, "field": n.field, "kind": n.kind.value, "masked": n.masked}
            for n in preview.personal
        ],
        "masked": preview.mask,
        "items": _items(preview, queries),
    }


def _warnings(preview: FilePreview) -> tuple[str, ...]:
    return masked_texts(preview.warnings) if preview.mask else preview.warnings


def _items(preview: FilePreview, queries: CatalogueQueries) -> list[dict[str, Any]]:
    reading = preview.reading
    if reading is not None and preview.mask:
        reading = masked_reading(reading)
    if isinstance(reading, ReadReport):
        return [report_json(reading.report, ())]
    if isinstance(reading, BoundaryReading):
        return _boundary_items(reading, queries)
    if isinstance(reading, PolicyReading):
        return [_policy_item(reading)]
    details = [_detail(record, queries) for record in preview.records]
    if isinstance(reading, NoticeReading):
        names = {place.code: place.name for d in details for place in (*d.towns, *d.communities)}
        items = [notice_json(notice, names) for notice in reading.notices]
    else:
        items = [imported_item(detail) for detail in details]
    for at, item in enumerate(items):
        own = (note for note in preview.personal if note.item == at)
        item["flags"] += sentences(own, mask=preview.mask)
    return items


def _boundary_items(reading: BoundaryReading, queries: CatalogueQueries) -> list[dict[str, Any]]:
    """Shapes by place, areas by project; hectares, geodesic."""
    names = queries.reader().names
    return [
        {
            "code": s.code,
            "name": names.place(s.code).name,
            "matched_by": s.by.value,
            "area_ha": round(s.area_ha, 4),
        }
        for s in reading.shapes
    ] + [{"project": area.name, "area_ha": round(area.area_ha, 4)} for area in reading.projects]


def _policy_item(reading: PolicyReading) -> dict[str, Any]:
    policy = reading.policy
    return {
        "id": policy.id,
        "title": policy.title,
        "doc_number": policy.doc_number,
        "unified_number": policy.unified_number,
        "issuer": policy.issuer,
        "issued": str(policy.issued or ""),
        "effective": str(policy.effective or ""),
        "expires": str(policy.expires or ""),
        "kind": policy.kind,
        "clauses": [{"number": c.number, "heading": c.heading, "text": c.text} for c in reading.clauses],
    }


def _detail(record: Record, queries: CatalogueQueries) -> RecordDetail:
    def places(codes: tuple[PlaceCode, ...]) -> tuple[Any, ...]:
        return tuple(queries.reader().names.place(code) for code in codes)

    return RecordDetail(record, places(record.towns), places(record.communities), ())


def _print(previews: list[FilePreview], left_out: list[FilePreview], dry_run: bool, batch: int) -> None:
    for preview in previews:
        if preview.error is not None:
            continue
        key = (
            "cli_import.would"
            if dry_run
            else "cli_import.left_out"
            if preview in left_out
            else "cli_import.did"
        )
        typer.echo(
            say(
                key,
                file=preview.path.name,
                read=preview.read,
                added=preview.count(ChangeKind.ADDED),
                updated=preview.count(ChangeKind.UPDATED),
                unchanged=preview.count(ChangeKind.UNCHANGED),
                rejected=len({r.row for r in preview.rejected}),
            )
        )
        for change in preview.changes:
            record = change.after or change.before
            if record is not None and change.kind is not ChangeKind.UNCHANGED:
                typer.echo(f"    {say(f'cli_import.change.{change.kind.value}')}  {record.title}")
        for warning in _warnings(preview):
            typer.echo(f"    {warning}")
        _print_personal(preview)
    if batch:
        typer.echo(say("cli_import.saved", batch=batch))


def _print_personal(preview: FilePreview) -> None:
    for text in sentences(preview.personal[:MOST_PERSONAL], mask=preview.mask):
        typer.echo(f"    {text}")
    more = len(preview.personal) - MOST_PERSONAL
    if more > 0:
        typer.echo(f"    {say('session_personal.more', count=more)}")
    if any(note.kept for note in preview.personal) and not preview.mask:
        typer.echo(f"    {say('cli_import.mask_hint')}")


def _refusal(preview: FilePreview) -> str:
    if preview.error is not None:
        return str(preview.error)
    first = preview.rejected[0]
    sheet, _, row = first.row.rpartition("!")
    return say(
        "cli_import.refused",
        file=preview.path.name,
        rows=len({r.row for r in preview.rejected}),
        row=row_words(sheet, row),
        field=first.field,
        value=masked(first.value) if preview.mask else first.value,
        problem=masked(first.problem) if preview.mask else first.problem,
    )
