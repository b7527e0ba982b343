"""Answers and documents as rich text. Every text of the catalogue is escaped here; links hold numbers only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from hpviewer.desktop.policies.policy_words import (
    STATUS_TOKEN,
    facts_of,
    no_text_of,
    number_of,
    status_line,
    title_of,
)
from hpviewer.policies.answer import Answer
from hpviewer.policies.matched import matched_spans
from hpviewer.policies.policy import Policy, PolicyStatus
from hpviewer.session.policy_questions import Document, Reply
from hpviewer.wording import say

COPY_LINK, COPY_ANSWER, DOCUMENT, BACK, IMPORT = "link:", "answer:", "document:", "back:", "import:"
"""Targets of links; the first three are followed by the number of the answer, 0 for the document shown."""
_MOST_SIGNS = 120_000  # of one document: more would keep the UI thread for half a second
_HEAD_SIZE = "font-size:large"


def reply_html(reply: Reply, count: int, colours: Mapping[str, str]) -> str:
    """``count`` is the number of documents in the catalogue; ``colours`` are tokens of the theme."""
    return _Writer(colours).reply(reply, count)


def document_html(document: Document, asked: str, colours: Mapping[str, str]) -> str:
    """``asked`` is the question whose answers one can go back to, "" for none."""
    return _Writer(colours).document(document, asked)


class _Writer:
    def __init__(self, colours: Mapping[str, str]) -> None:
        self._colours = colours

    def reply(self, reply: Reply, count: int) -> str:
        if not reply.answers:
            return self._page(
                f"<p><b>{escape(_say('none', count=count, question=reply.question))}</b></p>",
                f"<p>{escape(_say('none_next'))}</p>",
                f"<p>{self._link(IMPORT, 0, _say('import'))}</p>",
            )
        said = _say("found", question=reply.question, count=len(reply.answers))
        answers = [self._answer(at, one, reply.terms) for at, one in enumerate(reply.answers)]
        return self._page(self._muted(said), *answers)

    def document(self, document: Document, asked: str) -> str:
        policy, clauses = document.holding.listed.policy, document.clauses
        back = f"<p>{self._link(BACK, 0, _say('back', question=asked))}</p>" if asked else ""
        parts = [back, self._head(policy, document.holding.status, ()), self._source(policy, 0)]
        if not clauses:
            parts.append(self._missing(policy))
        else:
            parts.append(f"<p><b>{escape(_say('clause_list', count=len(clauses)))}</b></p>")
        chapter, signs = "", 0
        for at, clause in enumerate(clauses):
            signs += len(clause.text)
            if at and signs > _MOST_SIGNS:
                parts.append(self._muted(_say("more", count=len(clauses) - at)))
                break
            if clause.chapter != chapter:
                chapter = clause.chapter
                parts.append(f'<p style="margin-top:12px"><b>{escape(chapter)}</b></p>' if chapter else "")
            parts.append(self._clause(clause.text, (), clause.number))
        return self._page(*parts)

    # -- parts -----------------------------------------------------------------------------------------

    def _page(self, *parts: str) -> str:
        return f'<html><body style="color:{self._colours["text"]}">{"".join(parts)}</body></html>'

    def _answer(self, at: int, answer: Answer, terms: Sequence[str]) -> str:
        policy = answer.policy
        clause = _say("clause", clause=answer.clause) if answer.clause else _say("title_match")
        body = (
            self._clause(answer.text, terms, answer.clause.rpartition(" ")[2])
            if answer.text
            else self._missing(policy)
        )
        links = (
            self._link(COPY_ANSWER, at, _say("copy_one")),
            self._link(DOCUMENT, at, _say("show_document")),
        )
        return "".join(
            (
                self._rule(),
                self._head(policy, answer.status, terms),
                f'<p style="color:{self._colours["accent"]}"><b>{escape(clause)}</b></p>',
                body,
                self._source(policy, at),
                f"<p>{'&nbsp;&nbsp;&nbsp;'.join(links)}</p>",
            )
        )

    def _rule(self) -> str:
        colour = self._colours["border"]
        return (
            '<table width="100%" cellspacing="0" cellpadding="0"><tr>'
            f'<td height="1" bgcolor="{colour}" style="font-size:1pt">&nbsp;</td></tr></table>'
        )

    def _head(self, policy: Policy, status: PolicyStatus, terms: Sequence[str]) -> str:
        colour = self._colours[STATUS_TOKEN[status]]
        facts = "".join(f" · {escape(one)}" for one in facts_of(policy))
        return (
            f'<p style="{_HEAD_SIZE}"><b>{self._marked(title_of(policy), terms)}</b></p>'
            f"<p>{escape(number_of(policy))} · "
            f'<b style="color:{colour}">{escape(status_line(policy, status))}</b>'
            f'<span style="color:{self._colours["text_muted"]}">{facts}</span></p>'
        )

    def _source(self, policy: Policy, at: int) -> str:
        said = escape(_say("source", kind=policy.source_kind.value))
        if not policy.source_url:
            return self._muted(f"{_say('source', kind=policy.source_kind.value)} · {_say('no_link')}")
        link = self._link(COPY_LINK, at, _say("copy_link"))
        colour = self._colours["text_muted"]
        return f'<p style="color:{colour}">{said} · {escape(policy.source_url)}&nbsp;&nbsp;{link}</p>'

    def _clause(self, text: str, terms: Sequence[str], number: str) -> str:
        """The text as written, line by line; its number stands out."""
        lines = self._marked(text, terms, number).replace("\n", "<br>")
        border = self._colours["accent"]
        return (
            f'<table width="100%" cellspacing="0" cellpadding="0"><tr><td width="3" bgcolor="{border}"></td>'
            f'<td style="padding:2px 0 2px 10px">{lines}</td></tr></table>'
        )

    def _marked(self, text: str, terms: Iterable[str], number: str = "") -> str:
        """Escaped, with the words of the question marked and a number at the beginning in bold."""
        bold = len(number) if number and text.startswith(number) else 0
        pieces, at = [], 0
        if bold:
            pieces.append(f"<b>{escape(number)}</b>")
            at = bold
        style = f"background-color:{self._colours['map_1']}; color:{self._colours['text']}"
        for start, end in matched_spans(text, tuple(terms)):
            if start < at:
                continue
            pieces.append(escape(text[at:start]))
            pieces.append(f'<b style="{style}">{escape(text[start:end])}</b>')
            at = end
        pieces.append(escape(text[at:]))
        return "".join(pieces)

    def _missing(self, policy: Policy) -> str:
        link = self._link(IMPORT, 0, _say("import"))
        return f"<p>{escape(no_text_of(policy))}&nbsp;&nbsp;{link}</p>"

    def _muted(self, text: str) -> str:
        return f'<p style="color:{self._colours["text_muted"]}">{escape(text)}</p>'

    def _link(self, kind: str, number: int, text: str) -> str:
        return f'<a href="{kind}{number}" style="color:{self._colours["accent"]}">{escape(text)}</a>'


def _say(key: str, **values: object) -> str:
    return say(f"desktop_policies.{key}", **values)
