"""Whether this user may change a catalogue file here."""

from __future__ import annotations

import os
from pathlib import Path


def is_read_only(path: Path) -> bool:
    """True also where only the folder refuses: a change keeps its journal beside the file while it is made."""
    if os.name == "nt":
        # the read-only attribute says nothing of a share's permissions; opening asks the server and changes nothing
        try:
            path.open("r+b").close()
        except OSError:
            return True
        return False
    # never by opening it: closing any handle on a file drops the locks that SQLite holds on it in this process
    return not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))
