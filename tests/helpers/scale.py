"""Generated catalogues (模拟数据), each size made once for a whole run."""

from __future__ import annotations

import os
import tempfile
from functools import lru_cache
from pathlib import Path

from tests.bench.generate import generate


def bench_sizes() -> list[int]:
    """What HPVIEWER_BENCH_SIZES says; else up to a million where files are kept, and without that 100,000: making a
    million takes 150 s and 1.5 GB each time."""
    usual = "1000,100000,1000000" if os.environ.get("HPVIEWER_BENCH_FILES") else "1000,100000"
    return [int(size) for size in os.environ.get("HPVIEWER_BENCH_SIZES", usual).split(",")]


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
