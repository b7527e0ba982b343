"""A clause: the smallest part of a policy document that is cited."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clause:
    """``text`` is the document's text from ``start`` to ``end``, number and heading included.

    ``number`` as written (第三条, （二）, 一, 4), "" for a paragraph without one. ``heading`` is the clause's own
    title, "" where it has none. ``chapter`` holds the headings above it, outermost first, joined by a space.
    """

    number: str
    heading: str
    text: str
    start: int
    end: int
    chapter: str = ""
