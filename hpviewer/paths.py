"""The only place that knows where things lie: what ships with the program, and the user's folders.

In a checkout, ``resources/`` and ``data/`` stand at the top and built files in ``build/bundled/``.
In an installed wheel all three stand below ``hpviewer/bundled/``.
"""

from __future__ import annotations

import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "bundled"
_CHECKOUT = _PACKAGE.parent


def _shipped(name: str) -> Path:
    installed = _INSTALLED / name
    return installed if installed.is_dir() else _CHECKOUT / name


def resources() -> Path:
    """Web pages, icons, style and texts, as written by us."""
    return _shipped("resources")


def data() -> Path:
    """The bundled facts as readable files; the catalogue is built from them."""
    return _shipped("data")


def built() -> Path:
    """What the package build made: catalogue.gpkg, web/ (vendored libraries, fonts), map/ (rendered page)."""
    installed = _INSTALLED / "built"
    return installed if installed.is_dir() else _CHECKOUT / "build" / "bundled"


def bundled_catalogue() -> Path:
    """The catalogue that the package build compiled from data(). Read only: users get a copy."""
    return built() / "catalogue.gpkg"


def _user(kind: str) -> Path:
    home = os.environ.get("HPVIEWER_HOME")
    if home:
        return Path(home) / kind
    import platformdirs  # here: 4 ms that a test or a portable install does not pay

    return Path(
        {
            "data": platformdirs.user_data_dir,
            "cache": platformdirs.user_cache_dir,
            "config": platformdirs.user_config_dir,
            "log": platformdirs.user_log_dir,
        }[kind]("hpviewer", appauthor=False)
    )


def user_data() -> Path:
    """The user's own catalogue and backups. HPVIEWER_HOME moves all user folders below one."""
    return _user("data")


def user_cache() -> Path:
    """What can be made again at any time."""
    return _user("cache")


def user_config() -> Path:
    """Window layout and settings."""
    return _user("config")


def machine_config() -> Path:
    """What an administrator sets for all users of this PC; one that is moved by HPVIEWER_HOME has its own."""
    home = os.environ.get("HPVIEWER_HOME")
    if home:
        return Path(home) / "machine"
    if os.name == "nt":
        return Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData")) / "hpviewer"
    return Path("/etc/hpviewer")


def user_log() -> Path:
    """Crash reports and the log; nothing is sent anywhere."""
    return _user("log")


def user_catalogue() -> Path:
    """Where a command or the window looks when no --catalogue is given."""
    return user_data() / "catalogue.gpkg"
