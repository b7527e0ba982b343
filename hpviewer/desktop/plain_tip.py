"""Tooltips that show text from the catalogue as text: Qt takes anything that looks like HTML for HTML."""

from __future__ import annotations

_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
"""As html.escape has it, without that module's table of 2,231 names, which the start would pay for."""


def plain_tip(text: str) -> str:
    """Rich text that reads as ``text``; wraps long lines. Empty stays empty: no tooltip."""
    return f"<p>{text.translate(_ESCAPED)}</p>" if text else ""
