"""Names that columns of ledgers go by, and what each says: the field, its unit, the land class."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from hpviewer.importing.ledger.field import WITH_UNIT, LedgerField
from hpviewer.records.area import UNIT

LONGEST_HEADER = 40


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a header says; ``confidence`` 1 for a name in the table, less for one that only ends like it."""

    field: LedgerField
    confidence: float
    unit: str = ""
    detail: str = ""


_NAMES: dict[LedgerField, str] = {
    LedgerField.ID: "编号 记录编号 记录号 唯一编号 唯一标识 id record_id",
    LedgerField.TITLE: (
        "标题 公告名称 公告标题 文件名称 文件标题 名称 信息标题 信息名称 公示标题 公示名称 题名 题目 公告题目 公示公告名称"
        " 公告公示名称 公告公示标题 事项名称 信息公开标题"
    ),
    LedgerField.KIND: (
        "类别 类型 阶段 公告类型 公告类别 公告种类 公告阶段 种类 信息类别 信息类型 文件类型 环节 所处阶段 业务阶段 公示类型"
        " 征地阶段 所属阶段"
    ),
    LedgerField.COLUMN: "栏目 所属栏目 信息栏目 大类 栏目名称 公开栏目 column",
    LedgerField.DOC_NUMBER: (
        "文号 公告文号 公告编号 公告号 公告字号 发文字号 发文文号 发文号 文件编号 文件号 文件字号 字号 公示文号 征收公告文号"
    ),
    LedgerField.APPROVAL_NUMBER: (
        "批准文号 批文号 批复文号 批文 批复号 批准文件 批准文件号 批准文件文号 用地批文 用地批文号 用地批复文号 征地批文"
        " 征地批文号 农转用批文 农转用批准文号 批复字号 批准书号"
    ),
    LedgerField.ISSUER: (
        "发布机构 发布单位 发布机关 发文单位 发文机关 发文机构 公告单位 公告机关 公告机构 公开单位 征收主体 责任单位"
    ),
    LedgerField.PUBLISHED: (
        "发布日期 发布时间 公告日期 公告时间 公开日期 公开时间 公布日期 公布时间 公示日期 公示时间 发文日期 发文时间 成文日期"
        " 印发日期 刊登日期 挂网日期 挂网时间 上网日期 信息发布日期 日期"
    ),
    LedgerField.APPROVED: "批准日期 批准时间 批复日期 批复时间 批文日期 批文时间 批准年月日",
    LedgerField.NOTICE_PERIOD: (
        "公告期 公示期 公告期限 公示期限 公告期间 公示期间 公告起止时间 公示起止时间 公告起止日期 公示起止日期 公告时限"
        " 公告时间段 公示时间段 张贴时间 张贴期限 公告公示期"
    ),
    LedgerField.NOTICE_FROM: (
        "公告开始日期 公告开始时间 公告起始日期 公告起始时间 公告期起 公告期始 公告期开始 公告起 公示开始日期 公示开始时间"
        " 公示起始日期 公示起始时间 公示期起 公示期开始 公示起 开始日期 起始日期 公告开始 公示开始"
    ),
    LedgerField.NOTICE_TO: (
        "公告结束日期 公告结束时间 公告截止日期 公告截止时间 公告期止 公告期结束 公告止 公示结束日期 公示结束时间"
        " 公示截止日期 公示截止时间 公示期止 公示期结束 公示止 结束日期 截止日期 公告结束 公示结束"
    ),
    LedgerField.PROJECT: (
        "项目名称 项目 批次名称 项目批次名称 批次 建设项目名称 用地项目名称 用地项目 征地项目 征地项目名称 改造项目"
        " 改造项目名称 更新项目 更新项目名称 工程名称 地块名称 所属项目"
    ),
    LedgerField.LOCATION: (
        "四至 四至范围 四至界线 位置 坐落 土地位置 土地坐落 用地位置 用地坐落 位置四至 具体位置 地块位置 项目位置 地点"
        " 项目地点 地址 征收范围 征地范围 用地范围 范围 坐落四至"
    ),
    LedgerField.AREA: (
        "面积 总面积 用地面积 总用地面积 征地面积 征地总面积 征收面积 征收总面积 征收土地面积 征收土地总面积 拟征收面积"
        " 拟征收土地面积 土地面积 土地总面积 占地面积 批准面积 批准用地面积 项目面积 改造面积 area"
    ),
    LedgerField.LAND_CLASSES: "地类 地类面积 各地类面积 地类情况 土地类别 土地现状 土地利用现状 地类及面积",
    LedgerField.OWNERS: (
        "权属单位 权属人 权属 土地权属 土地权属单位 权利人 所有权人 土地所有权人 被征地单位 被征地村 被征地集体 被征收单位"
        " 被征收人 被征地农村集体经济组织 集体经济组织 经济社 村社"
    ),
    LedgerField.TOWN: (
        "街镇 镇街 街道 镇 街 街道办 乡镇 乡镇街道 街道乡镇 所属街镇 所属镇街 所属街道 所属镇 所在街镇 所在镇街 所在街道"
        " 涉及街镇 涉及镇街 涉及街道 涉及镇 所属乡镇 所在乡镇 街道名称 街镇名称 town"
    ),
    LedgerField.COMMUNITY: (
        "社区 村 村居 村社区 社区村 行政村 村名 村委 居委 社区居委 所属社区 所属村 所属村居 所属社区村 所属村社区 所在社区"
        " 所在村 所在村居 涉及社区 涉及村 涉及村居 涉及村社 涉及村社区 涉及社区村 所属村社 所在村社 社区名称 community"
    ),
    LedgerField.PLACE: (
        "所在地 属地 地区 区域 所属区域 涉及区域 行政区域 街镇社区 镇村 镇街村 地点原文 所写地点 原文地点 原文地名"
    ),
    LedgerField.SOURCE_KIND: "来源类型 来源类别 来源性质",
    LedgerField.SOURCE_NAME: "来源 信息来源 数据来源 资料来源 来源名称 出处",
    LedgerField.SOURCE_URL: "来源网址 来源链接 链接 网址 网页 网页链接 原文链接 公告链接 信息链接 链接地址 url",
    LedgerField.NOTE: "备注 说明 附注 备考 备注说明",
    LedgerField.FLAGS: "存疑 疑点",
    LedgerField.IGNORED: "序号 序 行号 no no. #",
}  # fmt: skip
_EXACT = {
    word: field for field, words in _NAMES.items() for word in (*words.split(), field.value)
}  # fmt: skip
_CLASSES = frozenset(
    (
        *(
            "农用地",
            "耕地",
            "水田",
            "水浇地",
            "旱地",
            "园地",
            "林地",
            "草地",
            "其他农用地",
            "其它农用地",
            "养殖水面",
        ),
        *("坑塘水面", "可调整地类", "建设用地", "未利用地", "其他土地", "永久基本农田", "基本农田"),
        *("国有建设用地", "集体建设用地", "集体农用地", "国有农用地"),
    )
)
_ENDINGS = tuple(
    (re.compile(pattern), field)
    for pattern, field in (
        (r"(?:批准|批复|批文)[^\d]{0,6}(?:文号|字号|编号|号)$", LedgerField.APPROVAL_NUMBER),
        (r"(?:批准|批复|批文)[^\d]{0,6}(?:日期|时间)$", LedgerField.APPROVED),
        (r"(?:公告|公示)[^\d]{0,6}(?:开始|起始|起)(?:日期|时间|日)?$", LedgerField.NOTICE_FROM),
        (r"(?:公告|公示)[^\d]{0,6}(?:结束|截止|终止|止)(?:日期|时间|日)?$", LedgerField.NOTICE_TO),
        (r"(?:公告|公示)[^\d]{0,4}(?:期限?|时限|期间|起止时间|起止日期)$", LedgerField.NOTICE_PERIOD),
        (r"(?:公告|公示|发布|公开|公布|发文)[^\d]{0,4}(?:日期|时间)$", LedgerField.PUBLISHED),
        (r"(?:公告|公示|文件|发文)[^\d]{0,4}(?:文号|字号)$|文号$", LedgerField.DOC_NUMBER),
        (r"(?:公告|公示|文件|信息|通告)[^\d]{0,6}(?:标题|名称|题目)$|标题$", LedgerField.TITLE),
        (r"(?:公告|公示|信息|文件|征地)[^\d]{0,4}(?:类型|类别|种类|阶段)$", LedgerField.KIND),
        (r"(?:项目|批次|工程)[^\d]{0,6}名称$", LedgerField.PROJECT),
        (r"^(?!.*(?:建筑|容积|复建|绿化|补偿|价)).*面积$", LedgerField.AREA),
        (r"(?:网址|链接|url)$", LedgerField.SOURCE_URL),
        (r"(?:所属|所在|涉及|隶属|管辖).{0,4}(?:街镇|镇街|街道)$", LedgerField.TOWN),
        (r"(?:所属|所在|涉及|隶属|管辖).{0,4}(?:村居|社区|行政村)$", LedgerField.COMMUNITY),
        (r"(?:权属单位|权利人|所有权人|被征地单位)$", LedgerField.OWNERS),
        (r"(?:四至|坐落|位置|四至范围)$", LedgerField.LOCATION),
        (r"(?:发布|发文|公告)(?:机构|单位|机关)$", LedgerField.ISSUER),
        (r"备注$", LedgerField.NOTE),
    )
)
_UNIT = re.compile(UNIT, re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]")
_SIGNS = re.compile(r"[*:：、，,;；./\-_|·“”\"'《》<>]+")
_TOTAL = frozenset(("合计", "小计", "总计", "总面积", "总数", "合计面积", "计", "面积"))
_LIKELY = 0.8
_VAGUE = frozenset(
    ("名称", "日期", "时间", "编号", "项目", "地点", "地址", "范围", "街", "镇", "村", "权属", "说明", "类型")
)


def meaning(parts: Sequence[str]) -> Meaning | None:
    """``parts`` are the lines of one column's header from top to bottom; None when they say nothing known."""
    return _meaning(tuple(parts))


@lru_cache(maxsize=2048)
def _meaning(parts: tuple[str, ...]) -> Meaning | None:
    words = [word for word in (_word(part) for part in parts) if word]
    if not words or len("".join(parts)) > LONGEST_HEADER * len(parts):
        return None
    unit = next((unit for unit in (_unit(part) for part in reversed(parts)) if unit), "")
    for found in _readings(words):
        return replace(found, unit=unit) if found.field in WITH_UNIT else found
    return None


def _readings(words: list[str]) -> list[Meaning]:
    """At most one reading: the whole header, then its lowest line alone."""
    whole, last = "".join(words), words[-1]
    if len(words) > 1 and last in _TOTAL:
        above = _readings(words[:-1])
        if above and above[0].field in WITH_UNIT:
            return above
    candidates = [whole] if len(words) == 1 else [whole, last]
    for text in candidates:
        exact = _exact(text) or _ending(text)
        if exact:
            return [exact]
    return []


def _exact(text: str) -> Meaning | None:
    if text == "area_ha":
        return Meaning(LedgerField.AREA, 1.0)
    if text in _EXACT:
        return Meaning(_EXACT[text], _LIKELY if text in _VAGUE else 1.0)
    side = re.fullmatch(r"(?:四至)?(?P<side>[东南西北])(?:至|侧|面|界)?", text)
    if side and len(text) > 1:
        return Meaning(LedgerField.BOUND, 1.0, detail=side["side"])
    name = re.sub(r"^(?:其中|含|征收)+|(?:的)?(?:面积|数量)$", "", text)
    if name in _CLASSES:
        return Meaning(LedgerField.LAND_CLASS, 1.0, detail=name.replace("其它", "其他"))
    return None


def _ending(text: str) -> Meaning | None:
    for pattern, field in _ENDINGS:
        if pattern.search(text):
            return Meaning(field, _LIKELY)
    return None


def _plain(part: str) -> str:
    return "".join(unicodedata.normalize("NFKC", part).lower().split())


def _word(part: str) -> str:
    """A line of a header without brackets, unit and signs; a line that is a unit only is empty."""
    text = _plain(part)
    if text in _EXACT:
        return text
    inside = "".join(_BRACKETS.findall(text))
    base = _SIGNS.sub("", _BRACKETS.sub("", text))
    if not base:
        base = _SIGNS.sub("", inside.strip("()[]【】〔〕"))
    without = _UNIT.sub("", base)
    return re.sub(r"单位$", "", without) if without != base else base


def _unit(part: str) -> str:
    text = _plain(part)
    found = _UNIT.search(text)
    return found[0] if found and not text.startswith("万元") and "元/" not in text else ""


def unit_alone(parts: Sequence[str]) -> str:
    """公顷 of a column that is headed by its unit and nothing else, as our own exports head the area; "" otherwise.

    Apart from ``meaning``, because a line of units under 面积 and 农用地 is no header of its own.
    """
    words = [_plain(part) for part in parts if part]
    return words[0] if len(words) == 1 and _UNIT.fullmatch(words[0]) else ""


def stated_unit(text: str) -> str:
    """公顷 of a line above the table such as 单位：公顷; "" when it says none."""
    found = re.search(rf"单位[:：]?[^,，;；]{{0,8}}?(?P<unit>{UNIT})", _plain(text), re.IGNORECASE)
    return found["unit"] if found else ""
