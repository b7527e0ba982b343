"""Ledger mappings that a person corrected, kept for the next file with the same header."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import msgspec

from hpviewer.errors import HpviewerError
from hpviewer.exporting.atomic_file import replacing
from hpviewer.exporting.rejected_xlsx import RejectedColumn, heading_of
from hpviewer.importing.ledger.mapping import LedgerMapping, SheetMapping, mapping_key

FILE = "ledger_mappings.json"
"""In the user's settings folder; the window and the commands share it."""
_MOST = 500
"""Mappings kept; the oldest go first."""


class MappingMemory:
    """A JSON file of ``mapping_key`` -> mapping. Called from workers; a damaged file counts as empty."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._known: dict[str, dict[str, Any]] | None = None

    def get(self, key: str) -> SheetMapping | None:
        with self._lock:
            plain = self._loaded().get(key)
        if plain is None:
            return None
        try:
            return SheetMapping.from_dict(plain)
        except HpviewerError:
            return None

    def remember(self, mapping: LedgerMapping) -> None:
        """InputError when the user's folder cannot be written."""
        with self._lock:
            known = self._loaded()
            for sheet in mapping.sheets:
                for key in (sheet.key, _key_of_rejected(sheet)):
                    known.pop(key, None)
                    known[key] = sheet.to_dict()
            for key in list(known)[: max(0, len(known) - _MOST)]:
                del known[key]
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with replacing(self._file) as file:
                file.write(msgspec.json.format(msgspec.json.encode(known), indent=1))

    def _loaded(self) -> dict[str, dict[str, Any]]:
        if self._known is None:
            try:
                self._known = msgspec.json.decode(self._file.read_bytes(), type=dict[str, dict[str, Any]])
            except (OSError, msgspec.DecodeError):
                self._known = {}
        return self._known


def _key_of_rejected(sheet: SheetMapping) -> str:
    """The key of the workbook in which the sheet's rejected rows are written out: one line of headings, with units."""
    width = max((use.column for use in sheet.columns), default=-1) + 1
    headings = [""] * width
    for use in sheet.columns:
        headings[use.column] = heading_of(RejectedColumn(use.header, use.unit, use.detail))
    return mapping_key([heading for heading in headings if heading])
