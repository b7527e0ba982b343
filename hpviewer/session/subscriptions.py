"""Who wants to hear of what: handlers by type of event, for the session and each of its desks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

A = TypeVar("A")
E = TypeVar("E")
One = TypeVar("One")


class Subscriptions(Generic[E]):
    """Handlers run in order of subscription, on the thread of the sender.

    ``kinds`` are all types of event that will be sent; ``E`` is their union.
    """

    def __init__(self, kinds: Iterable[type[E]]) -> None:
        self._handlers: dict[type[object], list[Callable[..., None]]] = {kind: [] for kind in kinds}

    def subscribe(self, kind: type[One], handler: Callable[[One], None]) -> Callable[[], None]:
        """Call handler for each event of this kind; the returned function ends the subscription.

        KeyError for a kind that is never sent here, such as one of another desk.
        """
        handlers = self._handlers[kind]
        handlers.append(handler)

        def unsubscribe() -> None:
            if handler in handlers:
                handlers.remove(handler)

        return unsubscribe

    def send(self, event: E) -> None:
        for handler in list(self._handlers[type(event)]):
            handler(event)


class Held:
    """Keeps answers back while a change is being told: an executor may have them at once, and threads do not."""

    def __init__(self) -> None:
        self._waiting: list[Callable[[], None]] | None = None

    def in_turn(self, done: Callable[[A], None]) -> Callable[[A], None]:
        """``done`` for the executor: called at once, or at the end of ``held``."""

        def take(answer: A) -> None:
            if self._waiting is None:
                done(answer)
            else:
                self._waiting.append(lambda: done(answer))

        return take

    @contextmanager
    def held(self) -> Iterator[None]:
        """A change that another one brings about belongs to it."""
        if self._waiting is not None:
            yield
            return
        waiting = self._waiting = []
        try:
            yield
        finally:
            self._waiting = None
        for answer in waiting:
            answer()
