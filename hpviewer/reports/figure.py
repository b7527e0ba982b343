"""A figure of the narrative: a number in a sentence, with its unit and what it counts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hpviewer.reports.cell import Number


class Bound(StrEnum):
    """How the sentence qualifies the number: 26974, 超1960万, 近200, 约5."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    UP_TO = "up_to"
    ABOUT = "about"


class FigureKind(StrEnum):
    COUNT = "count"
    GROWTH_PERCENT = "growth_percent"
    GROWTH_AMOUNT = "growth_amount"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` to ``end`` (exclusive) of Report.narrative."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Figure:
    """``counts`` is a code of ``COUNTED`` when the thing is known, else empty; ``label`` is what is counted, in words.

    ``value`` is the plain number (1960万 is 19600000; a fall of 5 % is -5), ``written`` the text of number
    and unit, ``step`` the size of the last digit written (10000 for 1960万, 0.1 for 24.6).
    ``of`` are the codes that a growth refers to (several: their sum); ``year`` is the year the figure is about, or for
    a growth the year it is compared with; None means the report's own year, or the year before it.
    ``place`` and ``sentence`` are None for a figure that comes from stored facts.
    """

    counts: str
    label: str
    value: Number
    unit: str
    written: str = ""
    bound: Bound = Bound.EXACT
    kind: FigureKind = FigureKind.COUNT
    step: Number = 1
    of: tuple[str, ...] = ()
    year: int | None = None
    place: Span | None = None
    sentence: Span | None = None


COUNTED = {
    "site_items": "门户网站发布信息",
    "visits": "门户网站访问量",
    "press_conferences": "政府新闻发布会",
    "interviews": "政府在线访谈",
    "gazettes": "政府公报",
    "new_media": "政务新媒体",
    "documents_issued": "规范性文件 本年制发",
    "documents_abolished": "规范性文件 本年废止",
    "documents_in_force": "规范性文件 现行有效",
    "interpretations": "政策解读",
    "requests_handled": "办理政府信息公开申请",
    "requests_new": "本年新收政府信息公开申请",
    "requests_completed": "办结政府信息公开申请",
    "requests_carried_in": "上年结转政府信息公开申请",
    "requests_carried_out": "结转下年度继续办理",
}
