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
from hpviewer.wording import say

RECORD, PROJECT = "record:", "project:"


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
            self._section("policies", _list(page.policies) or self._none("no_policies")),
            self._section("contact", _paragraph(page.contact) or self._none("no_contact")),
            self._section("unknown", _list((*page.unknown, *filter(None, (page.notice,))))),
        ]
        return f'<html><body style="color:{self._colours["text"]}">{"".join(parts)}</body></html>'

    def _beside(self, text: str, page: VillagePage, picture: Picture) -> str:
        """The map at the right of what matters most, or below it where that leaves too little room."""
        shown = f"<p>{picture.html}</p>{self._muted(page.notice)}"
        if not picture.beside:
            return text + shown
        return (
            f'<table width="100%" cellspacing="0" cellpadding="0"><tr><td>{text}</td>'
            f'<td width="{picture.width}" style="padding-left:16px">{shown}</td></tr></table>'
        )

    def _deadlines(self, deadlines: Iterable[Deadline]) -> str:
        rows = [
            f"<tr><td><b>{escape(one.kind.value)}</b></td>"
            f"<td>{escape(_say('until', day=one.closes))}<br>"
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
            f"<tr><td>{escape(one.kind.value)}</td><td>{state}</td>"
            f"<td>{self._small(one.sentence + one.article)}</td></tr>"
        )

    def _records(self, records: Iterable[RecordDetail]) -> str:
        rows = [
            f"<tr><td>{escape(str(one.record.published or say('session_village.undated')))}</td>"
            f"<td>{escape(one.record.kind.value)}</td>"
            f"<td>{self._link(RECORD, one.record.id, one.record.title)}<br>"
            f"{self._small(_source(one))}</td></tr>"
            for one in records
        ]
        return self._table(rows) if rows else self._none("no_records")

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


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>" if text else ""


def _say(key: str, **values: object) -> str:
    return say(f"desktop_village.{key}", **values)
