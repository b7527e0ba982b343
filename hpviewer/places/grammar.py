"""How names are put together in notices: districts before them, co-operatives and projects after them."""

from __future__ import annotations

import re
from dataclasses import dataclass

OWN_DISTRICTS = (
    "广州经济技术开发区",
    "中新广州知识城",
    "广州开发区",
    "广东省",
    "广州市",
    "黄埔区",
    "萝岗区",
)
"""May stand before any place of today's district: 萝岗区 was merged into it in 2014."""

FORMER_DISTRICTS = ("白云区", "增城市", "增城区", "天河区")
"""Districts that parts of today's district belonged to until 2005 (穗府〔2005〕19号). Only a community with
such a history may follow; anything else named so lies outside."""

_BARE_DISTRICTS = ("广东", "广州", "黄埔", "萝岗")
"""Said without 省, 市, 区; 黄埔 and 萝岗 are towns too, so they count only when nothing else fits."""

OTHER_DISTRICTS = re.compile(
    r"(?:(?:白云|天河|越秀|海珠|荔湾|番禺|花都|南沙|从化|增城)[区市]"
    r"|(?:深圳|珠海|汕头|佛山|韶关|湛江|肇庆|江门|茂名|惠州|梅州|汕尾|河源|阳江|清远|东莞|中山|潮州|揭阳|云浮)市"
    r"|[\u4e00-\u9fff]县)"
)
"""Other districts of Guangzhou and cities of the province: a name right after one of them is not ours."""

_NUMBER = "[〇零一二三四五六七八九十百0-9]"
COOPERATIVE = re.compile(
    rf"(?:第?{_NUMBER}+)?(?:股份)?(?:经济)?(?:联合|合作)(?:总)?社|第{_NUMBER}+(?:村民|居民)小组|第{_NUMBER}+生产队"
)
"""The tail of a co-operative's name; it belongs to a community, never to a town."""

PROJECT = re.compile(r"旧村|城中村|城市更新|旧改|微改造|片区|片")
"""Words that make a name before them a renewal area, which is a community's."""

SUFFIX = re.compile(
    r"街道办事处|街道办|街道|街办|街"
    r"|镇人民政府|镇政府|镇"
    r"|社区居民委员会|社区居委会|社区居委|社区|居民委员会|居委会|居委"
    r"|村村民委员会|村民委员会|村村委会|村委会|村委|村"
    r"|生活\d*区|片区|片"
)
"""Ends of a name that say that it is one."""

_EXPLICIT = re.compile(rf"(?:{SUFFIX.pattern})$")

DISTINGUISHING = frozenset("东南西北中上下前后内外新旧大小一二三四五六七八九十0123456789")
"""Characters that tell neighbours apart (大沙东, 大沙北): another one is another place, not a slip."""


def is_explicit(key: str) -> bool:
    """The key ends like the name of a town or community (文冲街, 刘村); a bare stem (文冲) does not."""
    return _EXPLICIT.search(key) is not None


@dataclass(frozen=True, slots=True)
class Peeled:
    """A key without the districts before it. ``outside``: the last one peeled is a FORMER_DISTRICT."""

    rest: str
    outside: str = ""


def peel(key: str, bare: bool = False, least: int = 2) -> Peeled:
    """Takes province, city and district off the front while at least ``least`` characters stay."""
    rest, outside = key, ""
    again = True
    while again:
        again = False
        for district in (*OWN_DISTRICTS, *FORMER_DISTRICTS, *(_BARE_DISTRICTS if bare else ())):
            if rest.startswith(district) and len(rest) >= len(district) + least:
                rest = rest[len(district) :]
                outside = district if district in FORMER_DISTRICTS else ""
                again = True
                break
    return Peeled(rest, outside)
