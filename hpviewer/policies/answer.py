"""A clause that answers a question, with what must be said along with it."""

from __future__ import annotations

from dataclasses import dataclass

from hpviewer.policies.policy import Policy, PolicyStatus


@dataclass(frozen=True, slots=True)
class Answer:
    """``clause`` is the clause's number as written, with its chapter before it. ``text`` is empty where only the
    document's metadata is known. ``score`` is the share of the question's words that it covers, 0..1."""

    policy: Policy
    clause: str
    text: str
    status: PolicyStatus
    score: float
