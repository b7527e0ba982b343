"""The single-file map: whole, without the network, and with every text as data."""

from __future__ import annotations

import json
import re
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from hpviewer.mapping.offline_map import OfflineMap, embedded, render_offline_map
from tests.helpers.export_details import detail

HOSTILE = (
    "</script><script>alert(1)</script><!--<img src=x onerror=alert(1)>\u2028&amp;{{ 7*7 }}{% raw %}${x}"
)
START = {
    "version": 1,
    "district": {"code": "440112", "bbox": [113.3, 23.0, 113.7, 23.5], "shape": []},
    "towns": [],
    "guessed": [],
    "water": [],
}


def page(*records: Any, title: str = "title") -> str:
    return render_offline_map(
        OfflineMap(
            title=title,
            notice="notice",
            data_date="2024-01-05",
            facts=(("label", "value"),),
            records=records,
            start_layer=json.dumps(START).encode(),
            community_layer=b'{"version":1,"communities":[]}',
        )
    )


def data_of(html: str) -> Any:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_records_stand_in_the_file_in_their_order() -> None:
    html = page(detail("文冲社区", title="b"), detail("何棠下村", title="a"))
    records = data_of(html)["records"]
    assert [one["title"] for one in records] == ["b", "a"]
    assert records[0]["codes"] == ["440112006", "440112006003"]
    assert [one["name"] for one in data_of(html)["places"]][:2] == ["文冲街道", "文冲社区"]


def test_nothing_is_fetched() -> None:
    html = page(detail("文冲社区"))
    outside = re.sub(r"<script.*?</script>|<style>.*?</style>", "", html, flags=re.DOTALL)
    assert not re.search(r"\b(src|href)=", outside)
    assert "url(images" not in html
    assert "@import" not in html
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)
    assert policy
    assert "default-src 'none'" in policy[1]
    assert "http:" not in policy[1]
    assert html.count("<script") == html.count("</script>") == 3


def test_hostile_texts_are_data() -> None:
    html = page(detail("文冲社区", title=HOSTILE, project=HOSTILE, source_url=HOSTILE), title=HOSTILE)
    assert html.count("<script") == html.count("</script>") == 3
    assert "<img" not in html
    assert data_of(html)["records"][0]["title"] == HOSTILE
    assert "7*7" in html
    assert "\u2028" not in html.split('id="data">')[1].split("</script>")[0]


@settings(max_examples=80)
@given(st.text())
def test_embedded_text_ends_nothing(text: str) -> None:
    inside = embedded({"a": text})
    assert not re.search(r"[<>&\u2028\u2029]", inside)
    assert json.loads(inside) == {"a": text}


def test_each_call_is_a_page_of_its_own() -> None:
    assert page(detail("文冲社区")) == page(detail("文冲社区"))
