from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hpviewer.records.area import Area, AreaUnit


@pytest.mark.parametrize(
    ("written", "hectares"),
    [
        ("0.4976公顷", 0.4976),
        ("3115.35亩", 207.69),
        ("53999平方米", 5.3999),
        ("53,999㎡", 5.3999),
        ("10000 m2", 1.0),
        ("10000m²", 1.0),
        ("3.18万平方米", 3.18),
        ("0.59平方公里", 59.0),
        ("１.５公顷", 1.5),
        ("2万亩", 1333.33333333),
    ],
)
def test_units(written: str, hectares: float) -> None:
    assert Area.parse(written).hectares == pytest.approx(hectares, abs=1e-8)


@pytest.mark.parametrize("text", ["", "公顷", "12", "12公里", "一公顷", "1.2.3亩"])
def test_no_area(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        Area.parse(text)


def test_rounding_decides_agreement() -> None:
    assert Area.parse("207.69公顷").agrees_with(Area.parse("3115.35亩"))
    assert Area.parse("9.23公顷").agrees_with(Area.parse("138.4亩"))
    assert not Area.parse("2.0000公顷").agrees_with(Area.parse("32亩"))
    assert str(Area.parse("3.0500公顷")) == "3.0500公顷"


@given(st.decimals(min_value=0, max_value=10**6, places=4), st.sampled_from(list(AreaUnit)))
def test_what_is_written_is_kept(value: Decimal, unit: AreaUnit) -> None:
    area = Area.parse(f"{value:f}{unit.value}")
    assert area == Area(value, unit)
    assert area.value.as_tuple() == value.as_tuple()
