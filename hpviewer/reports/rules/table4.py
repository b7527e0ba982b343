"""Rule of table 4 (行政复议、行政诉讼)."""

from __future__ import annotations

from hpviewer.reports.equation import Equation, plus
from hpviewer.reports.form import T4_GROUPS, T4_RESULTS, ReportFormat
from hpviewer.wording import say


def t4_sum(form: ReportFormat) -> tuple[Equation, ...]:
    """T4-SUM, per group: 结果维持 + 结果纠正 + 其他结果 + 尚未审结 = 总计.

    Source: follows from the form's column heads (国办公开办函〔2021〕30号; the same in 〔2019〕60号).
    """
    return tuple(
        Equation(
            "T4-SUM",
            say("reports.about.t4_group", group=group.short),
            plus(*(f"t4.{group.key}.{each.key}" for each in T4_RESULTS[:-1])),
            plus(f"t4.{group.key}.total"),
        )
        for group in T4_GROUPS
    )
