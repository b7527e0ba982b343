"""Kinds of record: the stages of 征地信息 and of 城市更新, in the order of the procedure.

Order of 征地信息: 土地管理法 (2019) and 实施条例 (2021); of 城市更新: practice of 旧村改造 in Guangzhou.
"""

from __future__ import annotations

from enum import StrEnum

from hpviewer.records.column import Column


class Kind(StrEnum):
    PRE_NOTICE = "征收土地预公告"
    SURVEY = "土地现状调查结果公示"
    RISK = "社会稳定风险评估"
    COMPENSATION_NOTICE = "征地补偿安置公告"
    HEARING = "听证"
    REGISTRATION = "征地补偿登记"
    AGREEMENT = "补偿安置协议"
    APPROVAL = "征地批复"
    NOTICE = "征收土地公告"
    COMPENSATION_PLAN = "征地补偿安置方案公告"
    OTHER_LAND = "其他征地信息"

    MAPPING = "标图建库"
    YEAR_PLAN = "年度计划"
    BASE_SURVEY = "基础数据调查"
    AREA_PLAN = "片区策划/控规"
    SCHEME_DRAFT = "实施方案公示"
    SCHEME_APPROVAL = "实施方案批复"
    SCHEME_VOTE = "补偿安置方案表决"
    SIGNING = "签约拆迁"
    COLLECTIVE_TO_STATE = "集体建设用地征为国有"
    START = "动工"
    REBUILDING = "复建安置"
    RETURN = "回迁"
    OTHER_RENEWAL = "其他城市更新"

    @property
    def column(self) -> Column:
        return Column.RENEWAL if self in _RENEWAL else Column.LAND


_RENEWAL = frozenset(list(Kind)[list(Kind).index(Kind.MAPPING) :])
