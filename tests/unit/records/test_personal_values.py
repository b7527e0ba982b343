"""Numbers in a whole value: every text of it, identifiers and what is no text left alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from hypothesis import given
from hypothesis import strategies as st

from hpviewer.records.personal_values import masked_value, personal_in_value

MOBILE = "13812345678"
ids = st.sampled_from(("id", "code", "record_id", "title", "note"))
documents = st.recursive(
    st.sampled_from((MOBILE, f"电话{MOBILE}，账号6222021234567890128", "文冲", 7, None, 2.5)),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(ids, inside, max_size=3),
    max_leaves=12,
)


class Odd(StrEnum):
    NUMBER = MOBILE


@dataclass(frozen=True, slots=True)
class Leaf:
    id: str
    text: str
    kind: Odd = Odd.NUMBER


@dataclass(frozen=True, slots=True)
class Tree:
    leaves: tuple[Leaf, ...]
    by_name: dict[str, Leaf]
    own: list[str] = field(init=False, default_factory=list)


def test_every_text_and_no_identifier() -> None:
    leaf = Leaf(MOBILE, f"电话{MOBILE}")
    tree = Tree((leaf,), {"a": leaf})
    assert len(list(personal_in_value(tree))) == 2
    masked = masked_value(tree)
    assert masked.leaves[0] == Leaf(MOBILE, "电话138****5678") == masked.by_name["a"]
    assert tree.leaves[0] is leaf


def test_what_has_nothing_stays_the_same_thing() -> None:
    leaf = Leaf(MOBILE, "文冲")
    assert masked_value(leaf) is leaf


@given(documents)
def test_nothing_is_found_in_what_was_masked(document: object) -> None:
    assert not list(personal_in_value(masked_value(document)))
    assert list(map(type, [document])) == list(map(type, [masked_value(document)]))
