"""Whether a catalogue file is still what it was when something was read from it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import apsw

_ROLLBACK = 1
"""Write version in the file's header (SQLite file format, 1.3.3)."""


@dataclass(frozen=True, slots=True)
class FileState:
    """Equal as long as nobody, in this program or another, has changed the file or put another one in its place."""

    changes: bytes
    """SQLite's own count of changes (1.3.6 of its file format), one more with each transaction."""
    device: int
    inode: int
    size: int
    moment: int


def file_state(path: Path) -> FileState | None:
    """None where the file does not tell: in WAL mode its header does not follow the changes."""
    try:
        # through SQLite's own file layer: closing any other handle would drop the locks this process holds
        file = apsw.VFSFile(
            "", str(path.resolve()), [apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_MAIN_DB, 0]
        )
        try:
            mode, changes = file.xRead(1, 18), file.xRead(4, 24)
        finally:
            file.xClose()
        about = path.stat()
    except (apsw.Error, OSError):
        return None
    if mode != bytes((_ROLLBACK,)):
        return None
    return FileState(changes, about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns)
