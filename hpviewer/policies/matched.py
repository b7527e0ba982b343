"""Where the words of a question stand in a text."""

from __future__ import annotations

from collections.abc import Sequence

from hpviewer.places.normalise import simplified

_MOST = 400


def matched_spans(text: str, terms: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Start and end of each stretch of ``text`` that is made of ``terms`` (see `question_terms`).

    Stretches are in order and never overlap or touch; positions are those of the text as written. A number or Latin
    word counts only where it stands by itself. At most the first few hundred finds of a term are told.
    """
    lowered = simplified(text).lower()
    if len(lowered) != len(text):  # a capital such as İ becomes two signs: the positions would be off
        lowered = "".join(sign if len(sign) == 1 else "\0" for sign in map(str.lower, simplified(text)))
    found: list[tuple[int, int]] = []
    for term in terms:
        at = lowered.find(term)
        for _ in range(_MOST):
            if at < 0:
                break
            end = at + len(term)
            if not term.isascii() or not (_goes_on(lowered, at, -1) or _goes_on(lowered, end - 1, 1)):
                found.append((at, end))
            at = lowered.find(term, at + 1)
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _goes_on(text: str, at: int, step: int) -> bool:
    """Whether the number or Latin word at this place has a further sign on that side."""
    beside = at + step
    if not 0 <= beside < len(text):
        return False
    one, other = text[at], text[beside]
    return (one.isdigit() and other.isdigit()) or (one.isalpha() and other.isascii() and other.isalpha())
