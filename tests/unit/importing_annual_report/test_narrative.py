"""Figures of the narrative: what is found, what it counts, where it stands."""

from __future__ import annotations

from decimal import Decimal

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hpviewer.importing.annual_report.narrative import find_figures
from hpviewer.reports.figure import Bound, Figure, FigureKind

# Own sentences; the figures and the way they are put are those of the report for 2023.
ACTIVE = "网站全年发布信息26974条，总访问量超1960万次、比2022年增长24.6%；召开新闻发布会51场，在线访谈8期，同比增长8场（期）。"
REQUESTS = "印发行政规范性文件45件、政策解读165份。\n共办理政府信息公开申请1706件，其中结转下年度办理110件。"


def _only(text: str, year: int | None = 2023) -> Figure:
    (figure,) = find_figures(text, year)
    return figure


def test_what_the_sentences_count() -> None:
    counted = {
        figure.counts: (figure.value, figure.unit, figure.bound)
        for figure in find_figures(ACTIVE + REQUESTS, 2023)
        if figure.kind is FigureKind.COUNT
    }
    assert counted == {
        "site_items": (26974, "条", Bound.EXACT),
        "visits": (19_600_000, "次", Bound.AT_LEAST),
        "press_conferences": (51, "场", Bound.EXACT),
        "interviews": (8, "期", Bound.EXACT),
        "documents_issued": (45, "件", Bound.EXACT),
        "interpretations": (165, "份", Bound.EXACT),
        "requests_handled": (1706, "件", Bound.EXACT),
        "requests_carried_out": (110, "件", Bound.EXACT),
    }


def test_growth_knows_what_grew_and_since_when() -> None:
    percent, amount = [each for each in find_figures(ACTIVE, 2023) if each.kind is not FigureKind.COUNT]
    assert (percent.value, percent.unit, percent.of, percent.year) == (
        Decimal("24.6"),
        "%",
        ("visits",),
        2022,
    )
    assert percent.step == Decimal("0.1")
    assert (amount.value, amount.unit, amount.of, amount.year) == (
        8,
        "场（期）",
        ("press_conferences", "interviews"),
        None,
    )


@pytest.mark.parametrize("convert", ["s2t", "s2hk"])
def test_traditional_text_gives_the_same_figures_at_their_own_places(convert: str) -> None:
    text = str(opencc.OpenCC(convert).convert(ACTIVE + REQUESTS))
    found, plain = find_figures(text, 2023), find_figures(ACTIVE + REQUESTS, 2023)
    assert [(f.counts, f.value, f.kind) for f in found] == [(f.counts, f.value, f.kind) for f in plain]
    for figure in found:
        assert figure.place is not None
        assert str(figure.written)[:1] in text[figure.place.start : figure.place.end]


def test_places_and_sentences() -> None:
    text = ACTIVE + REQUESTS
    for figure in find_figures(text, 2023):
        assert figure.place is not None
        assert figure.sentence is not None
        assert text[figure.place.start : figure.place.end] == figure.written
        sentence = text[figure.sentence.start : figure.sentence.end]
        assert figure.written in sentence
        assert sentence.strip("\n") == sentence.strip()
        assert not {"。", "；"} & set(sentence[:-1])


@pytest.mark.parametrize(
    ("text", "value", "unit", "bound", "step"),
    [
        ("播发资讯1万余条", 10_000, "条", Bound.AT_LEAST, 10_000),
        ("下载量突破108万", 1_080_000, "", Bound.AT_LEAST, 10_000),
        ("发稿800多篇", 800, "篇", Bound.AT_LEAST, 100),
        ("提供近200项服务", 200, "项", Bound.UP_TO, 1),
        ("阅读量320.25万", 3_202_500, "", Bound.EXACT, 100),
        ("处理约5件来信", 5, "件", Bound.ABOUT, 1),
        ("收取１００元", 100, "元", Bound.EXACT, 1),
        ("发布信息26,974条", 26974, "条", Bound.EXACT, 1),
    ],
)
def test_numbers_as_written(text: str, value: int, unit: str, bound: Bound, step: int) -> None:
    figure = _only(text)
    assert (figure.value, figure.unit, figure.bound, figure.step) == (value, unit, bound, step)
    assert figure.label


@pytest.mark.parametrize(
    "text", ["2023年5月6日", "深化“12345”工作模式", "穗府〔2023〕33号", "拨打82378000", "第20条", "COVID19"]
)
def test_what_is_no_figure(text: str) -> None:
    assert find_figures(text) == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("举办了51场新闻发布会", "press_conferences"),
        ("制发45件行政规范性文件", "documents_issued"),
        ("新收政府信息公开申请1683件", "requests_new"),
        ("办结申请1596件", "requests_completed"),
        ("上年结转23件", "requests_carried_in"),
        ("结转至下年度110宗", "requests_carried_out"),
        ("废止规范性文件7件", "documents_abolished"),
        ("现行有效规范性文件151件", "documents_in_force"),
        ("在办理申请中发出收费通知1件", ""),
        ("贴文浏览量1414万次", ""),
    ],
)
def test_codes(text: str, code: str) -> None:
    assert _only(text).counts == code


def test_a_fall_is_negative_and_last_years_figure_is_not_this_years() -> None:
    count, fall = find_figures("总访问量100万次，同比下降5.5%。", 2023)
    assert (count.counts, fall.value, fall.of) == ("visits", Decimal("-5.5"), ("visits",))
    assert _only("2022年召开新闻发布会44场。").year == 2022
    assert _only("去年召开新闻发布会44场。").year == 2022
    assert _only("2023年召开新闻发布会44场。").year is None


@given(
    st.text(
        alphabet="网站访问量申请办理结转同比增长下降年度，。；超近约万亿余多条次件%0123456789.,（） \n",
        max_size=60,
    )
)
@settings(max_examples=150)
def test_any_text_gives_figures_inside_it(text: str) -> None:
    last = 0
    for figure in find_figures(text, 2023):
        assert figure.place is not None
        assert figure.sentence is not None
        assert last <= figure.place.start < figure.place.end <= len(text)
        assert figure.sentence.start <= figure.place.start
        assert figure.place.end <= figure.sentence.end + 1
        last = figure.place.end
