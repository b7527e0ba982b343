"""A stage of a procedure as the law describes it, and what the public records say about it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from hpviewer.records.kind import Kind


class StageState(StrEnum):
    """What the records at hand allow to say. Gravest first: a stage shows the first that one of its findings has."""

    OUT_OF_ORDER = "out_of_order"
    TOO_SHORT = "too_short"
    LATE = "late"
    MISSING = "missing"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    DONE = "done"


class DayUnit(StrEnum):
    WORKING = "个工作日"
    CALENDAR = "日"


class Duty(StrEnum):
    """What it means when no record of a stage is seen."""

    PUBLISHED = "published"
    """The law has it published: not seen, while a later stage is, is a gap."""
    ON_CONDITION = "on_condition"
    """It takes place only when something else happens (a hearing)."""
    NOT_PUBLISHED = "not_published"
    """It takes place, but no law has it published by itself (agreements, risk assessment)."""


@dataclass(frozen=True, slots=True)
class AtLeast:
    """A notice stays published for at least this long."""

    days: int
    unit: DayUnit
    article: str


@dataclass(frozen=True, slots=True)
class Within:
    """A notice is published this many days after ``after`` at the latest; a rule for events from ``since`` on."""

    days: int
    unit: DayUnit
    after: Kind
    article: str
    since: dt.date = dt.date.min


@dataclass(frozen=True, slots=True)
class Stage:
    """``also`` are kinds of record that are this stage, too (the same notice goes by two names).

    ``after`` are the stages that must come before by the law itself, not merely by the order of the list: only
    they lead to out_of_order.
    """

    kind: Kind
    article: str
    after: tuple[Kind, ...] = ()
    duty: Duty = Duty.PUBLISHED
    at_least: AtLeast | None = None
    within: Within | None = None
    also: tuple[Kind, ...] = ()

    @property
    def kinds(self) -> tuple[Kind, ...]:
        return (self.kind, *self.also)


@dataclass(frozen=True, slots=True)
class StageFinding:
    """One thing to say about a stage, with the records and the article that it rests on."""

    state: StageState
    sentence: str
    article: str = ""
    record_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StageResult:
    """A stage of a project.

    ``record_ids`` are the records that show it: its own, or for an approval those that cite its number. They
    are there for every state, so that `seen` tells what was reached even where nothing can be judged.
    """

    stage: Stage
    findings: tuple[StageFinding, ...]
    record_ids: tuple[str, ...] = ()

    @property
    def kind(self) -> Kind:
        return self.stage.kind

    @property
    def article(self) -> str:
        """The article of the gravest finding, else of the stage; empty where no law orders the stage."""
        return next(
            (one.article for one in self.findings if one.state is self.state and one.article), ""
        ) or (self.stage.article)

    @property
    def state(self) -> StageState:
        order = list(StageState)
        return min((finding.state for finding in self.findings), key=order.index, default=StageState.UNKNOWN)

    @property
    def sentence(self) -> str:
        """All findings as one line of text: what is seen, then its limits, then its turn."""
        return "".join(dict.fromkeys(one.sentence for one in self.findings))

    @property
    def seen(self) -> bool:
        return bool(self.record_ids)
