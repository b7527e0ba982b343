"""What a catalogue was made from, and whether anything happened to it since."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hpviewer.catalogue.connection import open_reader, open_writer, sentences, transaction
from hpviewer.catalogue.schema import SCHEMA_VERSION, read_meta, set_meta

_ANSWERED = "answered"
FOLLOWED = "followed"
"""The fact that a batch carries which brought a newer bundled data set: its fingerprint."""


@dataclass(frozen=True, slots=True)
class Origin:
    """``fingerprint`` is of the content that the file was built from; ``changed`` since by import or edit.

    ``tables`` tells how its tables were made; ``answered`` are the fingerprints of bundled data sets that need no
    offer any more: declined, or brought in as a batch.
    """

    fingerprint: str
    changed: bool
    data_date: str = ""
    version: int = SCHEMA_VERSION
    tables: str = ""
    answered: frozenset[str] = frozenset()

    def has(self, shipped: Origin) -> bool:
        """The other's content is in this file already, or was declined."""
        return shipped.fingerprint in {self.fingerprint, *self.answered}


def read_origin(path: Path) -> Origin:
    """CatalogueError when the file is not a catalogue of ours, or newer than this program."""
    connection = open_reader(path)
    try:
        with sentences(path):
            meta = read_meta(connection, range(SCHEMA_VERSION + 1))
    finally:
        connection.close()
    return Origin(
        fingerprint=meta.get("fingerprint", ""),
        changed=meta.get("changed") == "1",
        data_date=meta.get("data_date", ""),
        version=int(meta.get("schema_version", "0")),
        tables=meta.get("tables", ""),
        answered=frozenset(meta[key] for key in (_ANSWERED, FOLLOWED) if key in meta),
    )


def remember_answer(path: Path, fingerprint: str) -> None:
    """This bundled data set was declined: it is not offered again. Not a change of the content."""
    connection = open_writer(path)
    try:
        with sentences(path), transaction(connection):
            set_meta(connection, _ANSWERED, fingerprint)
    finally:
        connection.close()
