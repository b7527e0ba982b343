"""Which catalogue this one took the place of, kept in the file itself: so taking it back needs nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec

from hpviewer.catalogue.connection import fetch, open_reader, open_writer, sentences, transaction
from hpviewer.catalogue.schema import read_meta, set_meta

_FORMER = "former"
RECEIVED = "received_batches"
"""The fact that tells up to which number the batches are another's work, which came with a pack."""


@dataclass(frozen=True, slots=True)
class Former:
    """``file`` is the backup; ``replaced`` the ISO moment, local time; ``source`` what took its place.

    ``newest`` says that nothing was imported or edited since.
    """

    file: Path
    replaced: str
    source: str
    newest: bool


class _Stored(msgspec.Struct):
    file: str
    replaced: str
    source: str


def read_former(catalogue: Path) -> Former | None:
    """None when the catalogue took no other's place. The file may be gone by now."""
    connection = open_reader(catalogue)
    try:
        with sentences(catalogue):
            meta = read_meta(connection)
            if _FORMER not in meta:
                return None
            since = fetch(
                connection,
                "SELECT count(*) FROM batches WHERE undone = '' AND fid > ?",
                (int(meta.get(RECEIVED, "0")),),
            )
    finally:
        connection.close()
    stored = msgspec.json.decode(meta[_FORMER], type=_Stored)
    # beside the catalogue, wherever its folder was moved to; only the name counts
    file = catalogue.parent / Path(stored.file).parent.name / Path(stored.file).name
    return Former(file, stored.replaced, stored.source, not since[0][0])


def become_successor(copy: Path, former: Path, replaced: str, source: str) -> None:
    """Prepare ``copy``, which nobody else uses, to take the place of the catalogue whose backup is ``former``.

    It counts as changed from now on: a newer bundled data set is offered to it, and does not replace it unasked.
    """
    stored = msgspec.json.encode(_Stored(f"{former.parent.name}/{former.name}", replaced, source)).decode()
    connection = open_writer(copy)
    try:
        with sentences(copy), transaction(connection):
            newest = fetch(connection, "SELECT coalesce(max(fid), 0) FROM batches")[0][0]
            set_meta(connection, _FORMER, stored)
            set_meta(connection, RECEIVED, str(newest))
            set_meta(connection, "changed", "1")
    finally:
        connection.close()


def clean_for_others(copy: Path) -> None:
    """A copy for others points to no backup of ours, and its free pages hold nothing that was deleted."""
    connection = open_writer(copy)
    try:
        with sentences(copy):
            with transaction(connection):
                connection.execute("DELETE FROM hpviewer_meta WHERE key IN (?, ?)", (_FORMER, RECEIVED))
            connection.execute("VACUUM")
    finally:
        connection.close()
