"""Which law a record of 征地信息 is checked against: the one in force at its date, with its stages as data.

Sources: 土地管理法 (1998, 2004; amended 2019, in force 2020-01-01), 土地管理法实施条例 (国务院令第743号, in force
2021-09-01), 征收土地公告办法 (国土资源部令第10号, in force 2002-01-01), 政府信息公开条例 (2007, in force 2008-05-01;
2019, in force 2019-05-15). Read in their full text in the public collection LawRefBook/Laws: 土地管理法 2019 arts. 44-49,
实施条例 2021 arts. 26-32 and 67. Of the 条例, art. 26 has the 预公告 with its ten working days, the survey and the risk
assessment, 27 the plan, 28 its thirty days, the registration's period and the hearing, 29 the agreements, 30 the
application, 31 the fifteen working days from receipt of the approval; that claims are registered is in art. 47 (4) of the
law. The old law and 征收土地公告办法 (arts. 4, 7 and 10) were in no collection at hand: they rest on secondary sources.

Between 2020-01-01 and 2021-08-31 the amended law stood without its 条例: its art. 47 has the thirty days of the
compensation notice and the order "survey, notice, agreements, then apply", but neither the 预公告 with its ten
working days nor the fifteen working days after approval; those are not checked for that time.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass

from hpviewer.records.kind import Kind
from hpviewer.records.partial_date import PartialDate
from hpviewer.records.stage import AtLeast, DayUnit, Duty, Stage, Within


@dataclass(frozen=True, slots=True)
class Law:
    """``first`` and ``last`` are the days it is in force; ``absent`` are stages other laws know and it does not."""

    name: str
    first: dt.date
    last: dt.date
    stages: tuple[Stage, ...]
    absent: tuple[Kind, ...]

    def stage(self, kind: Kind) -> Stage | None:
        """The stage that a record of this kind belongs to; None where this law knows none."""
        return next((stage for stage in self.stages if kind in stage.kinds), None)


_OLD = "土地管理法（2004年修正）"
_AMENDED = "土地管理法（2019年修正）"
_REGULATION = "土地管理法实施条例（2021年修订）"
_NOTICE_RULES = "征收土地公告办法"

OLD_LAW = Law(
    name=_OLD,
    first=dt.date(1999, 1, 1),
    last=dt.date(2019, 12, 31),
    stages=(
        Stage(Kind.APPROVAL, f"{_OLD}第四十五条"),
        Stage(
            Kind.NOTICE,
            f"{_OLD}第四十六条第一款",
            after=(Kind.APPROVAL,),
            within=Within(
                10, DayUnit.WORKING, Kind.APPROVAL, f"{_NOTICE_RULES}第四条", since=dt.date(2002, 1, 1)
            ),
        ),
        Stage(
            Kind.COMPENSATION_PLAN,
            f"{_OLD}第四十八条",
            after=(Kind.NOTICE,),
            within=Within(
                45, DayUnit.CALENDAR, Kind.NOTICE, f"{_NOTICE_RULES}第七条", since=dt.date(2002, 1, 1)
            ),
            also=(Kind.COMPENSATION_NOTICE,),
        ),
        Stage(Kind.HEARING, f"{_NOTICE_RULES}第十条", duty=Duty.ON_CONDITION),
        Stage(
            Kind.REGISTRATION,
            f"{_OLD}第四十六条第二款",
            after=(Kind.NOTICE,),
            duty=Duty.NOT_PUBLISHED,
        ),
    ),
    absent=(Kind.PRE_NOTICE, Kind.SURVEY, Kind.RISK, Kind.AGREEMENT),
)

AMENDED_LAW = Law(
    name=_AMENDED,
    first=dt.date(2020, 1, 1),
    last=dt.date(2021, 8, 31),
    stages=(
        Stage(Kind.SURVEY, f"{_AMENDED}第四十七条第二款"),
        Stage(Kind.RISK, f"{_AMENDED}第四十七条第二款", duty=Duty.NOT_PUBLISHED),
        Stage(
            Kind.COMPENSATION_NOTICE,
            f"{_AMENDED}第四十七条第二款",
            after=(Kind.SURVEY,),
            at_least=AtLeast(30, DayUnit.CALENDAR, f"{_AMENDED}第四十七条第二款"),
            also=(Kind.COMPENSATION_PLAN,),
        ),
        Stage(
            Kind.HEARING,
            f"{_AMENDED}第四十七条第三款",
            after=(Kind.COMPENSATION_NOTICE,),
            duty=Duty.ON_CONDITION,
        ),
        Stage(
            Kind.REGISTRATION,
            f"{_AMENDED}第四十七条第四款",
            after=(Kind.COMPENSATION_NOTICE,),
            duty=Duty.NOT_PUBLISHED,
        ),
        Stage(
            Kind.AGREEMENT,
            f"{_AMENDED}第四十七条第四款",
            after=(Kind.COMPENSATION_NOTICE,),
            duty=Duty.NOT_PUBLISHED,
        ),
        Stage(Kind.APPROVAL, f"{_AMENDED}第四十六条", after=(Kind.SURVEY, Kind.COMPENSATION_NOTICE)),
        Stage(Kind.NOTICE, f"{_AMENDED}第四十七条第一款", after=(Kind.APPROVAL,)),
    ),
    absent=(Kind.PRE_NOTICE,),
)

REGULATION_2021 = Law(
    name=f"{_AMENDED}、{_REGULATION}",
    first=dt.date(2021, 9, 1),
    last=dt.date.max,
    stages=(
        Stage(
            Kind.PRE_NOTICE,
            f"{_REGULATION}第二十六条",
            at_least=AtLeast(10, DayUnit.WORKING, f"{_REGULATION}第二十六条"),
        ),
        Stage(Kind.SURVEY, f"{_REGULATION}第二十六条", after=(Kind.PRE_NOTICE,)),
        Stage(Kind.RISK, f"{_REGULATION}第二十六条", after=(Kind.PRE_NOTICE,), duty=Duty.NOT_PUBLISHED),
        Stage(
            Kind.COMPENSATION_NOTICE,
            f"{_REGULATION}第二十八条",
            after=(Kind.PRE_NOTICE, Kind.SURVEY, Kind.RISK),
            at_least=AtLeast(30, DayUnit.CALENDAR, f"{_REGULATION}第二十八条"),
            also=(Kind.COMPENSATION_PLAN,),
        ),
        Stage(
            Kind.HEARING,
            f"{_REGULATION}第二十八条",
            after=(Kind.COMPENSATION_NOTICE,),
            duty=Duty.ON_CONDITION,
        ),
        Stage(
            Kind.REGISTRATION,
            f"{_AMENDED}第四十七条第四款、{_REGULATION}第二十八条第二款",
            after=(Kind.COMPENSATION_NOTICE,),
            duty=Duty.NOT_PUBLISHED,
        ),
        Stage(
            Kind.AGREEMENT,
            f"{_REGULATION}第二十九条",
            after=(Kind.COMPENSATION_NOTICE,),
            duty=Duty.NOT_PUBLISHED,
        ),
        Stage(
            Kind.APPROVAL,
            f"{_AMENDED}第四十六条",
            after=(Kind.PRE_NOTICE, Kind.SURVEY, Kind.COMPENSATION_NOTICE),
        ),
        Stage(
            Kind.NOTICE,
            f"{_REGULATION}第三十一条",
            after=(Kind.APPROVAL,),
            within=Within(15, DayUnit.WORKING, Kind.APPROVAL, f"{_REGULATION}第三十一条"),
        ),
    ),
    absent=(),
)

LAWS = (OLD_LAW, AMENDED_LAW, REGULATION_2021)

RENEWAL_STAGES = tuple(
    Stage(kind, "") for kind in Kind if kind.column is Kind.MAPPING.column and kind is not Kind.OTHER_RENEWAL
)
"""城市更新 in the usual order. No law sets limits or the order, so nothing is ever late or out of order."""


def law_on(day: dt.date) -> Law | None:
    """The law in force on that day; None before 1999, of which nothing is known here."""
    return next((law for law in LAWS if law.first <= day <= law.last), None)


def law_at(date: PartialDate) -> Law | None:
    """The law in force at every day that the date can mean; None when that is not one law (2021)."""
    first, last = law_on(earliest(date)), law_on(latest(date))
    return first if first is last else None


def earliest(date: PartialDate) -> dt.date:
    """The first day that a partial date can mean."""
    return dt.date(date.year, date.month or 1, date.day or 1)


def latest(date: PartialDate) -> dt.date:
    """The last day that a partial date can mean."""
    month = date.month or 12
    return dt.date(date.year, month, date.day or monthrange(date.year, month)[1])


def disclosure_limit(made: dt.date) -> Within | None:
    """Proactive disclosure of information made on that day; None before the regulation of 2007 was in force."""
    if made >= dt.date(2019, 5, 15):
        article = "政府信息公开条例（2019年修订）第二十六条"
    elif made >= dt.date(2008, 5, 1):
        article = "政府信息公开条例（2007年）第十八条"
    else:
        return None
    return Within(20, DayUnit.WORKING, Kind.APPROVAL, article)
