"""An import that is killed at any moment leaves the catalogue as it was, or whole: never in between."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.catalogue import bundled_catalogue


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked children")
def test_fifty_kills(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.helpers.killed_import", str(bundled_catalogue(tmp_path)), "50"],
        capture_output=True,
        encoding="utf-8",
        timeout=55,
        check=False,
        env={**os.environ, "PYTHONPATH": os.getcwd()},
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert set(found["states"]) <= {"before", "after"}
    assert "before" in found["states"], "some were killed in the middle"
    assert set(found["left"]) <= {"catalogue.gpkg", "catalogue.gpkg-journal"}
