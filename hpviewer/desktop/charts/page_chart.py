"""What the charts page is told of one chart."""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageChart:
    """``option_json`` is an ECharts 6 option whose items carry the key of what they show, as ``cell`` or ``id``.

    ``height`` in CSS pixels. None for a chart of bars alone: it is as high as its bars need, and the whole row of
    a bar answers a click, name and empty ground included. ``wide`` charts take the whole width.
    """

    id: str
    title: str
    subtitle: str
    option_json: str
    height: int | None = None
    wide: bool = False

    def as_json(self) -> str:
        """{"id", "title", "subtitle", "height", "wide", "option"}; the option is passed on as it is, unparsed."""
        facts = {
            "id": self.id,
            "title": self.title,
            "subtitle": self.subtitle,
            "height": self.height,
            "wide": self.wide,
        }
        return f'{json.dumps(facts)[:-1]},"option":{self.option_json}}}'
