"""What the list of files says about a file, in a few words."""

from __future__ import annotations

from hpviewer.session.import_events import ImportSaved
from hpviewer.session.import_file import Figures, ImportFile
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
    parts = [kind]
    if file.report is not None:
        year = file.report.year or say("desktop_importing.absent")
        parts = [say("desktop_importing.file.report", kind=kind, year=year)]
    figures = file.figures
    parts += counts(figures)
    if figures.rejected_rows:
        parts.append(say("desktop_importing.count.rejected", count=figures.rejected_rows))
    if figures.flags:
        parts.append(say("desktop_importing.count.flags", count=figures.flags))
    if figures.personal:
        parts.append(say("desktop_importing.count.personal", count=figures.personal))
    tone = "warn" if figures.rejected_rows or figures.flags or figures.personal else "text_muted"
    return say("desktop_importing.part_mark").join(parts), tone


def counts(of: Figures | ImportSaved) -> list[str]:
    """What is or was new, different and the same, in words; nothing for a zero."""
    figures = ((of.added, "added"), (of.updated, "updated"), (of.unchanged, "unchanged"))
    return [say(f"desktop_importing.count.{key}", count=count) for count, key in figures if count]


def spoken(file: ImportFile) -> str:
    return say("desktop_importing.file.spoken", name=file.name, status=status_of(file)[0])
