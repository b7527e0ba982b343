from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hpviewer.records.land_classes import (
    LandClassError,
    LandClassProblem,
    format_land_classes,
    parse_land_classes,
    total,
    unequal_classes,
)
from hpviewer.records.record import LandClass

NOTICE = "农用地0.0365（林地0.0026、草地0.0132、其他农用地0.0207）；建设用地0.4611"


def test_classes_of_a_notice() -> None:
    assert parse_land_classes(NOTICE) == (
        LandClass(
            "农用地",
            0.0365,
            (LandClass("林地", 0.0026), LandClass("草地", 0.0132), LandClass("其他农用地", 0.0207)),
        ),
        LandClass("建设用地", 0.4611),
    )
    assert total(parse_land_classes(NOTICE)) == 0.4976
    assert format_land_classes(parse_land_classes(NOTICE)) == NOTICE


@pytest.mark.parametrize(
    "written",
    ["林地1.5，园地２．０", "林地 1.5 公顷; 园地 2 公顷。", "林地1.5、园地2.0000", " 林地1.5 ， 园地2 "],
)
def test_other_ways_of_writing(written: str) -> None:
    assert parse_land_classes(written) == (LandClass("林地", 1.5), LandClass("园地", 2.0))


@pytest.mark.parametrize(
    ("text", "problem", "at"),
    [
        ("林地", LandClassProblem.NO_ITEM, "林地"),
        ("0.5", LandClassProblem.NO_ITEM, "0.5"),
        ("林地1、", LandClassProblem.NO_ITEM, ""),
        ("林地1、、园地2", LandClassProblem.NO_ITEM, "、园地2"),
        ("林地1亩", LandClassProblem.NO_ITEM, "林地1亩"),
        ("林地-1", LandClassProblem.NO_ITEM, "林地-1"),
        ("林地约1", LandClassProblem.NO_ITEM, "林地约1"),
        ("林地1.2.3", LandClassProblem.NO_ITEM, "林地1.2.3"),
        ("农用地3（林地1", LandClassProblem.OPEN_BRACKET, "(林地1"),
        ("农用地3（）", LandClassProblem.NO_ITEM, ")"),
        ("林地1）、园地2", LandClassProblem.CLOSED_BRACKET, ")、园地2"),
        ("农用地3（林地1）园地2", LandClassProblem.NO_SEPARATOR, "园地2"),
    ],
)
def test_what_cannot_be_read(text: str, problem: LandClassProblem, at: str) -> None:
    with pytest.raises(LandClassError) as caught:
        parse_land_classes(text)
    assert (caught.value.problem, caught.value.at) == (problem, at)


def test_nothing_written_is_no_class() -> None:
    assert parse_land_classes(" ") == ()
    assert total(()) == 0


def test_unequal_classes_are_found_at_any_depth() -> None:
    inner = LandClass("耕地", 1.0, (LandClass("水田", 0.4), LandClass("旱地", 0.5)))
    classes = (LandClass("农用地", 1.0, (inner,)), LandClass("建设用地", 2.0))
    assert unequal_classes(classes) == [inner]


names = st.text("农用林草地园耕建设水田未利其他", min_size=1, max_size=6)
hectares = st.integers(0, 10**8).map(lambda square_metres: square_metres / 10_000)
classes = st.recursive(
    st.builds(LandClass, names, hectares),
    lambda inner: st.builds(LandClass, names, hectares, st.lists(inner, min_size=1, max_size=3).map(tuple)),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(classes, max_size=4).map(tuple))
def test_what_is_written_reads_back(written: tuple[LandClass, ...]) -> None:
    assert parse_land_classes(format_land_classes(written)) == written


@settings(max_examples=100, deadline=None)
@given(st.text("林地农1.5、；（）() 公顷。亩", max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = parse_land_classes(text)
    except LandClassError:
        return
    assert parse_land_classes(format_land_classes(found)) == found
