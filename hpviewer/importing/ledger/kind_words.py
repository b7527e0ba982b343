"""Words that ledgers use for the kinds of record and for the two columns."""

from __future__ import annotations

import re
from functools import lru_cache

from hpviewer.importing.ledger.cell_text import plain
from hpviewer.records.column import Column
from hpviewer.records.kind import Kind

_WORDS: dict[Kind, str] = {
    Kind.PRE_NOTICE: (
        "预公告 征地预公告 土地征收预公告 征收预公告 拟征收土地公告 拟征地公告 征收土地启动公告 征收启动公告 征前公告"
    ),
    Kind.SURVEY: (
        "土地现状调查 现状调查 土地现状调查结果 现状调查结果 土地现状调查公示 现状调查公示 现状调查结果公示 调查结果公示"
        " 土地现状调查结果公告"
    ),
    Kind.RISK: "社会稳定风险评估公示 社会稳定风险评估公告 稳定风险评估 风险评估 稳评 稳评公示 社稳评估",
    Kind.COMPENSATION_NOTICE: "补偿安置公告 征地补偿公告 征收补偿安置公告 征地补偿安置 拟征收土地补偿安置公告",
    Kind.HEARING: "听证公告 听证告知 听证告知书 征地听证 听证会",
    Kind.REGISTRATION: "补偿登记 征地登记 补偿登记公告 征地补偿登记公告 登记",
    Kind.AGREEMENT: "征地补偿安置协议 补偿协议 征地协议 征地补偿协议 补偿安置协议公示",
    Kind.APPROVAL: "征收土地批复 土地征收批复 用地批复 征地批准文件 征地批文 用地批文 农转用批复 农用地转用批复 征收批复",
    Kind.NOTICE: "征地公告 土地征收公告 征收公告 征用土地公告 征收土地通告 征地通告 征收土地方案公告",
    Kind.COMPENSATION_PLAN: "征地补偿安置方案 补偿安置方案公告 补偿安置方案 征收补偿安置方案公告 征地补偿方案 补偿方案公告",
    Kind.OTHER_LAND: "其他征地 其它征地信息",
    Kind.MAPPING: "标图入库 标图建库公示",
    Kind.YEAR_PLAN: "年度实施计划 城市更新年度计划 更新计划 年度计划公示 改造年度计划",
    Kind.BASE_SURVEY: "基础数据 基础数据公示 基础数据核查 数据调查 基础数据调查公示 基础数据调查成果公示",
    Kind.AREA_PLAN: "片区策划 控规 控制性详细规划 片区策划方案 详细规划 控规调整 片区策划控规",
    Kind.SCHEME_DRAFT: "实施方案公告 改造方案公示 更新方案公示 项目实施方案公示 旧村改造实施方案公示 实施方案征求意见",
    Kind.SCHEME_APPROVAL: (
        "改造方案批复 实施方案批准 实施方案的批复 项目实施方案批复 旧村改造实施方案批复 更新方案批复 改造实施方案批复"
    ),
    Kind.SCHEME_VOTE: "方案表决 补偿安置方案投票 表决 表决结果公示 补偿安置方案表决结果",
    Kind.SIGNING: "签约 拆迁 动迁 签约动迁 拆迁安置 搬迁",
    Kind.COLLECTIVE_TO_STATE: "征为国有 转为国有 集体转国有 集体建设用地转国有 旧村庄集体建设用地征为国有",
    Kind.START: "开工 动工建设 开工建设 施工",
    Kind.REBUILDING: "复建 复建安置房 安置房建设",
    Kind.RETURN: "回迁安置 回迁入住",
    Kind.OTHER_RENEWAL: "其他更新 其它城市更新 其他旧改",
}
_COLUMNS = {
    Column.LAND: "征地 征收土地 土地征收 征地公告公示 征地信息公开 征地拆迁 land",
    Column.RENEWAL: "旧村改造 旧改 三旧改造 更新改造 城市更新信息 城市更新改造 城中村改造 旧城改造 renewal",
}
_BY_WORD = {word: kind for kind, words in _WORDS.items() for word in words.split()}
_BY_WORD |= {kind.value.replace("/", ""): kind for kind in Kind}
_BY_CODE = {kind.name.lower(): kind for kind in Kind}
_COLUMN_BY_WORD = {word: column for column, words in _COLUMNS.items() for word in words.split()}
_COLUMN_BY_WORD |= {column.value: column for column in Column}
_IN_RENEWAL = {
    "批复": Kind.SCHEME_APPROVAL,
    "方案公示": Kind.SCHEME_DRAFT,
    "方案批复": Kind.SCHEME_APPROVAL,
    "实施方案": Kind.SCHEME_DRAFT,
    "补偿安置方案": Kind.SCHEME_VOTE,
}
_IN_LAND = {"批复": Kind.APPROVAL, "批准": Kind.APPROVAL, "批文": Kind.APPROVAL}
"""What a word means only when the column of the record is known."""
_NUMBERING = re.compile(
    r"^(?:[(]?[\d一二三四五六七八九十]{1,2}[)、.．:：]+|第[\d一二三四五六七八九十]{1,2}[步阶段]+[:：]?)"
)
_SIGNS = re.compile(r"[/·,，、:：;；\-—_|()《》“”\"']+")


@lru_cache(maxsize=512)
def kind_of(text: str, column: Column | None) -> Kind | None:
    """Kind of a cell's text, None when the word is not known. ``column`` decides short words (批复)."""
    word = _bare(text)
    in_column = {Column.LAND: _IN_LAND, Column.RENEWAL: _IN_RENEWAL}.get(column, {}) if column else {}
    return in_column.get(word) or _BY_WORD.get(word) or _BY_CODE.get(word)


@lru_cache(maxsize=512)
def column_of(text: str) -> Column | None:
    return _COLUMN_BY_WORD.get(_bare(text))


_IN_TITLES = sorted(
    (
        (word, kind)
        for word, kind in _BY_WORD.items()
        if len(word) >= 4 and not word.startswith(("其他", "其它"))
    ),
    key=lambda pair: -len(pair[0]),
)


def kind_in_title(title: str) -> Kind | None:
    """The kind that a title spells out, the last one named if several are; None when it names none."""
    text = _SIGNS.sub("", plain(title))
    best: tuple[int, int, Kind] | None = None
    for word, kind in _IN_TITLES:
        at = text.rfind(word)
        if at >= 0 and (best is None or (at + len(word), len(word)) > best[:2]):
            best = (at + len(word), len(word), kind)
    return best[2] if best else None


def _bare(text: str) -> str:
    return _SIGNS.sub("", _NUMBERING.sub("", plain(text).lower()))
