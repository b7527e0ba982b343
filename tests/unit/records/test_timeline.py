from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import pytest

from hpviewer.records.column import Column, SourceKind
from hpviewer.records.kind import Kind
from hpviewer.records.law import AMENDED_LAW, LAWS, OLD_LAW, REGULATION_2021, law_at, law_on
from hpviewer.records.partial_date import PartialDate
from hpviewer.records.record import Record
from hpviewer.records.stage import StageResult, StageState
from hpviewer.records.timeline import Timeline, timeline

TODAY = dt.date(2025, 12, 1)
_DATES = ("published", "approved", "notice_from", "notice_to")


def record(kind: Kind, **values: Any) -> Record:
    dates = {name: PartialDate.parse(values.pop(name)) for name in _DATES if name in values}
    values = {"id": kind.name, "title": kind.value, "source_kind": SourceKind.GOVERNMENT} | values
    return Record(column=kind.column, kind=kind, **dates, **values)


def stage(shown: Timeline, kind: Kind) -> StageResult:
    found = shown.stage(kind)
    assert found is not None
    return found


def states(kind: Kind, *records: Record, on: dt.date = TODAY) -> StageState:
    return stage(timeline(records, on), kind).state


@pytest.mark.parametrize(
    ("day", "law"),
    [
        ("1998-12-31", None),
        ("2019-12-31", OLD_LAW),
        ("2020-01-01", AMENDED_LAW),
        ("2021-08-31", AMENDED_LAW),
        ("2021-09-01", REGULATION_2021),
    ],
)
def test_the_law_of_a_day(day: str, law: object) -> None:
    assert law_on(dt.date.fromisoformat(day)) is law


@pytest.mark.parametrize(
    ("date", "law"),
    [
        ("2019", OLD_LAW),
        ("2021", None),
        ("2021-08", AMENDED_LAW),
        ("2021-09", REGULATION_2021),
        ("2025", REGULATION_2021),
    ],
)
def test_a_partial_date_has_a_law_if_all_its_days_have_it(date: str, law: object) -> None:
    assert law_at(PartialDate.parse(date)) is law


def test_the_laws_leave_no_day_out_and_name_an_article_for_each_stage() -> None:
    for before, after in itertools.pairwise(LAWS):
        assert before.last + dt.timedelta(days=1) == after.first
    for law in LAWS:
        listed = [one.kind for one in law.stages]
        assert all(one.article for one in law.stages)
        assert all(kind in listed for one in law.stages for kind in one.after)


class TestPreNotice:
    """At least ten working days. 2023-09-20 + 10 working days is 2023-10-10, over National Day."""

    @pytest.mark.parametrize(
        ("to", "state"), [("2023-10-10", StageState.DONE), ("2023-10-09", StageState.TOO_SHORT)]
    )
    def test_tenth_and_ninth_working_day(self, to: str, state: StageState) -> None:
        notice = record(Kind.PRE_NOTICE, published="2023-09-20", notice_from="2023-09-20", notice_to=to)
        found = stage(timeline([notice], TODAY), Kind.PRE_NOTICE)
        assert found.state is state
        assert found.article == "土地管理法实施条例（2021年修订）第二十六条"
        assert found.record_ids == ("PRE_NOTICE",)
        assert ("，少于 10 个工作日" in found.sentence) is (state is StageState.TOO_SHORT)

    def test_over_spring_festival(self) -> None:
        """2024-02-01, then 2, 4 (Sunday worked), 5-9, 18 (Sunday worked), 19, 20 are ten."""
        kept = record(Kind.PRE_NOTICE, published="2024-02-01", notice_to="2024-02-20")
        short = record(Kind.PRE_NOTICE, published="2024-02-01", notice_to="2024-02-19")
        assert states(Kind.PRE_NOTICE, kept) is StageState.DONE
        assert states(Kind.PRE_NOTICE, short) is StageState.TOO_SHORT

    def test_the_other_way_of_counting_is_told(self) -> None:
        notice = record(Kind.PRE_NOTICE, published="2024-03-04", notice_to="2024-03-15")
        assert "9 个工作日" in stage(timeline([notice], TODAY), Kind.PRE_NOTICE).sentence
        assert "把首日计入则为 10 个工作日" in stage(timeline([notice], TODAY), Kind.PRE_NOTICE).sentence

    def test_a_period_that_begins_after_the_publication_counts_from_its_first_day(self) -> None:
        notice = record(
            Kind.PRE_NOTICE, published="2024-03-01", notice_from="2024-03-04", notice_to="2024-03-15"
        )
        assert states(Kind.PRE_NOTICE, notice) is StageState.DONE

    @pytest.mark.parametrize(
        ("to", "state"),
        [
            ("2024-03-18", StageState.DONE),
            ("2024-03-15", StageState.UNKNOWN),
            ("2024-03-14", StageState.TOO_SHORT),
        ],
    )
    def test_without_the_day_of_publication_both_ways_must_agree(self, to: str, state: StageState) -> None:
        assert (
            states(Kind.PRE_NOTICE, record(Kind.PRE_NOTICE, notice_from="2024-03-04", notice_to=to)) is state
        )

    @pytest.mark.parametrize(
        ("dates", "reason"),
        [
            ({"published": "2024-03-04"}, "公告期限届满日未见"),
            ({"published": "2024-03", "notice_to": "2024-03-05"}, "公布日期只到 2024-03"),
            ({"published": "2024-03-04", "notice_to": "2024-03"}, "公告期限届满日只到 2024-03"),
            ({"published": "2024", "notice_from": "2024", "notice_to": "2024-03-05"}, "起始日只到 2024"),
            ({"published": "2024-03-04", "notice_to": "2024-03-01"}, "颠倒"),
        ],
    )
    def test_partial_dates_give_no_judgement(self, dates: dict[str, str], reason: str) -> None:
        found = stage(timeline([record(Kind.PRE_NOTICE, **dates)], TODAY), Kind.PRE_NOTICE)
        assert found.state is StageState.UNKNOWN
        assert found.seen
        assert reason in found.sentence

    def test_the_date_of_a_press_report_is_no_publication(self) -> None:
        notice = record(
            Kind.PRE_NOTICE, published="2024-03-04", notice_to="2024-03-05", source_kind=SourceKind.PRESS
        )
        assert states(Kind.PRE_NOTICE, notice) is StageState.UNKNOWN

    @pytest.mark.parametrize("published", ["2019-03-04", "2021-08-31"])
    def test_earlier_laws_know_no_such_stage(self, published: str) -> None:
        notice = record(Kind.PRE_NOTICE, published=published, notice_to=published)
        assert states(Kind.PRE_NOTICE, notice) is StageState.NOT_APPLICABLE


class TestCompensationNotice:
    """At least thirty calendar days, by the law itself since 2020-01-01."""

    @pytest.mark.parametrize(
        ("published", "to", "state"),
        [
            ("2023-09-20", "2023-10-20", StageState.DONE),
            ("2023-09-20", "2023-10-19", StageState.TOO_SHORT),
            ("2020-01-01", "2020-01-31", StageState.DONE),
            ("2020-01-01", "2020-01-30", StageState.TOO_SHORT),
            ("2019-12-31", "2020-01-05", StageState.DONE),
        ],
    )
    def test_thirtieth_and_twenty_ninth_day(self, published: str, to: str, state: StageState) -> None:
        notice = record(Kind.COMPENSATION_NOTICE, published=published, notice_from=published, notice_to=to)
        assert states(Kind.COMPENSATION_NOTICE, notice) is state

    def test_the_articles_of_the_two_laws(self) -> None:
        new = record(Kind.COMPENSATION_NOTICE, published="2021-09-01", notice_to="2021-09-02")
        old = record(Kind.COMPENSATION_NOTICE, published="2021-08-31", notice_to="2021-09-02")
        assert "第二十八条" in stage(timeline([new], TODAY), Kind.COMPENSATION_NOTICE).article
        assert "第四十七条第二款" in stage(timeline([old], TODAY), Kind.COMPENSATION_NOTICE).article


class TestNotice:
    """Within fifteen working days of the approval: 2023-09-14 + 15 is 2023-10-11, over National Day."""

    @pytest.mark.parametrize(
        ("published", "state"), [("2023-10-11", StageState.DONE), ("2023-10-12", StageState.LATE)]
    )
    def test_fifteenth_and_sixteenth_working_day(self, published: str, state: StageState) -> None:
        notice = record(
            Kind.NOTICE,
            published=published,
            approved="2023-09-14",
            approval_number="粤府土审(23)〔2023〕25号",
        )
        shown = timeline([notice], TODAY)
        assert stage(shown, Kind.NOTICE).state is state
        assert "收到批准文件的日期未公开" in stage(shown, Kind.NOTICE).sentence
        assert stage(shown, Kind.APPROVAL).state is StageState.DONE
        assert "粤府土审(23)〔2023〕25号" in stage(shown, Kind.APPROVAL).sentence

    @pytest.mark.parametrize(
        ("approved", "published", "state"),
        [
            ("2021-08-31", "2021-12-01", StageState.DONE),
            ("2021-09-01", "2021-12-01", StageState.LATE),
            ("2019-11-01", "2019-11-15", StageState.DONE),
            ("2019-11-01", "2019-11-18", StageState.LATE),
        ],
    )
    def test_the_limit_is_that_of_the_law_at_the_approval(
        self, approved: str, published: str, state: StageState
    ) -> None:
        """None between the laws, ten working days by 征收土地公告办法 before 2020."""
        assert states(Kind.NOTICE, record(Kind.NOTICE, published=published, approved=approved)) is state

    @pytest.mark.parametrize(
        "dates",
        [
            {"published": "2025"},
            {"published": "2025-06-30"},
            {"published": "2025-06", "approved": "2025-01-02"},
            {"published": "2025-06-30", "approved": "2025-01"},
        ],
    )
    def test_partial_dates_give_no_judgement(self, dates: dict[str, str]) -> None:
        assert states(Kind.NOTICE, record(Kind.NOTICE, **dates)) is StageState.UNKNOWN

    def test_on_the_day_of_its_approval_is_in_order(self) -> None:
        notice = record(Kind.NOTICE, published="2023-09-14", approved="2023-09-14")
        assert states(Kind.NOTICE, notice) is StageState.DONE

    def test_before_its_approval_is_out_of_order(self) -> None:
        notice = record(Kind.NOTICE, published="2023-09-13", approved="2023-09-14")
        found = stage(timeline([notice], TODAY), Kind.NOTICE)
        assert found.state is StageState.OUT_OF_ORDER
        assert "2023-09-13" in found.sentence

    @pytest.mark.parametrize(
        ("on", "state"), [("2023-10-11", StageState.UNKNOWN), ("2023-10-12", StageState.MISSING)]
    )
    def test_not_seen_is_a_gap_once_the_limit_has_run_out(self, on: str, state: StageState) -> None:
        approval = record(Kind.APPROVAL, published="2023-09-20", approved="2023-09-14")
        shown = timeline([approval], dt.date.fromisoformat(on))
        assert stage(shown, Kind.NOTICE).state is state
        assert "公开记录中未见" in stage(shown, Kind.NOTICE).sentence


@pytest.mark.parametrize(
    ("approved", "published", "state"),
    [
        ("2023-09-14", "2023-10-18", StageState.DONE),
        ("2023-09-14", "2023-10-19", StageState.LATE),
        ("2019-05-14", "2019-06-13", StageState.LATE),
        ("2007-05-14", "2008-04-30", StageState.DONE),
    ],
)
def test_disclosure_of_an_approval_within_twenty_working_days(
    approved: str, published: str, state: StageState
) -> None:
    """By the regulations of 2019 and 2007; before 2008-05-01 there was no rule."""
    found = stage(
        timeline([record(Kind.APPROVAL, approved=approved, published=published)], TODAY), Kind.APPROVAL
    )
    assert found.state is state
    assert ("第十八条" in found.article) is (approved == "2019-05-14")


class TestWholeProjects:
    def test_a_whole_procedure(self) -> None:
        shown = timeline(
            [
                record(Kind.PRE_NOTICE, published="2023-02-01", notice_to="2023-02-15"),
                record(Kind.SURVEY, published="2023-03-01"),
                record(Kind.COMPENSATION_NOTICE, published="2023-03-10", notice_to="2023-04-09"),
                record(Kind.APPROVAL, published="2023-06-05", approved="2023-06-01"),
                record(Kind.NOTICE, published="2023-06-10", approved="2023-06-01"),
            ],
            TODAY,
        )
        assert shown.law is REGULATION_2021
        assert {one.kind.name: one.state.value for one in shown.stages} == {
            "PRE_NOTICE": "done",
            "SURVEY": "done",
            "RISK": "unknown",
            "COMPENSATION_NOTICE": "done",
            "HEARING": "unknown",
            "REGISTRATION": "unknown",
            "AGREEMENT": "unknown",
            "APPROVAL": "done",
            "NOTICE": "done",
        }
        assert shown.reached == {Column.LAND: Kind.NOTICE}
        assert shown.missing == ()

    def test_what_was_skipped_is_missing_and_worded_with_care(self) -> None:
        shown = timeline([record(Kind.NOTICE, published="2023-06-10", approved="2023-06-01")], TODAY)
        assert [one.kind for one in shown.missing] == [
            Kind.PRE_NOTICE,
            Kind.SURVEY,
            Kind.COMPENSATION_NOTICE,
        ]
        for one in shown.stages:
            assert "未公示" not in one.sentence
        assert "不等于未公示" in shown.caveats[0]

    def test_the_old_order(self) -> None:
        shown = timeline(
            [
                record(Kind.APPROVAL, approved="2015-03-02", published="2015-03-10"),
                record(Kind.NOTICE, published="2015-03-12"),
                record(Kind.COMPENSATION_PLAN, published="2015-04-26"),
            ],
            TODAY,
        )
        assert shown.law is OLD_LAW
        judged = {one.kind: one.state for one in shown.stages}
        assert judged[Kind.NOTICE] is judged[Kind.APPROVAL] is StageState.DONE
        assert judged[Kind.COMPENSATION_PLAN] is StageState.DONE
        assert judged[Kind.PRE_NOTICE] is judged[Kind.RISK] is StageState.NOT_APPLICABLE

    def test_the_old_plan_is_late_after_forty_five_days(self) -> None:
        plan = record(Kind.COMPENSATION_PLAN, published="2015-04-27")
        assert (
            states(Kind.COMPENSATION_PLAN, record(Kind.NOTICE, published="2015-03-12"), plan)
            is StageState.LATE
        )

    def test_a_plan_before_the_notice_was_out_of_order_only_by_the_old_law(self) -> None:
        plan = record(Kind.COMPENSATION_PLAN, published="2015-03-01")
        assert (
            states(Kind.COMPENSATION_PLAN, record(Kind.NOTICE, published="2015-03-12"), plan)
            is StageState.OUT_OF_ORDER
        )
        plan = record(Kind.COMPENSATION_PLAN, published="2022-03-01", notice_to="2022-04-01")
        assert (
            states(Kind.COMPENSATION_PLAN, record(Kind.NOTICE, published="2022-09-12"), plan)
            is StageState.DONE
        )

    @pytest.mark.parametrize("dates", [{}, {"published": "2021"}])
    def test_without_a_law_nothing_is_judged(self, dates: dict[str, str]) -> None:
        shown = timeline([record(Kind.NOTICE, **dates)], TODAY)
        assert shown.law is None
        assert {one.state for one in shown.stages} == {StageState.UNKNOWN}
        assert stage(shown, Kind.NOTICE).seen

    def test_an_undated_record_has_the_year_of_its_approval_number(self) -> None:
        notice = record(Kind.NOTICE, approval_number="粤国土资(建)字〔2015〕499号")
        assert timeline([notice], TODAY).law is OLD_LAW

    def test_as_of_an_earlier_day(self) -> None:
        first = record(Kind.PRE_NOTICE, published="2023-02-01", notice_to="2023-02-15")
        second = record(Kind.COMPENSATION_NOTICE, published="2023-03-10")
        shown = timeline([first, second], dt.date(2023, 3, 9))
        assert shown.later == ("COMPENSATION_NOTICE",)
        assert not stage(shown, Kind.COMPENSATION_NOTICE).seen

    def test_renewal_stages_have_an_order_and_no_limits(self) -> None:
        shown = timeline(
            [
                record(Kind.SCHEME_APPROVAL, published="2023-08-25"),
                record(Kind.SIGNING, published="2020-05-30"),
                record(Kind.OTHER_RENEWAL, published="2020-05-30"),
            ],
            TODAY,
        )
        judged = {one.kind: one.state for one in shown.stages}
        assert next(one.kind for one in shown.stages) is Kind.MAPPING
        assert judged[Kind.SCHEME_APPROVAL] is judged[Kind.SIGNING] is StageState.DONE
        assert judged[Kind.SCHEME_VOTE] is StageState.MISSING
        assert judged[Kind.RETURN] is StageState.UNKNOWN
        assert shown.law is None
        assert shown.other == ("OTHER_RENEWAL",)

    def test_no_records(self) -> None:
        assert timeline([], TODAY).stages == ()
