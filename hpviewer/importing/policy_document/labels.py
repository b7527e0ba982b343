"""What a page or a register says about a document beside its text: 统一编号, 文号, 实施日期, 文件状态 …"""

from __future__ import annotations

import re
from collections.abc import Mapping

_LABELS = (
    "统一编号", "规范性文件编号", "文件编号", "文号", "发文字号", "发文文号",
    "发布机关", "发布机构", "制定机关", "发文机关", "印发机关",
    "成文日期", "印发日期", "发布日期", "公布日期", "发文日期",
    "实施日期", "施行日期", "生效日期", "失效日期", "废止日期", "有效期",
    "文件状态", "有效性", "效力状态", "状态", "标题", "名称", "索引号", "主题分类", "主题词", "来源", "分类",
)  # fmt: skip
_ANY = "|".join(sorted(_LABELS, key=len, reverse=True))
_LABELLED = re.compile(
    rf"(?:^|[\s|【\[；;])(?P<label>{_ANY})\s*(?:】|\])?\s*[:：|]\s*\|?\s*(?P<value>[^\n|【]{{1,80}}?)"
    rf"(?=\s*(?:$|\n|\||【)|\s+(?:{_ANY})\s*[:：|])"
)


def labels_of(head: str) -> Mapping[str, str]:
    """Label -> value of the text before the first clause; the first one of a kind counts."""
    found: dict[str, str] = {}
    for one in _LABELLED.finditer(head):
        value = one["value"].strip(" \u3000；;】]")
        if value and value not in ("-", "—", "无", "/"):
            found.setdefault(one["label"], value)
    return found


def first(labels: Mapping[str, str], *names: str) -> str:
    return next((labels[name] for name in names if name in labels), "")
