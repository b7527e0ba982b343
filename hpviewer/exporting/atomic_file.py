"""A file appears whole or not at all: written beside its place, then renamed."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from hpviewer.errors import InputError
from hpviewer.wording import say


@contextmanager
def replacing(target: Path) -> Iterator[BinaryIO]:
    """A file to write into; when the block ends well it takes the place of ``target``.

    After any exception, CancelledError too, an older ``target`` is untouched and nothing else is left.
    InputError when the folder is missing, full or locked, or ``target`` is open elsewhere (Windows refuses then).
    """
    temporary = target.with_name(f".{uuid4().hex}.tmp")
    try:
        # Not tempfile: its files are readable by their owner only, also after the rename.
        with temporary.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    except OSError as problem:
        raise _refusal(target, problem) from problem
    finally:
        if temporary.exists():
            temporary.unlink()


def _refusal(target: Path, problem: OSError) -> InputError:
    if target.is_dir():
        key = "is_folder"
    elif not target.parent.is_dir():
        key = "no_folder"
    elif isinstance(problem, PermissionError):
        key = "locked"
    elif problem.errno in (errno.ENOSPC, errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC):
        key = "full"
    else:
        key = "unwritable"
    return InputError(say(f"exporting.file.{key}", file=target), say(f"exporting.file_next.{key}"))
