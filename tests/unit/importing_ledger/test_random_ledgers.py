"""Random records written in random layouts come back as the same records."""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from hpviewer.importing.ledger.reader import read_ledger
from hpviewer.importing.ledger.record_id import record_id
from hpviewer.records.kind import Kind
from hpviewer.records.partial_date import PartialDate
from hpviewer.records.record import LandClass, Record
from tests.helpers.gazetteer import gazetteer, resolver
from tests.helpers.ledger_files import FORMATS, Cell, csv_bytes, write

_NAMES = {place.code: place.name for place in gazetteer().places}
_COUNTS: dict[str, int] = {}
for _place in gazetteer().places:
    _COUNTS[_place.name] = _COUNTS.get(_place.name, 0) + 1
_COMMUNITIES = [place for place in gazetteer().places if place.level == "community"]

hectares = st.integers(1, 9_999_999).map(lambda value: value / 10000)
words = st.text("一批黄埔东路北侧地块号之改造甲乙丙丁", min_size=2, max_size=12)
days = st.dates(min_value=dt.date(1990, 1, 1), max_value=dt.date(2030, 12, 31))


@st.composite
def records(draw: st.DrawFn) -> Record:
    place = draw(st.sampled_from(_COMMUNITIES))
    day = draw(days)
    first, last = sorted((draw(days), draw(days)))
    kind = draw(st.sampled_from([kind for kind in Kind if not kind.value.startswith("其他")]))
    word = draw(st.sampled_from(["穗埔府征", "穗府征", "穗规划资源预征字"]))
    number = f"{word}〔{day.year}〕{draw(st.integers(1, 99999))}号"
    farm, building = draw(hectares), draw(hectares)
    area = float(round((int(farm * 10000 + 0.5) + int(building * 10000 + 0.5)) / 10000, 4))
    title = f"{draw(words)}{draw(words)}的公告文件标题"
    written = f"{_NAMES[place.town_code]}{place.name}"
    when = PartialDate(day.year, day.month, day.day)
    return Record(
        id=record_id(number, "", title, when, written),
        column=kind.column,
        kind=kind,
        title=title,
        doc_number=number,
        published=when,
        notice_from=PartialDate(first.year, first.month, first.day),
        notice_to=PartialDate(last.year, last.month, last.day),
        project=draw(words),
        area_ha=area,
        land_classes=(LandClass("农用地", farm), LandClass("建设用地", building)),
        towns=(place.town_code,),
        communities=(place.code,),
        place_as_written=written,
        note=draw(st.just("") | words),
    )


def _date(date: PartialDate | None, style: int) -> Cell:
    assert date is not None
    assert date.exact is not None
    if style == 4:
        return date.exact
    shapes = ("{0}-{1:02}-{2:02}", "{0}/{1}/{2}", "{0}.{1}.{2}", "{0}年{1}月{2}日")
    return shapes[style].format(date.year, date.month, date.day)


COLUMNS = {
    "标题": lambda r, s: r.title,
    "类别": lambda r, s: r.kind.value,
    "文号": lambda r, s: r.doc_number.replace("〔", "[［（〔"[s % 4]).replace("〕", "]］）〕"[s % 4]),
    "发布日期": lambda r, s: _date(r.published, s),
    "公示期": lambda r, s: f"{_date(r.notice_from, s % 4)}{'至到—~'[s % 4]}{_date(r.notice_to, s % 4)}",
    "项目名称": lambda r, s: r.project,
    "农用地（平方米）": lambda r, s: round(r.land_classes[0].hectares * 10000),
    "建设用地": lambda r, s: f"{r.land_classes[1].hectares:.4f}公顷",
    "总面积（公顷）": lambda r, s: r.area_ha,
    "镇街": lambda r, s: _NAMES[r.towns[0]],
    "村居": lambda r, s: _NAMES[r.communities[0]],
    "备注": lambda r, s: r.note,
}


@settings(max_examples=40, deadline=None)
@given(
    found=st.lists(records(), min_size=1, max_size=8, unique_by=lambda record: record.id),
    order=st.permutations(list(COLUMNS)),
    style=st.integers(0, 4),
    above=st.integers(0, 5),
    kind=st.sampled_from([*FORMATS, "gb18030"]),
)
def test_the_same_records_come_back(
    found: list[Record], order: list[str], style: int, above: int, kind: str
) -> None:
    rows: list[list[Cell]] = [["模拟数据台账"] for _ in range(above)]
    rows.append(list(order))
    rows += [[COLUMNS[name](record, style) for name in order] for record in found]
    rows.append(["合计"])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "t.csv" if kind == "gb18030" else f"t.{kind}")
        if kind == "gb18030":
            path.write_bytes(csv_bytes(rows, "gb18030"))
        else:
            write(path, rows)
        reading = read_ledger(path, resolver())
    assert [str(each) for each in reading.rejections] == []
    by_column = slice(None, None, 1 if order.index("农用地（平方米）") < order.index("建设用地") else -1)
    assert reading.records == tuple(
        replace(record, source_name=path.name, land_classes=record.land_classes[by_column])
        for record in found
    )
