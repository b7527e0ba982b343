"""From the command to the painted map and the filled table, beside a bare web view with an empty page."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.bench.conftest import Figures, probe_environment
from tests.helpers.catalogue import bundled_catalogue

RUNS = 9


def start(folder: Path, *words: str) -> float:
    """Milliseconds from starting the process to its first complete picture."""
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "tests/bench/start_probe.py", *words],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        env=probe_environment(folder),
    )
    return (json.loads(done.stdout)["painted"] - began) * 1000


@pytest.mark.timeout(300)
def test_start_to_painted_map_and_filled_table(tmp_path: Path, figures: Figures) -> None:
    catalogue = str(bundled_catalogue(tmp_path))
    for words in (["window", catalogue], ["bare"]):  # warm: files in the page cache, the page rendered
        start(tmp_path, *words)
    ours, bare = [], []
    for _ in range(RUNS):
        ours.append(start(tmp_path, "window", catalogue))
        bare.append(start(tmp_path, "bare"))
    figures.add("start → map painted, table filled", ours, "≤ 2 × bare", bare, "bare QWebEngineView")
