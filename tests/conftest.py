"""Settings of every test run: nothing touches the user's folders, windows need no display, Hypothesis no stopwatch."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile

import pytest
from hypothesis import settings

# Two workers share two cores with real windows: an example's run time says nothing about the code.
settings.register_profile("hpviewer", deadline=None)
settings.load_profile("hpviewer")

_HOME = pytest.StashKey[str]()


def pytest_configure(config: pytest.Config) -> None:
    """Before any module of ours is imported; in each xdist worker too, so that none shares a folder."""
    config.stash[_HOME] = os.environ["HPVIEWER_HOME"] = tempfile.mkdtemp(prefix="hpviewer-test-home-")
    if sys.platform == "linux":
        if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        if os.geteuid() == 0:  # the web engine's sandbox refuses to start as root
            os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leaves nothing behind."""
    shutil.rmtree(config.stash[_HOME], ignore_errors=True)
