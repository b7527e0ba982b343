"""A question in everyday words -> the words that a clause would use."""

from __future__ import annotations

import re

from hpviewer.places.normalise import simplified

_ASKING = re.compile(
    "请问|想问|我想|知道|了解|咨询|一下|怎么样|怎样|怎么|如何|什么时候|什么|多少|多久|哪些|哪里|哪个|哪|谁|几|"
    "是不是|能不能|可不可以|有没有|是否|能否|可否|可以|应该|需要|为什么|吗|呢|吧|呀|啊|了|的|地|得|我们|我|你们|你|他们|他|"
    "这个|那个|这|那|有|是|在|和|与|及|或者|或|被|把|要|会|能"
)
_RUN = re.compile(r"[0-9a-z]+|[^\W0-9a-z_]+")


def question_terms(question: str) -> tuple[str, ...]:
    """Pairs of neighbouring characters of the words that carry meaning, numbers and Latin words whole.

    Pairs, because a clause says 补偿标准 where a person asks 补偿的标准; each once, in the order of the question.
    """
    plain = _ASKING.sub(" ", simplified(question).lower())
    terms: dict[str, None] = {}
    for run in _RUN.findall(plain):
        if run.isascii() or len(run) == 1:
            terms[run] = None
        else:
            terms |= dict.fromkeys(run[at : at + 2] for at in range(len(run) - 1))
    if any(len(term) > 1 for term in terms):
        terms = {term: None for term in terms if len(term) > 1}
    return tuple(terms)
