"""Back and forward through earlier filters."""

from __future__ import annotations

from hpviewer.records.filter import RecordFilter

_KEPT = 200


class FilterHistory:
    """A list of filters with a place in it; a new filter cuts off what lay ahead."""

    def __init__(self, first: RecordFilter) -> None:
        self._filters = [first]
        self._at = 0

    def add(self, new: RecordFilter, *, replace: bool = False) -> None:
        """Go to a new filter. ``replace`` overwrites the present one: letters typed one by one are one step."""
        del self._filters[self._at + 1 :]
        if replace and self._at > 0:
            self._filters[self._at] = new
        else:
            self._filters.append(new)
            self._filters = self._filters[-_KEPT:]
        self._at = len(self._filters) - 1

    @property
    def can_go_back(self) -> bool:
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        return self._at < len(self._filters) - 1

    def back(self) -> RecordFilter:
        """The filter before this one; stays at the first."""
        self._at = max(0, self._at - 1)
        return self._filters[self._at]

    def forward(self) -> RecordFilter:
        """The filter after this one; stays at the last."""
        self._at = min(len(self._filters) - 1, self._at + 1)
        return self._filters[self._at]
