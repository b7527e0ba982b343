"""Rules of table 3 (收到和处理申请) inside one form."""

from __future__ import annotations

from hpviewer.reports.equation import Equation, plus
from hpviewer.reports.form import (
    APPLICANTS,
    T3_COLUMNS,
    ReportFormat,
    t3_results,
    t3_rows,
)
from hpviewer.wording import say


def t3_flow(form: ReportFormat) -> tuple[Equation, ...]:
    """T3-FLOW, per column: 一 + 二 = 三（七） + 四.

    Source: the note printed in the head of table 3 of the form itself (国办公开办函〔2021〕30号; the same in 〔2019〕60号).
    """
    return tuple(
        Equation(
            "T3-FLOW",
            say("reports.about.t3_column", column=column.short),
            plus(f"t3.new.{column.key}", f"t3.carried_in.{column.key}"),
            plus(f"t3.total.{column.key}", f"t3.carried_out.{column.key}"),
        )
        for column in T3_COLUMNS
    )


def t3_result(form: ReportFormat) -> tuple[Equation, ...]:
    """T3-RESULT, per column: the result rows （一） to （六） add up to 三（七）总计.

    Source: follows from the form, where （七） is the total of section 三 (国办公开办函〔2021〕30号).
    """
    return tuple(
        Equation(
            "T3-RESULT",
            say("reports.about.t3_column", column=column.short),
            plus(*(f"t3.{row.key}.{column.key}" for row in t3_results(form))),
            plus(f"t3.total.{column.key}"),
        )
        for column in T3_COLUMNS
    )


def t3_row(form: ReportFormat) -> tuple[Equation, ...]:
    """T3-ROW, per row: the six kinds of applicant add up to 总计.

    Source: follows from the form's column heads (国办公开办函〔2021〕30号).
    """
    return tuple(
        Equation(
            "T3-ROW",
            say("reports.about.t3_row", row=row.short),
            plus(*(f"t3.{row.key}.{column.key}" for column in APPLICANTS)),
            plus(f"t3.{row.key}.total"),
        )
        for row in t3_rows(form)
    )
