"""The start beside QGIS opening the same file: towns drawn, records at hand as a table. Skipped where QGIS is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench.conftest import Figures
from tests.bench.test_scale_window import probe
from tests.helpers.scale import bench_sizes, generated_catalogue

pytestmark = pytest.mark.timeout(600)
RUNS = 3


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """QGIS starts on a display alone; its own, so that nothing else is drawn there."""
    if shutil.which("qgis") is None:
        pytest.skip("QGIS is not installed on this machine: the start has nothing to stand beside")
    if shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed: QGIS has no display to start on")
    ends = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(ends[1]), "-screen", "0", "1366x768x24"],
        pass_fds=ends[1:],
        stderr=subprocess.DEVNULL,
    )
    number = os.read(ends[0], 16).decode().strip()
    yield f":{number}"
    server.terminate()
    server.wait()


def qgis(catalogue: Path, folder: Path, display: str) -> float:
    """Milliseconds from starting QGIS to its canvas with the towns, without plugins and welcome page's news."""
    told = folder / "painted"
    told.unlink(missing_ok=True)
    ours = {"PYTHONPATH", "VIRTUAL_ENV", "QT_QPA_PLATFORM", "PYTHONHOME"}
    began = time.monotonic()
    subprocess.run(
        [
            *("qgis", "--nologo", "--noversioncheck", "--noplugins"),
            *("--profiles-path", str(folder / "profiles"), "--code", "tests/bench/qgis_canvas.py"),
        ],
        capture_output=True,
        timeout=120,
        check=True,
        env={
            **{name: value for name, value in os.environ.items() if name not in ours},
            "PATH": os.pathsep.join(
                part for part in os.environ["PATH"].split(os.pathsep) if not part.startswith(sys.prefix)
            ),
            "DISPLAY": display,
            "HPVIEWER_QGIS_FILE": str(catalogue),
            "HPVIEWER_QGIS_TOLD": str(told),
        },
    )
    return (float(told.read_text()) - began) * 1000


@pytest.mark.parametrize("records", bench_sizes())
def test_start_beside_qgis(records: int, display: str, tmp_path: Path, figures: Figures) -> None:
    copy = tmp_path / "copy.gpkg"  # QGIS sets the file to WAL
    shutil.copyfile(generated_catalogue(records), copy)
    ours, beside = [], []
    probe(tmp_path, "window", str(copy))
    qgis(copy, tmp_path, display)
    for _ in range(RUNS):
        began, said = probe(tmp_path, "window", str(copy))
        ours.append((said[0]["painted"] - began) * 1000)
        beside.append(qgis(copy, tmp_path, display))
    copy.unlink()
    figures.add(f"{records:,} records · window · start, the same file in QGIS", ours, "–", beside, "QGIS")
