"""The village page as rich text for the screen and for paper. Every text of the catalogue is escaped here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from hpviewer.records.deadlines import Deadline
from hpviewer.records.results import RecordDetail
from hpviewer.records.stage import StageResult, StageState
from hpviewer.session.linked_projects import ODD_STATES, ProjectPage
from hpviewer.session.village import VillagePage, days_left, state_name
from hpviewer.session.village_policies import policy_line
from hpviewer.wording import say

RECORD, PROJECT, QUESTION = "record:", "project:", "question:"
_CLAUSE_MOST = 160


@dataclass(frozen=True, slots=True)
class Picture:
    """``address`` is a data address, so that showing the text loads no file; ``width`` in pixels;
    ``beside`` the text, else below it."""

    address: str
    width: int
    beside: bool = True

    @property
    def html(self) -> str:
        return f'<img src="{escape(self.address)}" width="{self.width}">'


def village_html(page: VillagePage, colours: Mapping[str, str], picture: Picture | None = None) -> str:
    """``colours`` are tokens of the theme; ``picture`` shows the map."""
    return _Writer(colours).page(page, picture)


def state_token(state: StageState) -> str:
    """The colour that goes with a state; its name always stands beside it."""
    if state is StageState.DONE:
        return "ok"
    return "warn" if state in ODD_STATES else "text_muted"


class _Writer:
    def __init__(self, colours: Mapping[str, str]) -> None:
        self._colours = colours

    def page(self, page: VillagePage, picture: Picture | None) -> str:
        subline = _say("subline", town=page.town, on=page.on, date=page.data_date)
        now = self._section("going_on", _list(page.going_on))
        parts = [
            f"<h1>{escape(page.place.name)}</h1>",
            self._muted(subline),
            self._beside(now, page, picture) if picture else now,
            self._section("deadlines", self._deadlines(page.deadlines)),
            self._section(
                "projects", "".join(map(self._project, page.projects)) or self._none("no_projects")
            ),
            self._section("records", self._records(page.records)),
            self._section("policies", self._policies(page)),
            self._section("contact", self._contact(page)),
            self._section("unknown", _list((*page.unknown, *filter(None, (page.notice,))))),
        ]
        return f'<html><body style="color:{self._colours["text"]}">{"".join(parts)}</body></html>'

    def _beside(self, text: str, page: VillagePage, picture: Picture) -> str:
        """The map at the right of what matters most, or below it where that leaves too little room."""
        shown = f"<p>{picture.html}</p>{self._muted(page.notice)}"
        if not picture.beside:
            return text + shown
        return (
            f'<table width="100%" cellspacing="0" cellpadding="0"><tr><td style="padding-top:8px">{text}</td>'
            f'<td width="{picture.width}" style="padding-left:16px; padding-top:8px">{shown}</td></tr></table>'
        )

    def _deadlines(self, deadlines: Iterable[Deadline]) -> str:
        rows = [
            f'<tr><td width="12%"><b>{escape(one.kind.value)}</b></td>'
            f'<td width="16%">{escape(_say("until", day=one.closes))}<br>'
            f'<b style="color:{self._colours["warn"]}">{escape(days_left(one))}</b></td>'
            f"<td>{escape(one.title)}<br>{self._small(one.sentence + one.article)}</td></tr>"
            for one in deadlines
        ]
        return self._table(rows) if rows else self._none("no_deadlines")

    def _project(self, page: ProjectPage) -> str:
        rows = [
            self._stage(one)
            for one in page.timeline.stages
            if one.seen or (one.state in ODD_STATES and one.state is not StageState.MISSING)
        ]
        missing = say("session_village.list_mark").join(one.kind.value for one in page.timeline.missing)
        link = self._link(PROJECT, page.group.record_ids[0], _say("whole_project"))
        return "".join(
            (
                f"<h3>{escape(page.name)}</h3>",
                self._table(rows) if rows else "",
                self._muted(_say("missing", stages=missing)) if missing else "",
                f"<p>{link}</p>",
            )
        )

    def _stage(self, one: StageResult) -> str:
        colour = self._colours[state_token(one.state)]
        state = f'<b style="color:{colour}">{escape(state_name(one.state.value))}</b>'
        return (
            f'<tr><td width="20%">{escape(one.kind.value)}</td><td width="14%">{state}</td>'
            f"<td>{self._small(one.sentence + one.article)}</td></tr>"
        )

    def _records(self, records: Iterable[RecordDetail]) -> str:
        rows = [
            f'<tr><td width="13%">{escape(str(one.record.published or say("session_village.undated")))}</td>'
            f'<td width="18%">{escape(one.record.kind.value)}</td>'
            f"<td>{self._link(RECORD, one.record.id, one.record.title)}<br>"
            f"{self._small(_source(one))}</td></tr>"
            for one in records
        ]
        return self._table(rows) if rows else self._none("no_records")

    def _policies(self, page: VillagePage) -> str:
        """Each with the reason why it stands here, and the clause that holds the word."""
        items = "".join(
            f"<li>{escape(policy_line(one))} {self._link(QUESTION, one.question, _say('policy_question'))}"
            + (f"<br>{self._small(_shortened(one.text))}" if one.text else "")
            + "</li>"
            for one in page.policies.items
        )
        shown = f'<ul style="margin-left:20px; -qt-list-indent:0">{items}</ul>' if items else ""
        return shown + self._muted(page.policies.note)

    def _contact(self, page: VillagePage) -> str:
        contact = page.contact
        if not contact.record_id:
            return self._muted(contact.sentence)
        link = self._link(RECORD, contact.record_id, _say("contact_record"))
        return f"<p>{escape(contact.sentence)}<br>{link}</p>"

    def _section(self, key: str, body: str) -> str:
        return f"<h2>{escape(_say(f'section.{key}'))}</h2>{body}"

    def _table(self, rows: Iterable[str]) -> str:
        style = f"border-collapse:collapse; border-style:solid; border-color:{self._colours['border']}"
        frame = f'width="100%" cellspacing="0" cellpadding="4" border="1" style="{style}"'
        return f"<table {frame}>{''.join(rows)}</table>"

    def _muted(self, text: str) -> str:
        return f'<p style="color:{self._colours["text_muted"]}">{escape(text)}</p>' if text else ""

    def _small(self, text: str) -> str:
        return f'<span style="color:{self._colours["text_muted"]}">{escape(text)}</span>'

    def _none(self, key: str) -> str:
        return self._muted(_say(key))

    def _link(self, kind: str, record_id: str, text: str) -> str:
        target = kind + quote(record_id, safe="")
        return f'<a href="{target}" style="color:{self._colours["accent"]}">{escape(text)}</a>'


def _source(detail: RecordDetail) -> str:
    record = detail.record
    parts = (record.doc_number, record.source_kind.value, record.source_name)
    return " · ".join(part for part in parts if part)


def _list(texts: Iterable[str]) -> str:
    items = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f'<ul style="margin-left:20px; -qt-list-indent:0">{items}</ul>' if items else ""


def _shortened(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _CLAUSE_MOST else plain[:_CLAUSE_MOST] + "…"


def _say(key: str, **values: object) -> str:
    return say(f"desktop_village.{key}", **values)
