"""What a person merged or split by hand, kept in the catalogue as an item of its history.

The item is a list of ``{"do": "merge" | "split", "records": […], "name": ""}`` in the order in which they are applied.
Each decision is a batch of its own: whole or not at all, taken back like an import, and wherever the catalogue's
file goes (a copy, a backup, a pack), it goes along. Before 2026-11-24 the list stood in ``catalogue.links.json`` beside
``catalogue.gpkg``; such a file is read as long as the catalogue has no list of its own.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, Protocol

from hpviewer.errors import CatalogueError
from hpviewer.records.project_links import Merge, Override, Split
from hpviewer.wording import say

PROJECT_LINKS = "项目归并"
"""Key of the item. A person reads it where a batch is refused."""


class OverrideStore(Protocol):
    def load(self) -> tuple[Override, ...]:
        """CatalogueError when what is kept cannot be read."""

    def save(self, overrides: Sequence[Override]) -> None:
        """CatalogueError when it cannot be written; then nothing has changed."""


class CatalogueOverrides:
    def __init__(self, catalogue: Path) -> None:
        self._catalogue = catalogue
        self._beside = catalogue.with_suffix(".links.json")

    def load(self) -> tuple[Override, ...]:
        # here: apsw and msgspec take 20 ms that the start of the window does not pay
        from hpviewer.catalogue.items import ItemKind
        from hpviewer.catalogue.writer import Writer

        with Writer(self._catalogue, looking=True) as catalogue:
            value = catalogue.stored(ItemKind.META, PROJECT_LINKS)
        if value is not None:
            return _decoded(value, self._catalogue)
        try:
            return _decoded(self._beside.read_bytes(), self._beside)
        except FileNotFoundError:
            return ()
        except OSError as problem:
            raise _unreadable(self._beside) from problem

    def save(self, overrides: Sequence[Override]) -> None:
        """One batch, named after what was decided."""
        from hpviewer.catalogue.items import Item, ItemKind
        from hpviewer.catalogue.writer import Writer

        lines = [
            {
                "do": "merge" if isinstance(one, Merge) else "split",
                "records": list(one.record_ids),
                "name": one.name,
            }
            for one in overrides
        ]
        item = Item(ItemKind.META, PROJECT_LINKS, json.dumps(lines, ensure_ascii=False).encode())
        done = self._done(overrides)
        count = len(overrides[-1].record_ids) if done != "undo" else 0
        source = say(f"session_village.links.source_{done}", count=count)
        with Writer(self._catalogue) as catalogue:
            catalogue.save((), source, items=(item,))

    def _done(self, overrides: Sequence[Override]) -> str:
        if len(overrides) <= len(self.load()):
            return "undo"
        return "merge" if isinstance(overrides[-1], Merge) else "split"


def _decoded(content: bytes, file: Path) -> tuple[Override, ...]:
    import msgspec

    class Line(msgspec.Struct, forbid_unknown_fields=True):
        do: Literal["merge", "split"]
        records: tuple[str, ...]
        name: str = ""

    try:
        lines = msgspec.json.decode(content, type=list[Line])
    except msgspec.DecodeError as problem:
        raise _unreadable(file) from problem
    return tuple((Merge if line.do == "merge" else Split)(line.records, line.name) for line in lines)


def _unreadable(file: Path) -> CatalogueError:
    return CatalogueError(
        say("session_village.links.unreadable", file=file), say("session_village.links.unreadable_next")
    )
