"""Tooltips that show text from the catalogue as text: Qt takes anything that looks like HTML for HTML."""

from __future__ import annotations


def plain_tip(text: str) -> str:
    """Rich text that reads as ``text``; wraps long lines. Empty stays empty: no tooltip."""
    import html  # here: brings a table of 2,231 names that the window starts without

    return f"<p>{html.escape(text)}</p>" if text else ""
