from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hpviewer.records.column import SourceKind
from hpviewer.records.deadlines import (
    Deadline,
    DeadlineKind,
    deadlines,
    months_later,
    open_deadlines,
    rolled_over,
    unknown_deadlines,
)
from hpviewer.records.kind import Kind
from hpviewer.records.partial_date import PartialDate
from hpviewer.records.record import Record

_DATES = ("published", "approved", "notice_from", "notice_to")


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def record(kind: Kind, **values: Any) -> Record:
    dates = {name: PartialDate.parse(values.pop(name)) for name in _DATES if name in values}
    values = {"id": kind.name, "title": kind.value, "source_kind": SourceKind.GOVERNMENT} | values
    return Record(column=kind.column, kind=kind, **dates, **values)


def of_kind(kind: DeadlineKind, one: Record, on: str = "2023-10-20") -> Deadline:
    (found,) = (entry for entry in deadlines(one, day(on)) if entry.kind is kind)
    return found


NOTICE_33 = record(
    Kind.NOTICE, id="hp-2023-33", published="2023-09-29", notice_from="2023-10-07", notice_to="2023-10-18"
)


class TestReviewAndLawsuit:
    def test_sixty_days_from_the_end_of_the_period_and_on_to_a_working_day(self) -> None:
        """2023-10-18 + 60 days is Sunday 2023-12-17."""
        review = of_kind(DeadlineKind.REVIEW, NOTICE_33)
        assert (review.opens, review.closes, review.days_left) == (day("2023-09-29"), day("2023-12-18"), 59)
        assert review.moved_from == day("2023-12-17")
        assert "行政复议法第九条" in review.article
        assert "民事诉讼法第八十五条第三款" in review.article
        assert not review.working

    def test_six_months_from_the_end_of_the_period(self) -> None:
        suit = of_kind(DeadlineKind.LAWSUIT, NOTICE_33)
        assert (suit.closes, suit.moved_from) == (day("2024-04-18"), None)
        assert suit.article == "行政诉讼法第四十六条"

    @pytest.mark.parametrize(
        ("to", "closes"),
        [
            ("2023-08-02", "2023-10-07"),  # ends 2023-10-01; the first working day is a Saturday worked
            (
                "2023-12-13",
                "2024-02-18",
            ),  # ends 2024-02-11, in Spring Festival; the Sunday after it is worked
            ("2023-12-06", "2024-02-04"),  # ends on a Sunday that is worked: not moved
        ],
    )
    def test_holidays_at_the_end_of_the_review_period(self, to: str, closes: str) -> None:
        assert of_kind(DeadlineKind.REVIEW, record(Kind.NOTICE, published=to, notice_to=to)).closes == day(
            closes
        )

    @pytest.mark.parametrize(
        ("to", "article"),
        [("2023-12-31", "行政复议法第九条"), ("2024-01-01", "行政复议法（2023年修订）第二十条")],
    )
    def test_the_article_is_that_of_the_law_in_force(self, to: str, article: str) -> None:
        one = record(Kind.NOTICE, published="2023-12-01", notice_to=to)
        assert of_kind(DeadlineKind.REVIEW, one).article.startswith(article)

    @pytest.mark.parametrize(("to", "closes"), [("2015-04-30", "2015-07-30"), ("2015-05-01", "2015-11-02")])
    def test_three_months_before_may_2015(self, to: str, closes: str) -> None:
        """2015-11-01 is a Sunday."""
        assert of_kind(DeadlineKind.LAWSUIT, record(Kind.NOTICE, published=to, notice_to=to)).closes == day(
            closes
        )

    @pytest.mark.parametrize(
        ("start", "months", "end"),
        [("2023-08-31", 6, "2024-02-29"), ("2023-10-18", 6, "2024-04-18"), ("2023-06-30", 6, "2023-12-30")],
    )
    def test_months_end_on_the_same_day_or_the_last_of_the_month(
        self, start: str, months: int, end: str
    ) -> None:
        assert months_later(day(start), months) == day(end)

    def test_outside_the_calendar_the_sentence_says_so(self) -> None:
        one = record(Kind.NOTICE, published="2031-01-02", notice_to="2031-01-15")
        assert "仅扣除周末" in of_kind(DeadlineKind.REVIEW, one).sentence
        assert not rolled_over(day("2031-03-16")).official


class TestNoticePeriod:
    NOTICE = record(
        Kind.COMPENSATION_NOTICE, published="2024-03-01", notice_from="2024-03-01", notice_to="2024-03-31"
    )

    def test_objection_hearing_and_registration_end_with_the_period(self) -> None:
        found = deadlines(self.NOTICE, day("2024-03-20"))
        assert [one.kind for one in found] == [
            DeadlineKind.OBJECTION,
            DeadlineKind.HEARING,
            DeadlineKind.REGISTRATION,
        ]
        assert {one.closes for one in found} == {day("2024-03-31")}
        assert {one.days_left for one in found} == {11}
        assert all("第二十八条" in one.article for one in found)

    def test_a_sunday_at_its_end_is_told_and_not_moved(self) -> None:
        objection = of_kind(DeadlineKind.OBJECTION, self.NOTICE)
        assert objection.on_rest_day
        assert objection.moved_from is None
        assert "不是工作日" in objection.sentence

    def test_the_law_between(self) -> None:
        one = record(Kind.COMPENSATION_NOTICE, published="2021-08-31", notice_to="2021-09-30")
        assert of_kind(DeadlineKind.HEARING, one).article == "土地管理法（2019年修正）第四十七条"

    def test_ten_working_days_by_the_old_law(self) -> None:
        """2015-09-24 + 10 working days over Mid-Autumn (27) and National Day (1-7, 10 worked) is 2015-10-14."""
        found = deadlines(record(Kind.COMPENSATION_PLAN, published="2015-09-24"), day("2015-09-25"))
        assert [(one.kind, one.closes, one.working) for one in found] == [
            (DeadlineKind.OBJECTION, day("2015-10-14"), True),
            (DeadlineKind.HEARING, day("2015-10-14"), True),
        ]

    def test_a_scheme_on_display(self) -> None:
        one = record(Kind.SCHEME_DRAFT, published="2024-03-01", notice_to="2024-03-29")
        assert of_kind(DeadlineKind.OBJECTION, one).article == ""


class TestWhatIsNotKnown:
    @pytest.mark.parametrize(
        "values",
        [
            {"published": "2025"},
            {"published": "2025-09-01"},
            {"published": "2025-09-01", "notice_to": "2025-09"},
            {"published": "2025-09-01", "notice_to": "2025-08-01"},
            {"published": "2025-09-01", "notice_to": "2025-09-20", "source_kind": SourceKind.PRESS},
        ],
    )
    @pytest.mark.parametrize("kind", [Kind.NOTICE, Kind.COMPENSATION_NOTICE])
    def test_no_deadline_without_whole_dates(self, kind: Kind, values: dict[str, Any]) -> None:
        one = record(kind, **values)
        assert deadlines(one, day("2025-09-02")) == ()
        assert kind.value in unknown_deadlines(one)

    def test_nothing_to_say_where_a_deadline_is_known_or_none_opens(self) -> None:
        assert unknown_deadlines(NOTICE_33) == ""
        assert unknown_deadlines(record(Kind.START, published="2025")) == ""


class TestOpen:
    @pytest.mark.parametrize(
        ("on", "kinds"),
        [
            ("2023-09-28", []),
            ("2023-09-29", [DeadlineKind.REVIEW, DeadlineKind.LAWSUIT]),
            ("2023-12-18", [DeadlineKind.REVIEW, DeadlineKind.LAWSUIT]),
            ("2023-12-19", [DeadlineKind.LAWSUIT]),
            ("2024-04-18", [DeadlineKind.LAWSUIT]),
            ("2024-04-19", []),
        ],
    )
    def test_from_the_first_day_to_the_last(self, on: str, kinds: list[DeadlineKind]) -> None:
        assert [one.kind for one in open_deadlines([NOTICE_33], day(on))] == kinds

    def test_the_soonest_comes_first(self) -> None:
        found = open_deadlines(
            [NOTICE_33, record(Kind.SURVEY, published="2023-10-09", notice_to="2023-10-30")],
            day("2023-10-20"),
        )
        assert [one.closes for one in found] == sorted(one.closes for one in found)
        assert found[0].record_id == "SURVEY"
