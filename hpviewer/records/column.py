"""The two columns of the government's website that a record belongs to."""

from __future__ import annotations

from enum import StrEnum


class Column(StrEnum):
    LAND = "征地信息"
    RENEWAL = "城市更新"


class SourceKind(StrEnum):
    """How far the source of a record was seen (DOMAIN.md 7)."""

    GOVERNMENT = "政府网站"
    COPY = "转载待核"
    PRESS = "媒体报道"
    OWN = "自行录入"
    SIMULATED = "模拟数据"
