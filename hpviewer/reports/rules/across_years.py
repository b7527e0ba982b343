"""Rules between last year's report and this one."""

from __future__ import annotations

from hpviewer.reports.equation import Equation, Term, plus
from hpviewer.reports.form import T3_COLUMNS, ReportFormat, t2_blocks
from hpviewer.wording import say


def t2_stock(form: ReportFormat) -> tuple[Equation, ...]:
    """T2-STOCK: last year's 现行有效 + this year's 制发 − 废止 = this year's 现行有效 (规章, 行政规范性文件).

    Source: follows from the column heads of the uniform form (国办公开办函〔2021〕30号); the trial form has no such columns.
    """
    if form is not ReportFormat.UNIFORM:
        return ()
    return tuple(
        Equation(
            "T2-STOCK",
            say("reports.about.t2_row", row=row.short),
            (
                Term(f"t2.{row.key}.in_force", previous=True),
                Term(f"t2.{row.key}.made"),
                Term(f"t2.{row.key}.abolished", sign=-1),
            ),
            plus(f"t2.{row.key}.in_force"),
        )
        for row in t2_blocks(form)[0].rows
    )


def t3_carry(form: ReportFormat) -> tuple[Equation, ...]:
    """T3-CARRY, per column: last year's 四、结转下年度 = this year's 二、上年结转.

    Source: follows from the row names of table 3 (国办公开办函〔2021〕30号; the same in 〔2019〕60号).
    """
    return tuple(
        Equation(
            "T3-CARRY",
            say("reports.about.t3_column", column=column.short),
            (Term(f"t3.carried_out.{column.key}", previous=True),),
            plus(f"t3.carried_in.{column.key}"),
        )
        for column in T3_COLUMNS
    )
