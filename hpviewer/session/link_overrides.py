"""What a person merged or split by hand, kept beside the catalogue.

``catalogue.gpkg`` has ``catalogue.links.json``: a list of ``{"do": "merge" | "split", "records": […], "name": ""}``
in the order in which they are applied. To undo one is to leave it out.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, Protocol

from hpviewer.errors import CatalogueError
from hpviewer.records.project_links import Merge, Override, Split
from hpviewer.wording import say


class OverrideStore(Protocol):
    def load(self) -> tuple[Override, ...]:
        """CatalogueError when what is kept cannot be read."""

    def save(self, overrides: Sequence[Override]) -> None:
        """CatalogueError when it cannot be written; then nothing has changed."""


class FileOverrides:
    """``catalogue`` is the catalogue's file; a file that is not there means that nothing was decided yet."""

    def __init__(self, catalogue: Path) -> None:
        self.path = catalogue.with_suffix(".links.json")

    def load(self) -> tuple[Override, ...]:
        import msgspec  # here: 15 ms that the start of the window does not pay

        class Line(msgspec.Struct, forbid_unknown_fields=True):
            do: Literal["merge", "split"]
            records: tuple[str, ...]
            name: str = ""

        try:
            lines = msgspec.json.decode(self.path.read_bytes(), type=list[Line])
        except FileNotFoundError:
            return ()
        except (OSError, msgspec.DecodeError) as problem:
            raise CatalogueError(
                say("session_village.links.unreadable", file=self.path),
                say("session_village.links.unreadable_next"),
            ) from problem
        return tuple((Merge if line.do == "merge" else Split)(line.records, line.name) for line in lines)

    def save(self, overrides: Sequence[Override]) -> None:
        lines = [
            {
                "do": "merge" if isinstance(one, Merge) else "split",
                "records": list(one.record_ids),
                "name": one.name,
            }
            for one in overrides
        ]
        temporary = self.path.with_name(f".{self.path.name}.{os.getpid()}.tmp")
        try:
            temporary.write_text(json.dumps(lines, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            temporary.replace(self.path)
        except OSError as problem:
            temporary.unlink(missing_ok=True)
            raise CatalogueError(
                say("session_village.links.unwritable", file=self.path),
                say("session_village.links.unwritable_next"),
            ) from problem
