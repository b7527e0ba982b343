"""What in a notice does not agree with itself. Each finding is a sentence; nothing is corrected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from hpviewer.importing.notice.area_words import TotalArea, unequal_in_mu, unequal_prices
from hpviewer.importing.notice.land_table import LandTable
from hpviewer.importing.notice.land_use import LandGroup, exact_total
from hpviewer.importing.notice.periods import Period, Periods, stated_days
from hpviewer.importing.notice.sheet import Found, Sheet
from hpviewer.records.area import Area
from hpviewer.records.partial_date import PartialDate
from hpviewer.records.record import LandClass
from hpviewer.wording import say

_FOUR_DECIMALS = Decimal("0.00005")


@dataclass(frozen=True, slots=True)
class Dates:
    published: PartialDate | None
    approved: PartialDate | None
    periods: Periods


def area_flags(
    sheet: Sheet, total: TotalArea | None, chosen: LandGroup | None, tables: Iterable[LandTable]
) -> Iterator[str]:
    if total:
        for rival in total.rivals:
            yield say(
                "importing_notice.flag.area_differs",
                first=total.found.value,
                second=rival.value,
            )
    if total and chosen and chosen.classes:
        yield from _sum_flag(total.found.value, chosen)
    if chosen:
        yield from _part_flags(chosen.classes)
    for pair, mu in unequal_in_mu(sheet):
        yield say(
            "importing_notice.flag.mu_differs",
            area=pair.value,
            mu=_plain(mu.value),
            right=_plain(_in_mu(pair.value)),
        )
    for written, hectare, per_mu in unequal_prices(sheet):
        yield say(
            "importing_notice.flag.price_differs",
            written=written,
            mu=_plain(per_mu),
            right=_plain(_rounded(hectare / 15, per_mu)),
        )
    for table in tables:
        for name, added, stated in table.unequal:
            yield say(
                "importing_notice.flag.column_differs",
                name="总面积" if name == "∑" else name,
                added=_plain(added),
                stated=_plain(stated),
            )


def _sum_flag(total: Area, group: LandGroup) -> Iterator[str]:
    added = group.total
    slack = (
        group.slack + total.rounding if total.unit.value != "公顷" else _FOUR_DECIMALS + _coarse(total, group)
    )
    if abs(added - total.exact_hectares) > slack:
        yield say(
            "importing_notice.flag.classes_differ", added=_plain(added), total=_plain(total.exact_hectares)
        )


def _coarse(total: Area, group: LandGroup) -> Decimal:
    """Four decimals are whole square metres and add up exactly; coarser figures carry their rounding."""
    return (
        Decimal(0)
        if total.rounding <= _FOUR_DECIMALS and group.slack <= 20 * _FOUR_DECIMALS
        else group.slack + total.rounding
    )


def _part_flags(classes: Iterable[LandClass]) -> Iterator[str]:
    for one in classes:
        if one.parts:
            added = exact_total(one.parts)
            whole = Decimal(repr(one.hectares))
            # 其中耕地… names one part of several: less than the whole is no contradiction then.
            contradicts = added > whole + _FOUR_DECIMALS or (
                len(one.parts) > 1 and abs(added - whole) > _FOUR_DECIMALS
            )
            if contradicts:
                yield say(
                    "importing_notice.flag.parts_differ",
                    name=one.name,
                    added=_plain(added),
                    whole=_plain(whole),
                )
            yield from _part_flags(one.parts)


def date_flags(dates: Dates) -> Iterator[str]:
    periods = dates.periods
    for key, period in (
        ("notice", periods.notice), ("implementation", periods.implementation), ("registration", periods.registration),
    ):  # fmt: skip
        if period and _later(period.first.value, period.last.value):
            yield say(
                f"importing_notice.flag.{key}_reversed", first=period.first.value, last=period.last.value
            )
    if _later(dates.approved, dates.published):
        yield say(
            "importing_notice.flag.approved_after_published",
            approved=dates.approved,
            published=dates.published,
        )
    if periods.notice:
        if _later(dates.published, periods.notice.last.value):
            yield say(
                "importing_notice.flag.published_after_period",
                published=dates.published,
                last=periods.notice.last.value,
            )
        if _later(dates.approved, periods.notice.first.value):
            yield say(
                "importing_notice.flag.approved_after_period",
                approved=dates.approved,
                first=periods.notice.first.value,
            )
        yield from _length_flags(periods.notice, periods.notice_days)


def _later(first: PartialDate | None, second: PartialDate | None) -> bool:
    """Whether first is certainly after second: parts that a source leaves out decide nothing."""
    if first is None or second is None:
        return False
    for one, other in ((first.year, second.year), (first.month, second.month), (first.day, second.day)):
        if one is None or other is None:
            return False
        if one != other:
            return one > other
    return False


def _length_flags(period: Period, days: Found[str] | None) -> Iterator[str]:
    stated = stated_days(days.value) if days else None
    first, last = period.first.value.exact, period.last.value.exact
    if stated is None or first is None or last is None or first > last:
        return
    count, working = stated
    actual: int
    if working:
        import chinese_calendar  # here: 10 ms, and only for notices that state working days

        try:
            actual = len(chinese_calendar.get_workdays(first, last))
        except NotImplementedError:
            return
    else:
        actual = (last - first).days + 1
    if actual < count:
        yield say(
            "importing_notice.flag.period_short_working" if working else "importing_notice.flag.period_short",
            first=first, last=last, actual=actual, stated=count,
        )  # fmt: skip


def _in_mu(area: Area) -> Decimal:
    return (area.exact_hectares * 15).quantize(Decimal("0.0001"))


def _rounded(value: Decimal, like: Decimal) -> Decimal:
    exponent = like.as_tuple().exponent
    return value.quantize(Decimal(1).scaleb(min(exponent, -2) if isinstance(exponent, int) else -2))


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")
