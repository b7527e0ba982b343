"""What a saved page says about itself outside its article: id, publication date, source, title."""

from __future__ import annotations

import re

_POST = re.compile(r"\bpost_(\d{4,12})(?!\d)")
_CONTENT = re.compile(r"\bcontent_(\d{4,12})(?!\d)")


def source_id_of(*places: str) -> str:
    """post_9420952 from the first address or file name that has one; "" otherwise."""
    for place in places:
        found = _POST.search(place)
        if found:
            return f"post_{found[1]}"
    for place in places:
        found = _CONTENT.search(place)
        if found:
            return f"content_{found[1]}"
    return ""


META_NAMES = {
    "articletitle": "ArticleTitle",
    "title": "ArticleTitle",
    "og:title": "ArticleTitle",
    "pubdate": "PubDate",
    "publishdate": "PubDate",
    "article:published_time": "PubDate",
    "firstpublishedtime": "PubDate",
    "contentsource": "ContentSource",
    "source": "ContentSource",
    "columnname": "ColumnName",
    "url": "Url",
    "og:url": "Url",
    "sitename": "SiteName",
    "keywords": "Keywords",
    "description": "Description",
    "author": "Author",
}
"""Names that the sites of Guangdong and others give to the same fact, in small letters."""
