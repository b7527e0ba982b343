"""The map approval number (审图号) that a published map carries: GS(2019)1822号, GS京(2022)1061号, 粤S(2023)123号."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_NUMBER = re.compile(
    r"(?:GS[\u4e00-\u9fff]?|[\u4e00-\u9fff]{1,2}S)\s*[(（〔\[【]\s*(?:19|20)\d{2}\s*[)）〕\]】]\s*\d{1,5}\s*号",
    re.IGNORECASE,
)
_HEADERS = ("审图号", "SHTH", "地图审图号")


def find_map_approval(texts: Iterable[str]) -> str:
    """The first number as written, without spaces; "" when none is there."""
    for text in texts:
        found = _NUMBER.search(text)
        if found:
            return re.sub(r"\s+", "", found[0])
    return ""


def in_columns(columns: Mapping[str, tuple[str, ...]]) -> str:
    """A column of that name first, whatever its form; then a number in any other column."""
    for name, values in columns.items():
        if name.strip().upper() in _HEADERS:
            for value in dict.fromkeys(values):
                if value:
                    return find_map_approval((value,)) or value
    return find_map_approval(value for values in columns.values() for value in dict.fromkeys(values))
