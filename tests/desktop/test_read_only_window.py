"""The window on a catalogue of a share that this user may not write."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.helpers import read_only_window
from tests.helpers.catalogue import bundled_catalogue
from tests.helpers.read_only import lock_up, unprivileged


def test_it_says_so_and_refuses_changes_before_any_work(tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    catalogue = bundled_catalogue(share)
    lock_up(share)
    try:
        done = subprocess.run(
            [
                *unprivileged(),
                sys.executable,
                str(Path(read_only_window.__file__)),
                str(catalogue),
                str(tmp_path / "window.png"),
            ],
            capture_output=True,
            encoding="utf-8",
            timeout=55,
            env=os.environ
            | {"HPVIEWER_HOME": str(tmp_path / "home"), "PYTHONPATH": os.pathsep.join(sys.path)},
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert [file.name for file in share.iterdir()] == ["catalogue.gpkg"]
    finally:
        share.chmod(0o755)
    said = json.loads(done.stdout)
    assert "只读" in said["title"]
    assert said["status"] == "只读"
    assert said["status_shown"]
    assert said["total"] > 0
    assert said["message_shown"]
    assert "只读" in said["refused"]
    assert not said["importing"]
