"""The features of one layer as columns: what every format becomes before anything is understood."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hpviewer.importing.boundaries.limits import LONGEST_VALUE

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, slots=True)
class FeatureTable:
    """``geometry`` is an array of shapely geometries (None: none or unreadable) in the file's own coordinates.

    ``columns`` hold one text per feature, "" where the file has none. ``rows`` are feature numbers from 1 on, in the
    file's order. ``crs`` is what the file declares (an EPSG code or WKT), None when it does not. ``title`` is text
    about the whole file, where a map approval number may stand. ``notes`` are finished sentences.
    """

    kind: str
    layer: str
    crs: str | None
    geometry: np.ndarray
    columns: Mapping[str, tuple[str, ...]]
    rows: tuple[int, ...]
    title: str = ""
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def only(self, kept: np.ndarray) -> FeatureTable:
        """The features at these positions."""
        at = kept.tolist()
        return replace(
            self,
            geometry=self.geometry[kept],
            columns={name: tuple(values[i] for i in at) for name, values in self.columns.items()},
            rows=tuple(self.rows[i] for i in at),
        )


def texts(values: Iterable[object]) -> tuple[str, ...]:
    """Attribute values as text. Codes that a table kept as numbers (440112001.0) lose their decimals."""
    return tuple(map(_text, values))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace("\0", "").strip(" \u3000\t\r\n")[:LONGEST_VALUE]
    if isinstance(value, float):
        if not math.isfinite(value):
            return ""
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if hasattr(value, "item"):
        return _text(value.item())
    if isinstance(value, bytes | bytearray | list | dict):
        return ""
    text = str(value)
    return "" if text in ("NaT", "<NA>") else text[:LONGEST_VALUE]
