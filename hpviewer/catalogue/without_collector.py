"""Python's search for cycles, put off while hundreds of thousands of records are made: they hold none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collector() -> Iterator[None]:
    """Looking for cycles again and again takes 1.5 s of reading 100,000 rows."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if not gc.get_freeze_count():  # the window froze what it began with, and that is to stay so
                # All that was made counts as old from here on, at no cost: else the next search, though only for
                # what is young, goes through every record.
                gc.freeze()
                gc.unfreeze()
            gc.enable()
