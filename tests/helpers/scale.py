"""Generated catalogues (模拟数据), each size made once for a whole run."""

from __future__ import annotations

import os
import tempfile
from functools import lru_cache
from pathlib import Path

from tests.bench.generate import generate


@lru_cache(maxsize=4)
def generated_catalogue(records: int, seed: int = 1) -> Path:
    """A catalogue to read, not to change: 1 s for 1,000 records, 150 s for a million.

    With HPVIEWER_BENCH_FILES set to a folder, files are kept there from one run to the next; delete them after
    a change of the schema or of the generator.
    """
    kept = os.environ.get("HPVIEWER_BENCH_FILES")
    folder = Path(kept or tempfile.mkdtemp(prefix="hpviewer-scale-"))
    path = folder / f"{records}-{seed}.gpkg"
    if not path.is_file():
        generate(records, path, seed)
    return path
