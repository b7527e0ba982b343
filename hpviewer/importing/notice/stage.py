"""The stage of a notice: by its title first, by its content where the title does not say.

Order and names: 土地管理法 (2019), 实施条例 (2021); before 2020 approval -> 征用/征收土地公告 -> 征地补偿安置方案公告.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from hpviewer.records.kind import Kind

_Rule = tuple[re.Pattern[str], Kind]


def _rules(*pairs: tuple[str, Kind]) -> tuple[_Rule, ...]:
    return tuple((re.compile(pattern), kind) for pattern, kind in pairs)


_RENEWAL_WORD = re.compile(
    r"旧村|城中村|旧城|旧厂|旧工业|三旧|城市更新|更新改造|微改造|更新项目|更新单元|更新片区|改造项目|改造方案|标图建库|复建|回迁|留守户|[村片]改造|全面改造|拆迁|做地"
)
_LAND_FIRST = re.compile(r"征收土地|征用土地|土地征收|征地|拟征收|拟征用")

_LAND_TITLES = _rules(
    (r"预公告|拟征(?:收|用)?(?:土)?地(?:的)?公告|征前公告|征收启动公告", Kind.PRE_NOTICE),
    (r"现状调查|土地调查结果|调查确认|调查结果", Kind.SURVEY),
    (r"社会稳定|稳定风险|稳评", Kind.RISK),
    (r"听证", Kind.HEARING),
    (r"补偿登记|办理.{0,4}登记", Kind.REGISTRATION),
    (r"补偿(?:安置)?协议", Kind.AGREEMENT),
    (r"补偿安置方案|补偿方案|安置方案", Kind.COMPENSATION_PLAN),
    (r"补偿安置|补偿(?:的)?公告", Kind.COMPENSATION_NOTICE),
    (
        r"(?:征收|征用)(?:集体)?土地(?:的)?(?:公告|通告)|征地(?:的)?(?:公告|通告)|土地征收(?:的)?(?:公告|通告)",
        Kind.NOTICE,
    ),
    (r"批复|批准|审批|转用.{0,10}方案|建设用地的函", Kind.APPROVAL),
)
_RENEWAL_TITLES = _rules(
    (r"征为国有|转为国有|征转国有", Kind.COLLECTIVE_TO_STATE),
    (r"标图建库|标图入库", Kind.MAPPING),
    (r"年度.{0,8}计划|更新计划|改造计划|项目计划|计划的(?:公示|通知|公告)", Kind.YEAR_PLAN),
    (r"基础数据|数据调查|数据核查|现状摸查", Kind.BASE_SURVEY),
    (r"片区策划|控制性详细规划|控规|单元规划|单元详细规划|详细规划|片区方案", Kind.AREA_PLAN),
    (r"回迁|摇珠|选房|分房|交付|入住", Kind.RETURN),
    (
        r"(?:补偿|安置)(?:安置|补偿)?(?:方案|协议)?.{0,12}(?:表决|投票|征求意见|公示|结果|通过)|表决",
        Kind.SCHEME_VOTE,
    ),
    (
        r"(?:实施|改造)方案.{0,24}(?:批复|批准|审批|获批|核准|复函)|批复.{0,20}(?:实施|改造)方案",
        Kind.SCHEME_APPROVAL,
    ),
    (r"批复", Kind.SCHEME_APPROVAL),
    (r"(?:实施|改造)方案", Kind.SCHEME_DRAFT),
    (r"签约|拆迁|动迁|搬迁|拆除|腾空|清拆|补偿安置协议|拆卸|开拆", Kind.SIGNING),
    (r"复建|安置房|安置区|封顶", Kind.REBUILDING),
    (r"动工|开工|奠基|施工", Kind.START),
    (r"补偿安置方案|安置补偿方案|补偿方案", Kind.SCHEME_VOTE),
)
_LAND_CONTENT = _rules(
    (r"预公告如下|现将拟征收土地情况预公告", Kind.PRE_NOTICE),
    (r"依法批准的《(?:征收|征用)土地方案》", Kind.NOTICE),
    (r"社会稳定风险评估.{0,40}(?:公示|征询|征求)", Kind.RISK),
    (r"(?:要求|申请|举行)听证的?权利|特此告知", Kind.HEARING),
    (r"现状调查(?:结果)?.{0,20}(?:公示如下|予以公示)", Kind.SURVEY),
    (r"(?:征收土地补偿标准|补偿安置方案).{0,40}公告如下", Kind.COMPENSATION_NOTICE),
    (
        r"征收为国有土地|(?:征收|征用)土地(?:的)?(?:位置|范围)[:|]|《(?:征收|征用)土地方案》|征为国有建设用地",
        Kind.NOTICE,
    ),
)
_RENEWAL_CONTENT = _rules(
    (r"实施方案.{0,40}批复如下", Kind.SCHEME_APPROVAL),
    (r"实施方案.{0,40}(?:公示|征求意见)", Kind.SCHEME_DRAFT),
    (r"表决(?:结果|事项|通过)", Kind.SCHEME_VOTE),
    (r"基础数据调查", Kind.BASE_SURVEY),
    (r"签(?:订|约).{0,30}协议", Kind.SIGNING),
    (r"开工|动工", Kind.START),
)
NOTICE_WORD = re.compile(
    r"征收土地|征用土地|土地征收|征地|征为国有|征收为国有|集体土地|旧村|城中村|城市更新|更新改造|三旧|标图建库|农用地转|建设用地的批复|补偿安置"
    r"|改造(?:范围|方案|项目)|复建|安置房|用地的批复|公顷"
)
"""A text with none of these words is no notice of 征地信息 or 城市更新."""


def _first(rules: Iterable[_Rule], text: str) -> Kind | None:
    return next((kind for pattern, kind in rules if pattern.search(text)), None)


def stage_of(titles: Iterable[str], body: str, addressee: str, number_word: str, year: int | None) -> Kind:
    """``titles`` best first; ``year`` of publication or of the number, None when unknown."""
    for title in titles:
        # A law or a document that the title merely quotes (关于转发《…批复》的函) still tells the subject.
        kind = _by_title(title, body, number_word, year)
        if kind:
            return kind
    head = body[:1500]
    if re.search(r"现将该批复转发|批复如下|转发给?你[区市]", head) and _LAND_FIRST.search(head + "征为国有"):
        if _RENEWAL_WORD.search(head) and "实施方案" in head and "征为国有" not in head:
            return Kind.SCHEME_APPROVAL
        return Kind.APPROVAL
    land = _first(_LAND_CONTENT, body)
    if land is Kind.COMPENSATION_NOTICE and (year or 9999) < 2020:
        land = Kind.COMPENSATION_PLAN
    if land and (land is not Kind.NOTICE or not _RENEWAL_WORD.search(head) or "国有" in head):
        return land
    if _RENEWAL_WORD.search(head):
        return _first(_RENEWAL_CONTENT, body) or Kind.OTHER_RENEWAL
    return land or Kind.OTHER_LAND


def _by_title(title: str, body: str, number_word: str, year: int | None) -> Kind | None:
    if not title:
        return None
    renewal = bool(_RENEWAL_WORD.search(title))
    land_first = _LAND_FIRST.search(title)
    to_state = re.search(r"征为国有|转为国有", title)
    if re.search(r"批复|转发函", title) and (to_state or re.search(r"建设用地|农用地转用|征收土地", title)):
        return Kind.APPROVAL
    if renewal and not land_first:
        return (
            _first(_RENEWAL_TITLES, title)
            or (_first(_RENEWAL_CONTENT, body) if len(title) > 6 else None)
            or (Kind.OTHER_RENEWAL)
        )
    if to_state and not land_first:
        return Kind.COLLECTIVE_TO_STATE
    kind = _first(_LAND_TITLES, title)
    if kind is Kind.COMPENSATION_NOTICE and (year or 9999) < 2020:
        # Before 2020 one notice could carry the requisition and its compensation: its number then is …征〔….
        return Kind.NOTICE if number_word.endswith("征") else Kind.COMPENSATION_PLAN
    if kind is Kind.COMPENSATION_PLAN and re.search(r"拟征|征收前", title):
        return Kind.COMPENSATION_NOTICE
    if kind is Kind.APPROVAL and not re.search(r"用地|土地|征", title):
        return None
    return kind
