"""TEXT rules: the figures of the narrative agree with the tables, and growth with the two years' figures.

Source: 政府信息公开条例 art. 50 asks for narrative and tables in one report; that both give the same figure follows. The
pairs below were read off the form's row names.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from hpviewer.reports.cell import Number, in_words, magnitude
from hpviewer.reports.figure import Bound, Figure, FigureKind
from hpviewer.reports.finding import Finding, Severity, finding_key
from hpviewer.reports.form import ReportFormat, cell_label
from hpviewer.reports.report import Report, YearFigures
from hpviewer.wording import say


@dataclass(frozen=True, slots=True)
class Pair:
    """A thing that the narrative counts and the cells whose sum it must equal.

    ``also`` are sums that the same words often mean: a figure equal to one of them is a question, not an error.
    """

    rule: str
    cells: tuple[str, ...]
    also: tuple[tuple[str, ...], ...] = ()


PAIRS = {
    "requests_handled": Pair(
        "TEXT-TOTAL",
        ("t3.new.total", "t3.carried_in.total"),
        (("t3.total.total",), ("t3.new.total",)),
    ),
    "requests_new": Pair("TEXT-NEW", ("t3.new.total",), (("t3.new.total", "t3.carried_in.total"),)),
    "requests_carried_in": Pair("TEXT-CARRIED-IN", ("t3.carried_in.total",)),
    "requests_completed": Pair("TEXT-COMPLETED", ("t3.total.total",)),
    "requests_carried_out": Pair("TEXT-CARRIED-OUT", ("t3.carried_out.total",)),
    "documents_issued": Pair("TEXT-DOCUMENTS", ("t2.documents.made",)),
    "documents_abolished": Pair("TEXT-ABOLISHED", ("t2.documents.abolished",)),
    "documents_in_force": Pair("TEXT-IN-FORCE", ("t2.documents.in_force",)),
}
_TRIAL_DOCUMENTS = Pair("TEXT-DOCUMENTS", ("t2.documents.new_made",), (("t2.documents.new_disclosed",),))


def pair_of(code: str, form: ReportFormat) -> Pair | None:
    if form is ReportFormat.TRIAL and code == "documents_issued":
        return _TRIAL_DOCUMENTS
    return PAIRS.get(code)


def text_matches_tables(report: Report) -> list[Finding]:
    """TEXT-TOTAL, TEXT-NEW, TEXT-CARRIED-IN, TEXT-COMPLETED, TEXT-CARRIED-OUT, TEXT-DOCUMENTS, TEXT-ABOLISHED, TEXT-IN-FORCE.

    A thing counted more than once (a total, then parts of it) passes when one of its figures fits. Figures of
    another year, and those that the text itself calls rough (近, 约), are left alone.
    """
    by_code: dict[str, list[Figure]] = {}
    for figure in report.figures:
        firm = figure.kind is FigureKind.COUNT and figure.bound in (
            Bound.EXACT,
            Bound.AT_LEAST,
        )
        if firm and figure.counts and figure.year in (None, report.year):
            by_code.setdefault(figure.counts, []).append(figure)
    findings = []
    for code, figures in by_code.items():
        pair = pair_of(code, report.format)
        total = None if pair is None else _sum(report, pair.cells)
        if pair is None or total is None or any(_fits(figure, total) for figure in figures):
            continue
        findings.append(_mismatch(report, pair, figures[0], total))
    return findings


def _mismatch(report: Report, pair: Pair, figure: Figure, total: Number) -> Finding:
    sums = [_sum(report, cells) for cells in pair.also]
    other = next(
        (cells for cells, sum_ in zip(pair.also, sums, strict=True) if sum_ == figure.value),
        None,
    )
    message = say(
        "reports.text_mismatch",
        label=figure.label,
        written=in_words(figure.value),
        unit=figure.unit,
        cells=_sum_words(report, pair.cells),
        difference=in_words(magnitude(figure.value - total)),
    )
    if other:
        message += say("reports.text_other_sum", cells=_sum_words(report, other))
    values: list[tuple[str, object]] = [(cell, report.value(cell)) for cell in pair.cells]
    return Finding(
        pair.rule,
        Severity.QUESTION if other else Severity.ERROR,
        message,
        pair.cells,
        total,
        figure.value,
        place=figure.place,
        key=finding_key(report.year, pair.rule, [*values, ("text", figure.value)]),
    )


def _sum(report: YearFigures, cells: tuple[str, ...]) -> Number | None:
    values = [report.value(cell) for cell in cells]
    known = [value for value in values if value is not None]
    return sum(known, 0) if len(known) == len(values) else None


def _sum_words(report: Report, cells: tuple[str, ...]) -> str:
    terms = [f"{cell_label(cell, report.format)} {in_words(report.value(cell) or 0)}" for cell in cells]
    total = _sum(report, cells)
    assert total is not None
    return terms[0] if len(terms) == 1 else f"{' + '.join(terms)} = {in_words(total)}"


def _fits(figure: Figure, total: Number) -> bool:
    if figure.bound is Bound.AT_LEAST:
        return total >= figure.value
    rounded = figure.step > 1
    return total == figure.value or (rounded and magnitude(total - figure.value) < Decimal(figure.step))


@dataclass(frozen=True, slots=True)
class _Known:
    """A thing's number in one year, and the range in which the true one lies (超1960万: from 1960万 to 1961万)."""

    value: Number
    low: Number
    high: Number

    @property
    def exact(self) -> bool:
        return self.low == self.high


def text_growth(report: Report, previous: YearFigures | None) -> tuple[list[Finding], list[Figure]]:
    """TEXT-GROWTH: a growth in the text follows from this year's and last year's figures.

    Source: arithmetic. Returns the findings and the growth figures that could not be checked for lack of last
    year's figure. Where a figure is a lower bound or rounded, a growth inside what rounding allows is a note.
    """
    findings: list[Finding] = []
    unchecked: list[Figure] = []
    for growth in report.figures:
        if growth.kind is FigureKind.COUNT or not growth.of:
            continue
        base = None
        if previous is not None and growth.year in (None, previous.year):
            base = _known(previous, growth.of)
        now = _known(report, growth.of)
        if base is None or now is None or (growth.kind is FigureKind.GROWTH_PERCENT and not base.low > 0):
            unchecked.append(growth)
            continue
        finding = _growth(report, growth, now, base)
        if finding is not None:
            findings.append(finding)
    return findings, unchecked


def _known(source: YearFigures, codes: tuple[str, ...]) -> _Known | None:
    value: Number = 0
    low: Number = 0
    high: Number = 0
    for code in codes:
        one = _one_known(source, code)
        if one is None:
            return None
        value, low, high = value + one.value, low + one.low, high + one.high
    return _Known(value, low, high)


def _one_known(source: YearFigures, code: str) -> _Known | None:
    for figure in source.figures:
        if figure.counts == code and figure.kind is FigureKind.COUNT and figure.year in (None, source.year):
            if figure.bound is Bound.EXACT and figure.step <= 1:
                return _Known(figure.value, figure.value, figure.value)
            if figure.bound is Bound.AT_LEAST:
                return _Known(figure.value, figure.value, figure.value + figure.step)
            return _Known(figure.value, figure.value - figure.step, figure.value + figure.step)
    pair = pair_of(code, source.format)
    total = None if pair is None else _sum(source, pair.cells)
    return None if total is None else _Known(total, total, total)


def _growth(report: Report, growth: Figure, now: _Known, base: _Known) -> Finding | None:
    percent = growth.kind is FigureKind.GROWTH_PERCENT
    computed = _grown(now.value, base.value, percent)
    step = Decimal(growth.step)
    if computed.quantize(step, ROUND_HALF_UP) == Decimal(growth.value).quantize(step, ROUND_HALF_UP):
        return None
    half = step / 2 if percent else Decimal(0)
    low, high = _grown(now.low, base.high, percent), _grown(now.high, base.low, percent)
    inside = low - half <= growth.value <= high + half
    exact = now.exact and base.exact
    severity = Severity.ERROR if exact else Severity.NOTE if inside else Severity.QUESTION
    shown = computed.quantize(step, ROUND_HALF_UP)
    message = say(
        "reports.growth_mismatch",
        label=growth.label,
        now=in_words(now.value),
        before=in_words(base.value),
        computed=f"{in_words(shown)}{growth.unit}",
        written=f"{in_words(growth.value)}{growth.unit}",
    )
    if not exact:
        message += say("reports.growth_rounded") if inside else say("reports.growth_inexact")
    values = [("now", now.value), ("before", base.value), ("text", growth.value)]
    return Finding(
        "TEXT-GROWTH",
        severity,
        message,
        (),
        int(shown) if shown == shown.to_integral_value() else shown,
        growth.value,
        place=growth.place,
        key=finding_key(report.year, "TEXT-GROWTH", [("of", ",".join(growth.of)), *values]),
    )


def _grown(now: Number, before: Number, percent: bool) -> Decimal:
    if not percent:
        return Decimal(now - before)
    return (Decimal(now) / Decimal(before) - 1) * 100
