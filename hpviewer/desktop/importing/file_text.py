"""What the list of files says about a file, in a few words."""

from __future__ import annotations

from hpviewer.records.change import ChangeKind
from hpviewer.session.import_file import ImportFile
from hpviewer.wording import say


def status_of(file: ImportFile) -> tuple[str, str]:
    """The words and their colour token."""
    preview = file.preview
    if preview is None:
        return say("desktop_importing.file.waiting"), "text_muted"
    if preview.error is not None:
        return preview.error.message, "warn"
    if file.faults:
        return say("desktop_importing.file.faults", count=len(file.faults)), "warn"
    kind = say(f"desktop_importing.kind.{preview.kind}")
    if file.report is not None:
        year = file.report.year or say("desktop_importing.absent")
        return say("desktop_importing.file.report", kind=kind, year=year), "text_muted"
    parts = [kind]
    for change in (ChangeKind.ADDED, ChangeKind.UPDATED, ChangeKind.UNCHANGED):
        count = preview.count(change)
        if count:
            parts.append(say(f"desktop_importing.count.{change.value}", count=count))
    if file.rejected_rows:
        parts.append(say("desktop_importing.count.rejected", count=file.rejected_rows))
    flags = sum(len(record.flags) for record in file.notices or ())
    if flags:
        parts.append(say("desktop_importing.count.flags", count=flags))
    tone = "warn" if file.rejected_rows or flags else "text_muted"
    return say("desktop_importing.part_mark").join(parts), tone


def spoken(file: ImportFile) -> str:
    return say("desktop_importing.file.spoken", name=file.name, status=status_of(file)[0])
