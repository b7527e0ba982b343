"""The answer slip as rich text for paper, with the same content as the Word template gets."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from hpviewer.desktop.village.page_text import Picture
from hpviewer.wording import say


def slip_html(values: Mapping[str, Any], picture: Picture | None = None) -> str:
    """``values`` as from ExportDesk.slip_values; one A4 page by the budget that these were cut to."""
    rows = "".join(_record(record) for record in values["records"])
    heads = "".join(
        f"<th align='left'>{_say(key)}</th>" for key in ("number", "date", "kind", "record_title", "source")
    )
    table = f"<table {_FRAME}><tr>{heads}</tr>{rows}</table>" if rows else ""
    stages = "".join(f"<li>{escape(one)}</li>" for one in values["stages"])
    deadlines = "".join(f"<li>{escape(one)}</li>" for one in values["deadlines"])
    clip = f"<td width='{picture.width}'><b>{_say('map')}</b><br>{picture.html}</td>" if picture else ""
    office = escape(values["office"])
    day = _say("day").replace(chr(0x3000), "&nbsp;&nbsp;&nbsp;")  # Qt draws several of these as one
    return f"""<html><body style="color:#000000">
<h2 align="center">{_say("title")}</h2>
<table {_FRAME}>
<tr><td width="18%"><b>{_say("question")}</b></td><td colspan="3">{escape(values["question"])}</td></tr>
<tr><td><b>{_say("asked_on")}</b></td><td width="32%">{escape(values["asked_on"])}</td>
<td width="18%"><b>{_say("office")}</b></td><td>{office}</td></tr>
</table>
<p><b>{_say("found")}</b>　{escape(values["found"])}</p>{table}
<table {_FRAME}><tr><td><b>{_say("stages")}</b>{_LIST}{stages}</ul><b>{_say("deadlines")}</b>{_LIST}{deadlines}</ul></td>
{clip}</tr></table>
<p><b>{_say("notes")}</b>　{escape(values["statement"])}{escape(values["notice"])}</p>
<table {_FRAME}>
<tr><td width="16%">{_say("asker")}<br></td><td width="34%"></td><td width="16%">{_say("clerk")}</td><td></td></tr>
<tr><td>{_say("signed_on")}</td><td>{day}</td><td>{_say("signed_on")}</td><td>{day}</td></tr></table>
</body></html>"""


_FRAME = (
    "width='100%' cellspacing='0' cellpadding='3' border='1'"
    " style='border-collapse:collapse; border-style:solid; border-color:#888888'"
)

_LIST = "<ul style='margin-left:14px; margin-top:2px; margin-bottom:6px; -qt-list-indent:0'>"


def _record(record: Mapping[str, str]) -> str:
    keys = ("number", "date", "kind", "title", "source")
    cells = "".join(f"<td>{escape(record[key]).replace(chr(10), '<br>')}</td>" for key in keys)
    return f"<tr>{cells}</tr>"


def _say(key: str) -> str:
    return escape(say(f"exporting.slip.{key}"))
