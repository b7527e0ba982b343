"""Personal numbers anywhere inside a value that is shown or written as a whole: a page, a list, a JSON document."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any, TypeVar

from hpviewer.records.personal_data import PersonalNumber, find_personal, mask_personal

T = TypeVar("T")

_OURS = frozenset(("id", "record_id", "record_ids", "code", "town_code"))
"""Fields with identifiers that are ours: masked, they would name nothing any more."""


def masked_value(value: T) -> T:
    """The same kind of value with every number masked in every text of it, however deep. Identifiers stay."""
    masked: T = _masked(value)
    return masked


def personal_in_value(value: Any) -> Iterator[PersonalNumber]:
    """All findings; a text that stands in two places of the value is told twice."""
    if isinstance(value, str):
        if not isinstance(value, Enum):
            yield from find_personal(value)
        return
    for inside in _inside(value):
        yield from personal_in_value(inside)


def _inside(value: Any) -> Iterator[Any]:
    if _is_made_of_fields(value):
        for field in dataclasses.fields(value):
            if field.name not in _OURS:
                yield getattr(value, field.name)
    elif isinstance(value, Mapping):
        yield from (one for key, one in value.items() if key not in _OURS)
    elif isinstance(value, (tuple, list)):
        yield from value


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return value if isinstance(value, Enum) else mask_personal(value)
    if _is_made_of_fields(value):
        values = {
            field.name: getattr(value, field.name)
            for field in dataclasses.fields(value)
            if field.init and field.name not in _OURS
        }
        masked = {name: _masked(one) for name, one in values.items()}
        return dataclasses.replace(value, **masked) if masked != values else value
    if isinstance(value, Mapping):
        return {key: one if key in _OURS else _masked(one) for key, one in value.items()}
    if isinstance(value, (tuple, list)):
        return type(value)(map(_masked, value))
    return value


def _is_made_of_fields(value: Any) -> bool:
    return dataclasses.is_dataclass(value) and not isinstance(value, type)
