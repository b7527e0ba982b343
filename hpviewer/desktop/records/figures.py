"""Areas as people read them."""

from __future__ import annotations

_MU_PER_HECTARE = 15


def hectares(area: float) -> str:
    """Thousands separators, at most four decimals (the precision of notices), no idle zeros: 28.6452, 34."""
    return f"{area:,.4f}".rstrip("0").rstrip(".")


def mu(area_ha: float) -> str:
    """The same area in mu; 1 hectare is exactly 15 mu."""
    return hectares(area_ha * _MU_PER_HECTARE)
