"""Where the session's work runs. The window brings threads, a command runs it at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from hpviewer.errors import CancelledError, HpviewerError

T = TypeVar("T")


class Cancel(Protocol):
    """Asked by long work between steps."""

    def wanted(self) -> bool:
        """False once a newer request or the user has made the work pointless."""


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What came of a piece of work: a value or the exception that ended it."""

    value: T | None = None
    error: BaseException | None = None


def settle(
    deliver: Callable[[T], None], failed: Callable[[HpviewerError], None]
) -> Callable[[Outcome[T]], None]:
    """A ``done`` for the Executor: a value goes to ``deliver``, a failure that a person can act on to ``failed``.

    Cancelled work says nothing; any other exception is a fault of the program and is raised.
    """

    def done(outcome: Outcome[T]) -> None:
        error = outcome.error
        if error is None:
            deliver(outcome.value)  # type: ignore[arg-type]  # T may itself be None
        elif isinstance(error, CancelledError):
            return
        elif isinstance(error, HpviewerError):
            failed(error)
        else:
            raise error

    return done


class Executor(Protocol):
    """Runs work away from the thread that the session lives on and brings its outcome back to that thread."""

    def read(self, lane: str, work: Callable[[Cancel], T], done: Callable[[Outcome[T]], None]) -> None:
        """A query. A newer request in the same lane cancels the older one, whose ``done`` is never called."""

    def write(self, work: Callable[[Cancel], T], done: Callable[[Outcome[T]], None]) -> None:
        """A change of the catalogue; one at a time, in order, never dropped."""


class _Always:
    def wanted(self) -> bool:
        return True


class ImmediateExecutor:
    """Does the work in place: for commands and for tests without Qt."""

    def read(self, lane: str, work: Callable[[Cancel], T], done: Callable[[Outcome[T]], None]) -> None:
        self.write(work, done)

    def write(self, work: Callable[[Cancel], T], done: Callable[[Outcome[T]], None]) -> None:
        try:
            outcome = Outcome(value=work(_Always()))
        except Exception as error:
            outcome = Outcome(error=error)
        done(outcome)
