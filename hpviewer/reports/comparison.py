"""Two years side by side: what changed, biggest first."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from hpviewer.reports.cell import Number, in_words, magnitude
from hpviewer.reports.figure import Bound, Figure, FigureKind
from hpviewer.reports.form import SIGNED_COLUMNS, cell_label, cell_names
from hpviewer.reports.report import YearFigures
from hpviewer.wording import say


@dataclass(frozen=True, slots=True)
class Change:
    """One cell, or one figure of the narrative (``cell`` is then ``text.<code>``), in two years.

    ``difference`` is after − before; ``percent`` of before, to one decimal, None when before is 0. ``sentence`` is
    finished Chinese. ``rough`` says that one of the numbers is a lower bound or rounded.
    """

    cell: str
    label: str
    before: Number
    after: Number
    difference: Number
    percent: Decimal | None
    sentence: str
    rough: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """``changes`` holds what differs, biggest difference first; ``unchanged`` what is equal.

    ``only_one_year`` are cells that one of the two does not have (a blank counts as 0 and is compared).
    """

    before_year: int | None
    after_year: int | None
    changes: tuple[Change, ...]
    unchanged: tuple[Change, ...]
    only_one_year: tuple[str, ...]


def compare(a: YearFigures, b: YearFigures) -> Comparison:
    """From ``a`` to ``b``; the earlier year is taken as before, whichever comes first."""
    if a.year is not None and b.year is not None and b.year < a.year:
        a, b = b, a
    all_: list[Change] = []
    single: list[str] = []
    names = dict.fromkeys(cell_names(a.format) + cell_names(b.format))
    for name in names:
        before, after = a.value(name), b.value(name)
        if before is not None and after is not None:
            all_.append(_change(name, cell_label(name, b.format), before, after, _years(a, b)))
        elif (before is None) != (after is None):
            single.append(name)
    texts_a, texts_b = _counted(a), _counted(b)
    for code in dict.fromkeys([*texts_b, *texts_a]):
        if code in texts_a and code in texts_b:
            one, two = texts_a[code], texts_b[code]
            rough = one.bound is not Bound.EXACT or two.bound is not Bound.EXACT
            all_.append(_change(f"text.{code}", two.label, one.value, two.value, _years(a, b), rough))
    changed = sorted(
        (each for each in all_ if each.difference),
        key=lambda each: -magnitude(each.difference),
    )
    same = tuple(each for each in all_ if not each.difference)
    return Comparison(a.year, b.year, tuple(changed), same, tuple(single))


def _years(a: YearFigures, b: YearFigures) -> tuple[str, str]:
    return (
        say("reports.year", year=a.year) if a.year else say("reports.before"),
        say("reports.year", year=b.year) if b.year else say("reports.after"),
    )


def _counted(source: YearFigures) -> dict[str, Figure]:
    found: dict[str, Figure] = {}
    for figure in source.figures:
        if figure.counts and figure.kind is FigureKind.COUNT and figure.year in (None, source.year):
            found.setdefault(figure.counts, figure)
    return found


def _change(
    cell: str,
    label: str,
    before: Number,
    after: Number,
    years: tuple[str, str],
    rough: bool = False,
) -> Change:
    difference = after - before
    percent = None
    if before:
        percent = (Decimal(difference) * 100 / abs(Decimal(before))).quantize(Decimal("0.1"), ROUND_HALF_UP)
    words = {
        "label": label,
        "before_year": years[0],
        "after_year": years[1],
        "before": in_words(before),
        "after": in_words(after),
        "difference": in_words(magnitude(difference)),
    }
    signed = cell.rsplit(".", 1)[1] in SIGNED_COLUMNS
    if not difference:
        sentence = say("reports.change.same", **words)
    elif percent is None or signed:
        key_up = difference > 0
        sentence = say("reports.change.up", **words) if key_up else say("reports.change.down", **words)
    elif difference > 0:
        sentence = say("reports.change.up_percent", **words, percent=in_words(abs(percent)))
    else:
        sentence = say("reports.change.down_percent", **words, percent=in_words(abs(percent)))
    if rough and difference:
        sentence += say("reports.change.rough")
    return Change(cell, label, before, after, difference, percent, sentence, rough)
