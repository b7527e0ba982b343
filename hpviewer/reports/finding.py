"""What a rule found, and the dismissal of a finding with a reason."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hpviewer.reports.cell import Number
from hpviewer.reports.figure import Span


class Severity(StrEnum):
    """ERROR: the report contradicts itself. QUESTION: it may be right, someone has to say why. NOTE: for information."""

    ERROR = "error"
    QUESTION = "question"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One cell that, set to ``value``, makes every failing equation around it hold (``equations`` of them)."""

    cell: str
    label: str
    value: Number
    now: Number
    equations: int


@dataclass(frozen=True, slots=True)
class Finding:
    """``message`` is a finished Chinese sentence with the failing equation, both sides and the difference.

    ``cells`` are cells of this report (``previous_cells`` of the year before). ``left`` and ``right`` are the two
    sides, None where the rule compares nothing. ``key`` is the same for the same rule, cells and values, whenever
    and from whatever file the report is read: a dismissal refers to it. ``place`` points into Report.narrative.
    """

    rule: str
    severity: Severity
    message: str
    cells: tuple[str, ...] = ()
    left: Number | None = None
    right: Number | None = None
    candidates: tuple[Candidate, ...] = ()
    previous_cells: tuple[str, ...] = ()
    place: Span | None = None
    key: str = ""

    @property
    def difference(self) -> Number | None:
        """left − right."""
        return None if self.left is None or self.right is None else self.left - self.right


@dataclass(frozen=True, slots=True)
class Dismissal:
    """A person's decision that a finding needs no correction."""

    key: str
    reason: str


def finding_key(year: int | None, rule: str, values: Iterable[tuple[str, object]]) -> str:
    """16 hexadecimal digits from the year, the rule and the cells with their values."""
    text = "|".join([str(year), rule, *(f"{name}={value}" for name, value in values)])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def split_dismissed(
    findings: Sequence[Finding], dismissals: Iterable[Dismissal]
) -> tuple[list[Finding], list[tuple[Finding, Dismissal]]]:
    """Open findings, and dismissed ones with their dismissal. A dismissal whose values have changed matches nothing."""
    by_key = {each.key: each for each in dismissals}
    open_ = [each for each in findings if each.key not in by_key]
    return open_, [(each, by_key[each.key]) for each in findings if each.key in by_key]


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether a check ends with exit code 1."""
    return any(each.severity is Severity.ERROR for each in findings)
