"""How long work asks between its steps whether anybody still wants it."""

from __future__ import annotations

from collections.abc import Callable

Wanted = Callable[[], bool]
"""False once a newer request or the user has made the work pointless; the work then raises CancelledError."""


def always() -> bool:
    """What work asks that nobody can cancel."""
    return True
