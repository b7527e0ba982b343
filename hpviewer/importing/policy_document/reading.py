"""What came out of a policy document."""

from __future__ import annotations

from dataclasses import dataclass

from hpviewer.policies.clause import Clause
from hpviewer.policies.policy import Policy
from hpviewer.policies.policy_text import Attachment, PolicyText


@dataclass(frozen=True, slots=True)
class PolicyReading:
    """Nothing is saved yet.

    ``validity`` is the sentence on the time in force as written, ``status_words`` what the page says of it (废止, 失效),
    ``repeals`` the titles that the document itself ends. ``source_id`` is the id of the page (post_…), "" unknown.
    ``warnings`` are finished sentences.
    """

    policy: Policy
    text: PolicyText
    warnings: tuple[str, ...]
    validity: str = ""
    status_words: tuple[str, ...] = ()
    repeals: tuple[str, ...] = ()
    source_id: str = ""

    @property
    def clauses(self) -> tuple[Clause, ...]:
        return self.text.clauses

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        return self.text.attachments
