"""A file as text: what the user is shown and what the field readers read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class DocumentText:
    """``text`` has one paragraph or table row a line; cells of a row are joined by " | ", merged cells repeated.

    ``metadata`` holds what the page says about itself (ArticleTitle, PubDate, ContentSource, Url, …), ``source_id``
    the id of the page it was saved from (post_9420952). ``notes`` are finished sentences about the reading.
    """

    text: str
    title: str = ""
    metadata: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    source_id: str = ""
    notes: tuple[str, ...] = ()
