"""Whether a name as written is a known name with one character wrong, lost or added."""

from __future__ import annotations

from hpviewer.places.grammar import DISTINGUISHING, is_explicit
from hpviewer.places.reading import sounds

_WORDS = """
联合 开源 商城 龙虎 酒楼 水系 海底 报税 东元 和风 青春 成年 少年 中年 新年 青联
文化 文明 文章 文物 石油 石头 电力 火车 火灾 新增 新建 新装 新安 新生 红星 红色
红线 公园 花园 家园 校园 长期 长久 长江 长城 永远 永久 永恒 南方 南海 南京 南沙
海洋 海上 海关 开放 开始 开工 开发 玉米 玉器 富裕 富强 横向 横线 龙头 今天 明天
天气 大厦 大家 大学 公告 公示 土地 城市 更新 政府 街道 社区 新区 园区 地区 片区
金融 金属 黄埔公园 幸福感 幸福里 幸福家 凤凰山 凤凰城 天鹅湖 宏岗 阀门厂 棠下 长岭居
"""

NOT_PLACES = frozenset(_WORDS.split())
"""Ordinary words, and places elsewhere, one character away from a name of the district. 宏岗 and 阀门厂 stand
in renewal plans of 2017 and 2018; which community of today they belong to is not known."""


def _distance(left: str, right: str) -> int:
    """Characters inserted, lost, changed or swapped with their neighbour; 2 means two or more."""
    from rapidfuzz.distance import OSA  # here: 18 ms that only a miss pays

    return OSA.distance(left, right, score_cutoff=1)


def is_slip(written: str, key: str, stem: str, *, inside: bool, by_sound: bool = False) -> bool:
    """Whether ``written`` may stand for ``key``, the name of a place with this stem.

    Strict, because most pairs of two-character words differ in one character. A long stem may differ
    anywhere when a suffix shows that a name was meant (何堂下村) or when it has four characters;
    otherwise the changed character must sound the same (文充 for 文冲).

    ``inside``: the town before it fits, then a suffix is enough for a short stem too; the caller must
    check that the result is unique. ``by_sound``: only a character that sounds the same is forgiven.
    """
    if written in NOT_PLACES or _distance(written, key) != 1:
        return False
    if len(stem.removesuffix("村")) < 2:
        # 火村 has one character of its own: with that wrong nothing is left of the name.
        return False
    suffix = key.removeprefix(stem) if key.startswith(stem) else ""
    if suffix and written.endswith(suffix) and written.removesuffix(suffix) in NOT_PLACES:
        return False
    at = next(
        (i for i, (a, b) in enumerate(zip(written, key, strict=False)) if a != b), min(len(written), len(key))
    )
    changed = len(written) == len(key) and written[at + 1 :] == key[at + 1 :]
    if changed and written[at] in DISTINGUISHING and key[at] in DISTINGUISHING:
        return False
    if changed and sounds_alike(written[at], key[at]):
        return True
    if by_sound:
        return False
    if written.startswith(stem) and not written.endswith(suffix):
        # The stem is whole and the slip lies in a suffix: only the long ones leave no doubt.
        return len(suffix) >= 4
    explicit = is_explicit(written) and bool(suffix)
    if len(stem) == 2:
        return inside and explicit
    return explicit or len(stem) >= 4


def sounds_alike(left: str, right: str) -> bool:
    return "\u4e00" <= left <= "\u9fff" and not sounds(left).isdisjoint(sounds(right))
