"""A file -> a policy with its clauses: what a person sees before anything is saved."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from hpviewer.errors import InputError
from hpviewer.importing.document_text.document import DocumentText
from hpviewer.importing.document_text.reader import read_document
from hpviewer.importing.policy_document import head
from hpviewer.importing.policy_document.articles import articles_of
from hpviewer.importing.policy_document.in_force import InForce, date_in, in_force
from hpviewer.importing.policy_document.labels import first, labels_of
from hpviewer.importing.policy_document.marks import lines_of
from hpviewer.importing.policy_document.parts import Region, regions
from hpviewer.importing.policy_document.reading import PolicyReading
from hpviewer.importing.policy_document.sections import paragraphs_of, sections_of
from hpviewer.policies.clause import Clause
from hpviewer.policies.policy import Policy
from hpviewer.policies.policy_text import Attachment, PolicyText
from hpviewer.records.column import SourceKind
from hpviewer.wording import say

_LAST_CLAUSES = 3
_ISSUING = re.compile(r"印发|发布|公布|颁布|转发")
NORMATIVE = "行政规范性文件"
INTERPRETATION = "政策解读"


def read_policy(source: Path) -> PolicyReading:
    """InputError when the file cannot be read, or holds no sentence at all."""
    return policy_of(read_document(source), source.name)


def policy_of(document: DocumentText, name: str) -> PolicyReading:
    """As read_policy, of a text that has been read; ``name`` appears in messages."""
    text = document.text
    body, attachments, clauses, warnings = _divided(text)
    if not clauses:
        raise InputError(
            say("importing_policies.file.no_clauses", name=name),
            say("importing_policies.file.choose_another"),
        )
    begins = clauses[0].start
    front = text[:begins]
    lines = lines_of(text, 0, begins)
    closing = lines_of(text, clauses[-1].end, body.end)
    labels = labels_of(front)
    page_title = document.title or document.metadata.get("ArticleTitle", "")
    title, cover = head.titles(lines, page_title or first(labels, "标题", "名称"))
    if not title:
        warnings = (*warnings, say("importing_policies.warning.no_title"))
    issuing = head.promulgation(lines)
    signed = date_in(head.signed_on(lines, closing)) or date_in(issuing.date)
    issued = date_in(first(labels, "成文日期", "印发日期", "发文日期")) or signed
    published = date_in(first(labels, "发布日期", "公布日期")) or (
        None if issuing.is_issued else date_in(issuing.date)
    )
    last = [clause.text for clause in reversed(clauses[-_LAST_CLAUSES:])]
    is_interpretation = head.is_interpretation(title or cover)
    # An interpretation speaks of another document's time in force.
    force = (
        InForce(None, None, "", (), ())
        if is_interpretation
        else in_force(labels, (*last, front, text[clauses[-1].end : body.end]), issued, published)
    )
    number = head.document_number([*lines, *closing], labels) or issuing.number
    unified = head.unified_number(front, labels)
    words = head.status_words(front, page_title, labels)
    address = document.metadata.get("Url", "")
    policy = Policy(
        id=_identity(unified, number, document.source_id, title or cover, text),
        title=title,
        doc_number=number,
        unified_number=unified,
        issuer=head.issuer(lines, closing, cover or title, labels) or issuing.issuer,
        issued=issued,
        effective=force.effective,
        expires=force.expires,
        kind=_kind(is_interpretation, number, unified),
        source_kind=SourceKind.GOVERNMENT if _is_government(address) else SourceKind.OWN,
        source_url=address,
        note=say("importing_policies.note.status", words="、".join(words)) if words else "",
    )
    return PolicyReading(
        policy,
        PolicyText(
            text,
            clauses,
            attachments,
            cover,
            is_interpretation,
            head.interpreted(title, text) if is_interpretation else "",
        ),
        (*document.notes, *warnings, *force.warnings),
        force.validity,
        words,
        force.repeals,
        document.source_id,
    )


def _divided(text: str) -> tuple[Region, tuple[Attachment, ...], tuple[Clause, ...], tuple[str, ...]]:
    """The region that is the document, the others as attachments, its clauses and warnings."""
    document, others = regions(text)
    clauses, warnings = articles_of(text, document.start, document.end)
    if not clauses and others and _ISSUING.search(text[: document.end][:400]):
        # 关于印发…的通知 with the document itself as its first attachment.
        inner, notes = _clauses(text, others[0])
        if inner and inner[0].number:
            rest = tuple(_attachment(text, one) for one in others[1:])
            return others[0], rest, inner, notes
    if not clauses:
        clauses, warnings = _clauses(text, document)
    return document, tuple(_attachment(text, one) for one in others), clauses, warnings


def _clauses(text: str, region: Region) -> tuple[tuple[Clause, ...], tuple[str, ...]]:
    clauses, warnings = articles_of(text, region.start, region.end)
    if clauses:
        return clauses, warnings
    sections = sections_of(text, region.start, region.end)
    if sections:
        return sections, ()
    paragraphs = paragraphs_of(text, region.start, region.end)
    return paragraphs, (say("importing_policies.warning.not_numbered"),)


def _attachment(text: str, region: Region) -> Attachment:
    inside = text[region.start : region.end]
    start = region.start + len(inside) - len(inside.lstrip())
    end = region.start + len(inside.rstrip())
    clauses, _ = articles_of(text, start, end)
    return Attachment(region.title, text[start:end], start, end, clauses or sections_of(text, start, end))


def _kind(is_interpretation: bool, number: str, unified: str) -> str:
    if is_interpretation:
        return INTERPRETATION
    # 穗埔府规, 穗开商务规字: the word says that the document is registered as a normative one.
    return NORMATIVE if unified or re.search(r"规字?〔", number) else ""


def _is_government(address: str) -> bool:
    return bool(re.match(r"https?://(?:[\w-]+\.)*gov\.cn(?:[:/]|$)", address))


def _identity(unified: str, number: str, source_id: str, title: str, text: str) -> str:
    """The same document has the same id in any format: its registered number, its number, its page, its title."""
    if unified or number or source_id:
        return unified or number or source_id
    plain = re.sub(r"\W", "", title) or re.sub(r"\W", "", text)
    return f"policy-{hashlib.sha256(plain.encode()).hexdigest()[:16]}"
