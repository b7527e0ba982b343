"""The official form: which rows and columns each table has, and what its cells are called.

Two forms exist: the uniform one (国办公开办函〔2021〕30号, used since the report for 2021) and the trial one
(国办公开办函〔2019〕60号, reports for 2019 and 2020). A cell is named ``<table>.<row>.<column>``, for example
``t3.new.natural``; the names of the uniform form are those of DOMAIN.md section 4.

Own names of the trial form: ``t2.rules|documents.new_made|new_disclosed|disclosed_total``,
``t2.licences|services|penalties|coercion.last_year|change|decisions``, ``t2.fees.last_year|change``,
``t2.procurement.projects|amount`` (万元), and one row ``t3.other.<column>`` in place of ``t3.other_1`` to ``3``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache


class ReportFormat(StrEnum):
    UNIFORM = "uniform-2021"
    TRIAL = "trial-2019"


TABLES = ("t2", "t3", "t4")
TABLE_TITLES = {
    "t2": "主动公开政府信息情况",
    "t3": "收到和处理政府信息公开申请情况",
    "t4": "政府信息公开行政复议、行政诉讼情况",
}


@dataclass(frozen=True, slots=True)
class FormColumn:
    """``short`` names the column in a sentence, ``label`` is what the form prints."""

    key: str
    label: str
    short: str


@dataclass(frozen=True, slots=True)
class FormRow:
    """``group`` is the printed group the row stands in (（三）不予公开), empty at the top level."""

    key: str
    label: str
    short: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class FormBlock:
    """One article's part of table 2: its own header, its own columns."""

    article: str
    columns: tuple[FormColumn, ...]
    rows: tuple[FormRow, ...]


APPLICANTS = (
    FormColumn("natural", "自然人", "自然人"),
    FormColumn("commercial", "商业企业", "商业企业"),
    FormColumn("research", "科研机构", "科研机构"),
    FormColumn("nonprofit", "社会公益组织", "社会公益组织"),
    FormColumn("legal", "法律服务机构", "法律服务机构"),
    FormColumn("other", "其他", "其他组织"),
)
TOTAL_COLUMN = FormColumn("total", "总计", "总计")
T3_COLUMNS = (*APPLICANTS, TOTAL_COLUMN)

REFUSED, UNAVAILABLE = "（三）不予公开", "（四）无法提供"
NOT_PROCESSED, OTHER = "（五）不予处理", "（六）其他处理"
RESULTS_TITLE = "三、本年度办理结果"

_NEW = FormRow("new", "一、本年新收政府信息公开申请数量", "本年新收")
_CARRIED_IN = FormRow("carried_in", "二、上年结转政府信息公开申请数量", "上年结转")
_RESULTS = (
    FormRow("granted", "（一）予以公开", "予以公开"),
    FormRow(
        "partial",
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
        "部分公开",
    ),
    FormRow("refused_1", "1.属于国家秘密", "不予公开：国家秘密", REFUSED),
    FormRow("refused_2", "2.其他法律行政法规禁止公开", "不予公开：法律行政法规禁止", REFUSED),
    FormRow("refused_3", "3.危及“三安全一稳定”", "不予公开：三安全一稳定", REFUSED),
    FormRow("refused_4", "4.保护第三方合法权益", "不予公开：第三方合法权益", REFUSED),
    FormRow("refused_5", "5.属于三类内部事务信息", "不予公开：内部事务信息", REFUSED),
    FormRow("refused_6", "6.属于四类过程性信息", "不予公开：过程性信息", REFUSED),
    FormRow("refused_7", "7.属于行政执法案卷", "不予公开：行政执法案卷", REFUSED),
    FormRow("refused_8", "8.属于行政查询事项", "不予公开：行政查询事项", REFUSED),
    FormRow(
        "unavailable_1",
        "1.本机关不掌握相关政府信息",
        "无法提供：本机关不掌握",
        UNAVAILABLE,
    ),
    FormRow(
        "unavailable_2",
        "2.没有现成信息需要另行制作",
        "无法提供：没有现成信息",
        UNAVAILABLE,
    ),
    FormRow(
        "unavailable_3",
        "3.补正后申请内容仍不明确",
        "无法提供：补正后仍不明确",
        UNAVAILABLE,
    ),
    FormRow(
        "not_processed_1",
        "1.信访举报投诉类申请",
        "不予处理：信访举报投诉",
        NOT_PROCESSED,
    ),
    FormRow("not_processed_2", "2.重复申请", "不予处理：重复申请", NOT_PROCESSED),
    FormRow("not_processed_3", "3.要求提供公开出版物", "不予处理：公开出版物", NOT_PROCESSED),
    FormRow(
        "not_processed_4",
        "4.无正当理由大量反复申请",
        "不予处理：大量反复申请",
        NOT_PROCESSED,
    ),
    FormRow(
        "not_processed_5",
        "5.要求行政机关确认或重新出具已获取信息",
        "不予处理：确认或重新出具",
        NOT_PROCESSED,
    ),
)
_OTHER_UNIFORM = (
    FormRow(
        "other_1",
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "其他处理：逾期不补正",
        OTHER,
    ),
    FormRow(
        "other_2",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "其他处理：逾期未缴费",
        OTHER,
    ),
    FormRow("other_3", "3.其他", "其他处理：其他", OTHER),
)
_OTHER_TRIAL = (FormRow("other", OTHER, "其他处理"),)
_TOTAL = FormRow("total", "（七）总计", "办理结果总计")
_CARRIED_OUT = FormRow("carried_out", "四、结转下年度继续办理", "结转下年度")

T4_GROUPS = (
    FormRow("review", "行政复议", "行政复议"),
    FormRow("suit_direct", "未经复议直接起诉", "未经复议直接起诉"),
    FormRow("suit_after_review", "复议后起诉", "复议后起诉"),
)
T4_RESULTS = (
    FormColumn("maintained", "结果维持", "结果维持"),
    FormColumn("corrected", "结果纠正", "结果纠正"),
    FormColumn("other", "其他结果", "其他结果"),
    FormColumn("pending", "尚未审结", "尚未审结"),
    FormColumn("total", "总计", "总计"),
)

_MADE = FormColumn("made", "本年制发件数", "本年制发件数")
_ABOLISHED = FormColumn("abolished", "本年废止件数", "本年废止件数")
_IN_FORCE = FormColumn("in_force", "现行有效件数", "现行有效件数")
_DECISIONS = FormColumn("decisions", "本年处理决定数量", "本年处理决定数量")
_AMOUNT = FormColumn("amount", "本年收费金额（单位：万元）", "本年收费金额")
_LAST_YEAR = FormColumn("last_year", "上一年项目数量", "上一年项目数量")
_CHANGE = FormColumn("change", "本年增/减", "本年增减")
_DECIDED = FormColumn("decisions", "处理决定数量", "处理决定数量")

_RULES = FormRow("rules", "规章", "规章")
_LICENCES = FormRow("licences", "行政许可", "行政许可")
_PENALTIES = FormRow("penalties", "行政处罚", "行政处罚")
_COERCION = FormRow("coercion", "行政强制", "行政强制")
_FEES = FormRow("fees", "行政事业性收费", "行政事业性收费")

_T2_UNIFORM = (
    FormBlock(
        "第二十条第（一）项",
        (_MADE, _ABOLISHED, _IN_FORCE),
        (_RULES, FormRow("documents", "行政规范性文件", "行政规范性文件")),
    ),
    FormBlock("第二十条第（五）项", (_DECISIONS,), (_LICENCES,)),
    FormBlock("第二十条第（六）项", (_DECISIONS,), (_PENALTIES, _COERCION)),
    FormBlock("第二十条第（八）项", (_AMOUNT,), (_FEES,)),
)
_T2_TRIAL = (
    FormBlock(
        "第二十条第（一）项",
        (
            FormColumn("new_made", "本年新制作数量", "本年新制作数量"),
            FormColumn("new_disclosed", "本年新公开数量", "本年新公开数量"),
            FormColumn("disclosed_total", "对外公开总数量", "对外公开总数量"),
        ),
        (_RULES, FormRow("documents", "规范性文件", "规范性文件")),
    ),
    FormBlock(
        "第二十条第（五）项",
        (_LAST_YEAR, _CHANGE, _DECIDED),
        (
            _LICENCES,
            FormRow("services", "其他对外管理服务事项", "其他对外管理服务事项"),
        ),
    ),
    FormBlock("第二十条第（六）项", (_LAST_YEAR, _CHANGE, _DECIDED), (_PENALTIES, _COERCION)),
    FormBlock("第二十条第（八）项", (_LAST_YEAR, _CHANGE), (_FEES,)),
    FormBlock(
        "第二十条第（九）项",
        (
            FormColumn("projects", "采购项目数量", "采购项目数量"),
            FormColumn("amount", "采购总金额（单位：万元）", "采购总金额"),
        ),
        (FormRow("procurement", "政府集中采购", "政府集中采购"),),
    ),
)

MONEY_CELLS = frozenset({"t2.fees.amount", "t2.procurement.amount"})
"""Cells in 万元, with decimals; every other cell is a count."""

SIGNED_COLUMNS = frozenset({"change"})
"""Columns that may be negative: 本年增/减 of the trial form."""


def t2_blocks(form: ReportFormat) -> tuple[FormBlock, ...]:
    return _T2_TRIAL if form is ReportFormat.TRIAL else _T2_UNIFORM


def t3_results(form: ReportFormat) -> tuple[FormRow, ...]:
    """The result rows that 三（七）总计 adds up: 21 in the uniform form, 19 in the trial form."""
    return _RESULTS + (_OTHER_TRIAL if form is ReportFormat.TRIAL else _OTHER_UNIFORM)


def t3_rows(form: ReportFormat) -> tuple[FormRow, ...]:
    return (_NEW, _CARRIED_IN, *t3_results(form), _TOTAL, _CARRIED_OUT)


@cache
def table_rows(table: str, form: ReportFormat) -> tuple[tuple[FormRow, tuple[FormColumn, ...]], ...]:
    """Each row of a table with its columns, in the order of the form. KeyError for an unknown table."""
    if table == "t2":
        return tuple((row, block.columns) for block in t2_blocks(form) for row in block.rows)
    if table == "t3":
        return tuple((row, T3_COLUMNS) for row in t3_rows(form))
    if table == "t4":
        return tuple((row, T4_RESULTS) for row in T4_GROUPS)
    raise KeyError(table)


@cache
def cell_names(form: ReportFormat, table: str | None = None) -> tuple[str, ...]:
    """Every cell of the form (or of one table), in reading order."""
    tables = TABLES if table is None else (table,)
    return tuple(f"{each}.{row}.{column}" for each in tables for row, column in _keys(each, form))


def _keys(table: str, form: ReportFormat) -> Iterator[tuple[str, str]]:
    for row, columns in table_rows(table, form):
        for column in columns:
            yield row.key, column.key


@cache
def _labels(form: ReportFormat) -> dict[str, str]:
    return {
        f"{table}.{row.key}.{column.key}": f"{row.short}·{column.short}"
        for table in TABLES
        for row, columns in table_rows(table, form)
        for column in columns
    }


def cell_label(name: str, form: ReportFormat = ReportFormat.UNIFORM) -> str:
    """What a person calls the cell: 本年新收·自然人. The name itself for a cell that neither form has."""
    found = _labels(form).get(name)
    if found is None:
        other = ReportFormat.TRIAL if form is ReportFormat.UNIFORM else ReportFormat.UNIFORM
        found = _labels(other).get(name, name)
    return found
