"""What a person can say of a boundary file that does not say it itself: its coordinate system,
and whether the shift of web maps is in it."""

from __future__ import annotations

from hpviewer.session.import_readers import BoundaryAnswers
from hpviewer.wording import say

_SYSTEMS = (4490, 4547, 4526, 4326, 3857, 4546, 4548, 4525, 4527, 4497, 4498)
"""Those that the reader tries, most likely first."""


def crs_choices() -> tuple[tuple[str, str], ...]:
    """(code, label); EPSG:4547 is CGCS2000 with the central meridian of the district."""
    return tuple((f"EPSG:{code}", say(f"importing_boundaries.crs.name_{code}")) for code in _SYSTEMS)


def offset_codes() -> tuple[str, ...]:
    """Codes of ``answers_of``, the open question first."""
    return "", "yes", "bd09", "no"


def answers_of(crs: str, offset: str) -> BoundaryAnswers:
    """``crs`` is a code or "" for what the file says; ``offset`` is yes (GCJ-02), bd09, no or "" for not asked yet."""
    return BoundaryAnswers(crs or None, {"yes": True, "no": False}.get(offset), offset == "bd09")


def as_choices(answers: BoundaryAnswers) -> tuple[str, str]:
    """The two codes of ``answers_of``."""
    if answers.is_bd09:
        return answers.crs or "", "bd09"
    return answers.crs or "", {None: "", True: "yes", False: "no"}[answers.is_gcj02]
