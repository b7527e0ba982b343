"""Expected failures: each carries a sentence for a person and what to do next.

Anything that is not an HpviewerError is a defect and reaches the crash hook.
"""

from __future__ import annotations


class HpviewerError(Exception):
    """An expected failure.

    ``message`` says what happened, ``next_step`` what the user can do; both are finished sentences
    in the interface language (see hpviewer.wording). ``exit_code`` is what a command ends with.
    """

    exit_code = 2

    def __init__(self, message: str, next_step: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step

    def __str__(self) -> str:
        return f"{self.message} {self.next_step}".strip()


class InputError(HpviewerError):
    """A file, an argument or a value from outside cannot be used as it is."""


class NotFoundError(HpviewerError):
    """What was asked for by name does not exist."""

    exit_code = 1


class CatalogueError(HpviewerError):
    """The catalogue file is missing, damaged, locked, too new or not one of ours."""


class CancelledError(HpviewerError):
    """The user, or a newer request, stopped the work. Nothing was changed."""

    exit_code = 1
