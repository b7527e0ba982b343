"""Counts of places in their short form behave as the mapping they stand for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hpviewer.places.place import PlaceCode
from hpviewer.records.place_counts import PlaceCounts, spread

CODES = [PlaceCode(f"44011200{n}") for n in range(6)]


@given(st.lists(st.integers(0, 3), min_size=6, max_size=6))
def test_a_row_of_numbers_reads_like_a_mapping_without_zeros(numbers: list[int]) -> None:
    counts = PlaceCounts({code: at for at, code in enumerate(CODES)}, numbers)
    plain = {code: number for code, number in zip(CODES, numbers, strict=True) if number}
    assert counts == plain
    assert plain == counts
    assert list(counts) == list(plain)
    assert len(counts) == len(plain)
    for code in (*CODES, PlaceCode("999999999")):
        assert (code in counts) == (code in plain)
        assert counts.get(code, 0) == plain.get(code, 0)
        assert counts.get(code) == plain.get(code)


def test_a_place_without_records_is_absent() -> None:
    counts = PlaceCounts({CODES[0]: 0, CODES[1]: 1}, [0, 7])
    with pytest.raises(KeyError):
        counts[CODES[0]]
    assert counts[CODES[1]] == 7


def test_the_spread_is_taken_at_the_fifths() -> None:
    assert spread([]) == ()
    assert spread([9]) == (9, 9, 9, 9, 9)
    assert spread(range(10, 0, -1)) == (3, 5, 7, 9, 10)
