"""The text of a policy document in its parts: clauses, attachments, and what stands before and after."""

from __future__ import annotations

from dataclasses import dataclass

from hpviewer.policies.clause import Clause


@dataclass(frozen=True, slots=True)
class Attachment:
    """``title`` as written (附件1 申请表). ``clauses`` are its own, when it is numbered like a document."""

    title: str
    text: str
    start: int
    end: int
    clauses: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class PolicyText:
    """Positions of clauses and attachments are those of ``text``; both are in its order and never overlap.

    ``cover_title`` is the title of the notice that issues the document (关于印发…的通知), "" without one. ``interprets``
    is the title of the document that an interpretation (解读) is about.
    """

    text: str
    clauses: tuple[Clause, ...]
    attachments: tuple[Attachment, ...] = ()
    cover_title: str = ""
    is_interpretation: bool = False
    interprets: str = ""
