"""What `hpviewer --version` prints: the program and the parts whose versions decide what a report of a fault means."""

from __future__ import annotations

import importlib
import platform
from collections.abc import Callable
from typing import Any

from hpviewer import __version__


def _qt(module: Any) -> str:
    return str(module.qVersion())


def _sqlite(module: Any) -> str:
    return str(module.sqlite_lib_version())


def _gdal(module: Any) -> str:
    return str(module.__gdal_version_string__)


_PARTS: tuple[tuple[str, str, Callable[[Any], str]], ...] = (
    ("Qt", "PySide6.QtCore", _qt),
    ("SQLite", "apsw", _sqlite),
    ("GDAL", "pyogrio", _gdal),
)
"""Label, module, how it tells. Asked by name: only their own rooms use these libraries, here they are but counted.

QtCore needs no display and brings no web engine.
"""


def version_lines() -> list[str]:
    """A line "hpviewer 0.1.0", then a line each for Python, Qt, SQLite and GDAL; "-" where a part is not installed."""
    return [
        f"hpviewer {__version__}",
        f"Python {platform.python_version()}",
        *(f"{label} {_told(name, tell)}" for label, name, tell in _PARTS),
    ]


def _told(name: str, tell: Callable[[Any], str]) -> str:
    try:
        return tell(importlib.import_module(name))
    except ImportError:
        return "-"
