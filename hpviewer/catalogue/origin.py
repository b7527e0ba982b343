"""What a catalogue was made from, and whether anything happened to it since."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hpviewer.catalogue.connection import open_reader, sentences
from hpviewer.catalogue.schema import read_meta


@dataclass(frozen=True, slots=True)
class Origin:
    """``fingerprint`` is of the content that the file was built from; ``changed`` since by import or edit."""

    fingerprint: str
    changed: bool


def read_origin(path: Path) -> Origin:
    """CatalogueError when the file is not a catalogue of ours."""
    connection = open_reader(path)
    try:
        with sentences(path):
            meta = read_meta(connection)
    finally:
        connection.close()
    return Origin(meta.get("fingerprint", ""), meta.get("changed") == "1")
