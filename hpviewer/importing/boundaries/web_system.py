"""The shifted coordinate systems of Chinese web maps that a file may be in without saying so."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from hpviewer.importing.boundaries import bd09, gcj02
from hpviewer.wording import say

if TYPE_CHECKING:
    import numpy as np


class WebSystem(StrEnum):
    GCJ02 = "gcj02"
    """高德, 腾讯 and others."""
    BD09 = "bd09"
    """百度."""

    @property
    def label(self) -> str:
        return say(f"importing_boundaries.offset.name_{self.value}")

    def shifted(self, lon: np.ndarray, lat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """WGS 84 -> this system; degrees."""
        return bd09.shifted(lon, lat) if self is WebSystem.BD09 else gcj02.shifted(lon, lat)

    def restored(self, lon: np.ndarray, lat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """This system -> WGS 84; degrees."""
        return bd09.restored(lon, lat) if self is WebSystem.BD09 else gcj02.restored(lon, lat)
