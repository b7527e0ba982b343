"""Recognising the form's headings, row names and column heads by what they say, not by where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rapidfuzz import fuzz, process

from hpviewer.importing.annual_report.plain_text import bare, compact
from hpviewer.reports.form import FormColumn, ReportFormat, table_rows

LONGEST_LABEL = 70
"""A longer text is a sentence: the longest row name of the form has 36 characters."""
CLOSE_ENOUGH = 82
"""Similarity (rapidfuzz, 0-100) from which a damaged row name is taken for the form's: one or two characters off."""


class Section(StrEnum):
    """Where a heading or a table's own words put the text that follows."""

    NARRATIVE = "narrative"
    T2 = "t2"
    T3 = "t3"
    T4 = "t4"


class LabelKind(StrEnum):
    ROW = "row"
    GROUP = "group"
    HEADER = "header"


@dataclass(frozen=True, slots=True)
class Label:
    """``fuzzy`` when the text only resembles the form's row name."""

    kind: LabelKind
    key: str = ""
    fuzzy: bool = False


def is_sentence(text: str) -> bool:
    """Running text rather than a cell or a heading."""
    plain = compact(text)
    return "。" in plain or len(plain) > LONGEST_LABEL


_NARRATIVE_HEADS = re.compile(
    r"^(?:总体情况|概述|(?:政府信息公开工作)?存在的?(?:主要)?问题.{0,12}|其他需要报告的?事项.{0,4})$"
)


@lru_cache(maxsize=2048)
def section_of(text: str) -> Section | None:
    """The section that this heading, table note or header cell opens; None for anything else."""
    plain, core = compact(text), bare(text)
    if not core or len(plain) > LONGEST_LABEL:
        return None
    if (
        "勾稽关系" in core
        or core == "申请人情况"
        or ("本年新收" in core and "申请" in core and len(core) < 30)
    ):
        return Section.T3
    if len(plain) > 40 or "。" in plain:
        return None
    if _NARRATIVE_HEADS.match(core):
        return Section.NARRATIVE
    if ("主动公开政府信息" in core and len(core) < 16) or re.match(
        r"^(?:条例)?第二十条第[（(]?.[)）]?项?$", plain
    ):
        return Section.T2
    if "收到和处理" in core and "申请" in core:
        return Section.T3
    if core == "行政复议" or ("行政复议" in core and "行政诉讼" in core and len(core) < 30):
        return Section.T4
    return None


_T3_ITEMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (key, re.compile(pattern))
    for key, pattern in (
        ("carried_out", r"结转(?:至|到)?下(?:一)?年"),
        ("carried_in", r"上(?:一)?年(?:度)?结转"),
        ("new", r"本年(?:度)?新收"),
        ("refused_2", r"禁止公开"),
        ("refused_1", r"国家秘密"),
        ("refused_3", r"三安全"),
        ("refused_4", r"第三方"),
        ("refused_5", r"内部事务"),
        ("refused_6", r"过程性信息"),
        ("refused_7", r"执法案卷"),
        ("refused_8", r"行政查询"),
        ("unavailable_1", r"不掌握"),
        ("unavailable_2", r"没有现成"),
        ("unavailable_3", r"补正后"),
        ("not_processed_1", r"信访举报"),
        ("not_processed_4", r"大量反复"),
        ("not_processed_2", r"重复申请"),
        ("not_processed_3", r"公开出版物"),
        ("not_processed_5", r"确认或重新|重新出具"),
        ("other_1", r"逾期不补正"),
        ("other_2", r"收费通知"),
        ("granted", r"(?<!不)予以公开"),
        ("partial", r"^(?:本年度办理结果)?部分公开"),
    )
)
_T3_GROUPS = {
    "本年度办理结果": "results",
    "不予公开": "refused",
    "无法提供": "unavailable",
    "不予处理": "not_processed",
    "其他处理": "other",
}
_T3_HEADERS = ("自然人", "法人或其他组织", "商业企业", "商业", "企业", "科研机构", "科研", "机构", "社会公益组织",
               "法律服务机构", "申请人情况")  # fmt: skip
_HAS_NUMBER = re.compile(r"^(?:\(?[一二三四五六七八九十]{1,3}[)、.,]|\(?\d{1,2}[)、.,:])")


@lru_cache(maxsize=2048)
def t3_label(text: str) -> Label | None:
    """A row, group or header of table 3. 其他 and 总计 are rows only with their number (3. and （七）), else headers."""
    core = bare(text)
    if not core or is_sentence(text):
        return None
    numbered = bool(_HAS_NUMBER.match(compact(text)))
    if core in ("其他", "总计"):
        if not numbered:
            return Label(LabelKind.HEADER, core)
        return Label(LabelKind.ROW, "total" if core == "总计" else "other_3")
    if core in _T3_HEADERS or "勾稽关系" in core:
        return Label(LabelKind.HEADER, core)
    for key, pattern in _T3_ITEMS:
        if pattern.search(core):
            return Label(LabelKind.ROW, key)
    if core in _T3_GROUPS:
        return Label(LabelKind.GROUP, _T3_GROUPS[core])
    if core.endswith("总计") and numbered:
        return Label(LabelKind.ROW, "total")
    return _close(core, _full_names("t3"))


_T2_NAMES = {
    "规章": "rules",
    "行政规范性文件": "documents",
    "规范性文件": "documents",
    "行政许可": "licences",
    "其他对外管理服务事项": "services",
    "行政处罚": "penalties",
    "行政强制": "coercion",
    "行政事业性收费": "fees",
    "政府集中采购": "procurement",
}
_T2_HEADER = re.compile(
    r"信息内容|第二十条|制发|废止|现行有效|处理决定|收费金额|新制作|新公开|公开总数|项目数|本年增|采购总金额"
)


@lru_cache(maxsize=512)
def t2_label(text: str) -> Label | None:
    """A row or header of table 2."""
    core = bare(text)
    if not core or is_sentence(text):
        return None
    if core in _T2_NAMES:
        return Label(LabelKind.ROW, _T2_NAMES[core])
    if _T2_HEADER.search(core):
        return Label(LabelKind.HEADER, core)
    return _close(core, _T2_NAMES)


_T4_GROUPS = {"行政复议": "review", "未经复议直接起诉": "suit_direct", "复议后起诉": "suit_after_review"}
_T4_HEADERS = ("行政诉讼", "结果维持", "结果纠正", "其他结果", "尚未审结", "总计", "结果", "维持", "纠正", "其他",
               "尚未", "审结")  # fmt: skip


@lru_cache(maxsize=512)
def t4_label(text: str) -> Label | None:
    """A group (行政复议, 未经复议直接起诉, 复议后起诉) or a result column of table 4."""
    core = bare(text)
    if core in _T4_GROUPS:
        return Label(LabelKind.GROUP, _T4_GROUPS[core])
    if core in _T4_HEADERS:
        return Label(LabelKind.HEADER, core)
    for name, key in _T4_GROUPS.items():
        if core.endswith(name) and core.startswith("行政诉讼"):
            return Label(LabelKind.GROUP, key)
    return None


_HEAD_WORDS = re.compile(
    r"[一二三四]?收到和处理政府信息公开申请情况|[一二三]?主动公开政府信息情况|"
    r"本列数据的?勾稽关系为.*?第四项之和|申请人情况|法人或其他组织|信息内容|第二十条第.项|单位(?:万元|亿元|元)|本年|件数|数量|收费金额|总金额"
)


def columns_in(header: str, columns: tuple[FormColumn, ...]) -> tuple[FormColumn, ...]:
    """The columns that a table's head names, in the order of the form.

    All of them when it names none, or when words are left over that are no column of the form: they may be the
    damaged name of one, and a column taken for missing would shift every number.
    """
    text = bare(header).replace("/", "").replace("法人或其他组织", "")
    found = tuple(each for each in columns if _column_core(each) in text)
    for each in found:
        text = text.replace(_column_core(each), "")
    return found if found and not _HEAD_WORDS.sub("", text) else columns


def _column_core(column: FormColumn) -> str:
    short = bare(column.label.split("（")[0]).replace("/", "")
    return next((word for word in ("制发", "废止", "现行有效") if word in short), short)


@lru_cache(maxsize=4)
def _full_names(table: str) -> dict[str, str]:
    return {
        bare(row.label): row.key
        for form in (ReportFormat.TRIAL, ReportFormat.UNIFORM)
        for row, _ in table_rows(table, form)
        if len(bare(row.label)) >= 4 and row.key != "other"
    }


def _close(core: str, names: dict[str, str]) -> Label | None:
    if len(core) < 4 or core.isdigit():
        return None
    best = process.extractOne(core, names.keys(), scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH)
    return Label(LabelKind.ROW, names[best[0]], fuzzy=True) if best and len(best[0]) >= 4 else None
