"""Running a command as somebody who may not write: for root, which no permission stops, without that privilege."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

_SETPRIV = "setpriv"


def unprivileged() -> list[str]:
    """What goes before a command. Skips the test where a file's permissions cannot be made to count."""
    if not hasattr(os, "geteuid"):
        pytest.skip("permissions of a folder are not asked here")
    if os.geteuid() != 0:
        return []
    if shutil.which(_SETPRIV) is None:
        pytest.skip("root without setpriv: no permission stops it")
    return [_SETPRIV, "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"]


def lock_up(folder: Path, *, files: bool = True) -> None:
    """As on a share: the folder cannot be written, nor the files in it unless ``files`` is False."""
    for file in folder.iterdir():
        if files:
            file.chmod(0o444)
    folder.chmod(0o555)
