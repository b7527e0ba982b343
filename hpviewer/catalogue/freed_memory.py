"""Memory that is free inside this process, back to the system.

glibc keeps what a thread has freed for its next need: 60 MB after a million records were read in texts and arrays of
some megabytes each. Other systems' libraries give back by themselves.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable

_LARGE = 4_000_000
_MMAP_THRESHOLD = -3  # malloc.h


def keep_large_blocks_apart() -> None:
    """Blocks of 4 MB and more go back the moment they are freed. Smaller ones, such as the masks of a question, stay:
    asking the system for them each time would cost more than it saves."""
    _call("mallopt", _MMAP_THRESHOLD, _LARGE)


def give_back_freed() -> None:
    """What is free now, in a few milliseconds."""
    _call("malloc_trim", 0)


def _call(name: str, *values: int) -> None:
    function: Callable[..., int] | None = (
        getattr(ctypes.CDLL(None), name, None) if sys.platform == "linux" else None
    )
    if function is not None:  # musl has neither
        function(*values)
