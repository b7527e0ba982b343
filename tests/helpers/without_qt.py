"""A pytest plugin: importing PySide6 fails as it does where it is not installed.

``python -m pytest -p no:pytest-qt -p tests.helpers.without_qt tests/unit`` proves that all but the window works there.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType

import pytest

ABSENT = frozenset({"PySide6", "shiboken6"})


class AbsentFinder:
    """Stands first among the finders and refuses the names of ABSENT."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name.partition(".")[0] in ABSENT:
            raise ModuleNotFoundError(f"No module named {name!r} (kept out by {__name__})", name=name)
        return None


def pytest_addoption(parser: pytest.Parser) -> None:
    """The settings of pytest-qt, which is off here: unknown ones would be an error."""
    parser.addini("qt_api", "unused without Qt")
    parser.addini("qt_log_level_fail", "unused without Qt")
    parser.addini("qt_log_ignore", "unused without Qt", type="linelist")


if loaded := sorted(ABSENT & sys.modules.keys()):
    raise RuntimeError(
        f"{', '.join(loaded)} was imported before {__name__}: start pytest with -p no:pytest-qt"
    )
sys.meta_path.insert(0, AbsentFinder())
