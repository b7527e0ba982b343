"""Two programs of their own, run for each size so that one command makes all tables of SCALE.md: where the start goes,
and all areas in one page."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.helpers.scale import bench_sizes, generated_catalogue

pytestmark = pytest.mark.timeout(400)


def printed(*words: str) -> str:
    done = subprocess.run(
        [sys.executable, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.getcwd()},
    )
    print(f"\n{done.stdout}")
    return done.stdout


@pytest.mark.parametrize("records", bench_sizes())
def test_where_the_start_goes(records: int) -> None:
    table = printed("tests/bench/start_profile.py", str(generated_catalogue(records)), "--runs", "3")
    assert "| painted |" in table


@pytest.mark.parametrize("records", bench_sizes())
def test_all_areas_in_one_page(records: int) -> None:
    """It may end in whichever way, and says how."""
    lines = printed("tests/bench/embedded_areas.py", str(generated_catalogue(records)), "--seconds", "100")
    assert any(word in lines for word in ("frames", "given up", "renderer ended"))
