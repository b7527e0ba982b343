"""What is said of a policy document in one place and the same everywhere: number, status with its dates."""

from __future__ import annotations

from hpviewer.policies.answer import Answer
from hpviewer.policies.policy import Policy, PolicyStatus
from hpviewer.session.policy_questions import Document, Holding, Reply
from hpviewer.wording import say

STATUS_TOKEN = {
    PolicyStatus.IN_FORCE: "ok",
    PolicyStatus.NOT_YET: "accent",
    PolicyStatus.EXPIRED: "warn",
    PolicyStatus.UNKNOWN: "text_muted",
}
"""The colour that goes with a status; its name always stands beside it."""


def title_of(policy: Policy) -> str:
    """A text without a heading can be brought in, too."""
    return policy.title or say("desktop_policies.no_title")


def number_of(policy: Policy) -> str:
    return policy.doc_number or policy.unified_number or say("desktop_policies.no_number")


def status_line(policy: Policy, status: PolicyStatus) -> str:
    """The status and the days in force, as far as they were seen."""
    name, start, end = status.value, policy.effective, policy.expires
    if start and end:
        return say("desktop_policies.dates.both", status=name, start=start, end=end)
    if start:
        return say("desktop_policies.dates.start", status=name, start=start)
    if end:
        return say("desktop_policies.dates.end", status=name, end=end)
    return name


def clause_count(holding: Holding) -> str:
    count = holding.listed.clauses
    return say("desktop_policies.clauses", count=count) if count else say("desktop_policies.no_clauses")


def facts_of(policy: Policy) -> tuple[str, ...]:
    """Issuer, day of issue and remark, those that are known."""
    facts = []
    if policy.issuer:
        facts.append(say("desktop_policies.issuer", issuer=policy.issuer))
    if policy.issued:
        facts.append(say("desktop_policies.issued", date=policy.issued))
    if policy.note:
        facts.append(say("desktop_policies.note", note=policy.note))
    return tuple(facts)


def no_text_of(policy: Policy) -> str:
    return say(f"desktop_policies.{'no_text' if policy.source_url else 'no_text_unlinked'}")


# -- as plain text, to be copied -----------------------------------------------------------------------


def head_text(policy: Policy, status: PolicyStatus) -> str:
    lines = (
        title_of(policy),
        f"{number_of(policy)}  {status_line(policy, status)}",
        *facts_of(policy),
        f"{say('desktop_policies.source', kind=policy.source_kind.value)}  {policy.source_url}".rstrip(),
    )
    return "\n".join(lines)


def answer_text(answer: Answer) -> str:
    """Title, number, status, source and the clause as written."""
    clause = say("desktop_policies.clause", clause=answer.clause) if answer.clause else ""
    body = answer.text or no_text_of(answer.policy)
    return "\n".join(part for part in (head_text(answer.policy, answer.status), clause, body) if part)


def reply_text(reply: Reply) -> str:
    parts = [reply.question, *map(answer_text, reply.answers), say("desktop_policies.caution")]
    return "\n\n".join(parts)


def document_text(document: Document) -> str:
    policy = document.holding.listed.policy
    parts = [head_text(policy, document.holding.status)]
    parts += [clause.text for clause in document.clauses] or [no_text_of(policy)]
    return "\n\n".join((*parts, say("desktop_policies.caution")))
