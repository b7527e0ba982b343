"""The words of a question, found in a text as it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hpviewer.policies.matched import matched_spans
from hpviewer.policies.question import question_terms


def found(text: str, question: str) -> list[str]:
    return [text[start:end] for start, end in matched_spans(text, question_terms(question))]


@pytest.mark.parametrize(
    ("text", "question", "words"),
    [
        ("第三条 青苗补偿费按照产值计算。", "青苗补偿费怎么计算", ["青苗补偿费", "计算"]),
        ("青苗補償費", "青苗补偿费", ["青苗補償費"]),
        ("高质量发展30条，共130条", "高质量发展30", ["高质量发展30"]),
        ("The PDF and PDFs", "pdf", ["PDF"]),
        ("没有相干的话", "青苗补偿费", []),
    ],
)
def test_what_is_marked(text: str, question: str, words: list[str]) -> None:
    assert found(text, question) == words


@given(st.text(max_size=40), st.lists(st.text(min_size=1, max_size=3), max_size=5))
def test_spans_are_in_order_inside_the_text_and_apart(text: str, terms: list[str]) -> None:
    spans = matched_spans(text, terms)
    ends = [at for span in spans for at in span]
    assert ends == sorted(set(ends))
    assert all(0 <= at <= len(text) for at in ends)
