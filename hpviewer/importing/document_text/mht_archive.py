"""Web archives (.mht, .mhtml): a page and its parts as one message; only the page is read."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import Message

from hpviewer.importing.document_text import html_page, limits, plain_text
from hpviewer.importing.document_text.charset import declared_encoding, decode
from hpviewer.importing.document_text.document import DocumentText

_MOST_PARTS = 2000


def read(data: bytes, name: str) -> DocumentText:
    """The first HTML part, or the first plain text part of an archive without one."""
    try:
        message = message_from_bytes(data, policy=policy.compat32)
        parts = _parts(message)
    except (MessageError, ValueError, LookupError, RecursionError, TypeError) as error:
        raise limits.unreadable_as(name, "mht") from error
    for kind in ("text/html", "text/plain"):
        for part in parts:
            if part.get_content_type() != kind:
                continue
            payload = _payload(part)
            if not payload.strip():
                continue
            declared = _charset(part) or declared_encoding(payload)
            text, _ = decode(payload, declared)
            address = str(part.get("Content-Location") or message.get("Snapshot-Content-Location") or "")
            if kind == "text/html":
                return html_page.from_markup(text, name, address)
            return plain_text.from_text(text, name)
    raise limits.unreadable_as(name, "mht")


def _parts(message: Message) -> list[Message]:
    found: list[Message] = []
    for part in message.walk():
        found.append(part)
        if len(found) >= _MOST_PARTS:
            break
    return found


def _payload(part: Message) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        return b""
    return payload if isinstance(payload, bytes) else b""


def _charset(part: Message) -> str:
    try:
        return (part.get_content_charset() or "").lower()
    except (LookupError, UnicodeError, ValueError):
        return ""
