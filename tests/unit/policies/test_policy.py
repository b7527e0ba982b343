from __future__ import annotations

import datetime as dt

import pytest

from hpviewer.policies.policy import Policy, PolicyStatus
from hpviewer.records.partial_date import PartialDate

DAY = dt.date(2025, 6, 1)


@pytest.mark.parametrize(
    ("effective", "expires", "status"),
    [
        ("2025-06-01", "2025-06-01", PolicyStatus.IN_FORCE),
        ("2025-06-02", "", PolicyStatus.NOT_YET),
        ("", "2025-05-31", PolicyStatus.EXPIRED),
        ("2025-01-01", "", PolicyStatus.UNKNOWN),
        ("2025-01-01", "2025", PolicyStatus.UNKNOWN),
        ("", "", PolicyStatus.UNKNOWN),
    ],
)
def test_status(effective: str, expires: str, status: PolicyStatus) -> None:
    def date(text: str) -> PartialDate | None:
        return PartialDate.parse(text) if text else None

    policy = Policy("p", "办法", effective=date(effective), expires=date(expires))
    assert policy.status(DAY) is status
