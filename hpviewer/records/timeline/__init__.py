"""Where a project stands: each stage of the law in force, with what the public records say about it."""

from __future__ import annotations

from hpviewer.records.timeline.build import Timeline, timeline

__all__ = ["Timeline", "timeline"]
