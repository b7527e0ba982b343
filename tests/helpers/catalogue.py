"""Real catalogue files for tests: compiled once from data/ for the whole run, then copied."""

from __future__ import annotations

import shutil
import tempfile
from functools import lru_cache
from pathlib import Path

from hpviewer import paths
from hpviewer.session.bundle import compile_catalogue


@lru_cache(maxsize=1)
def _compiled() -> Path:
    return compile_catalogue(paths.data(), Path(tempfile.mkdtemp(prefix="hpviewer-test-")) / "catalogue.gpkg")


def bundled_catalogue(folder: Path) -> Path:
    """A fresh copy of the catalogue of data/ in this folder; compiled at the first call of a process (1 s)."""
    target = folder / "catalogue.gpkg"
    shutil.copyfile(_compiled(), target)
    return target
