"""What an export has to say about itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hpviewer.records.personal_data import PersonalKind


@dataclass(frozen=True, slots=True)
class Written:
    """``records`` counts what is in the file; ``notes`` are sentences on what differs from the data (texts
    shortened, control characters removed, addresses left without a link). ``personal``: personal numbers found in what
    was written, by kind; masked where that was asked for."""

    path: Path
    records: int
    notes: tuple[str, ...] = ()
    personal: tuple[tuple[PersonalKind, int], ...] = ()
