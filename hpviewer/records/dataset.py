"""What a set of data says about itself: name and date, sources, and what its boundaries are good for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """``files`` are relative to the data folder."""

    title: str
    licence: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dataset:
    """``boundary_notice`` is shown on the map while boundaries are schematic; ``review_number`` is the 审图号
    of the boundaries, empty when they carry none."""

    name: str
    data_date: dt.date
    boundary_notice: str
    review_number: str
    sources: tuple[Source, ...]
