"""Fields put into notices of many layouts come out equal, whatever brackets, digits, dashes and characters are used."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

import opencc
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hpviewer.importing.notice.as_json import notice_json
from hpviewer.importing.notice.reading import read_notice_text

VILLAGES = [
    ("新龙镇", "镇龙村"), ("新龙镇", "大坦村"), ("新龙镇", "均和村"), ("龙湖街道", "何棠下村"), ("龙湖街道", "汤村村"), ("九佛街道", "凤尾村"),  # noqa: E501
    ("云埔街道", "刘村社区"), ("长岭街道", "水西社区"), ("永和街", "禾丰社区"), ("联和街道", "黄陂社区"), ("萝岗街", "萝峰社区"),
]  # fmt: skip
ORDINALS = "一二三四五六七八九"
FARM = ["耕地", "园地", "林地", "草地", "其他农用地"]
TO_TRADITIONAL = opencc.OpenCC("s2t")
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True)
class Facts:
    number: int
    batch: str
    approval: int
    town: str
    village: str
    units: tuple[str, ...]
    farm: tuple[tuple[str, Decimal], ...]
    built: Decimal
    unused: Decimal
    signed: dt.date
    first: dt.date
    last: dt.date
    approved: dt.date

    @property
    def owners(self) -> list[str]:
        if not self.units:
            return [f"{self.village}经济联合社"]
        return [f"{self.village}{unit}经济合作社" for unit in self.units]

    @property
    def farm_area(self) -> Decimal:
        return sum((area for _, area in self.farm), Decimal(0))

    @property
    def area(self) -> Decimal:
        return self.farm_area + self.built + self.unused

    @property
    def project(self) -> str:
        return f"广州市黄埔区{self.signed.year - 1}年度第{self.batch}批次城镇建设用地"

    @property
    def classes(self) -> dict[str, float]:
        found = {"农用地": float(self.farm_area), **{name: float(area) for name, area in self.farm}}
        if self.built:
            found["建设用地"] = float(self.built)
        if self.unused:
            found["未利用地"] = float(self.unused)
        return found


AREAS = st.integers(1, 400_000).map(lambda square: Decimal(square) / 10000)


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    town, village = draw(st.sampled_from(VILLAGES))
    units = draw(st.lists(st.sampled_from([f"第{one}" for one in ORDINALS]), max_size=4, unique=True))
    names = draw(st.lists(st.sampled_from(FARM), min_size=1, max_size=5, unique=True))
    signed = draw(st.dates(dt.date(2020, 2, 1), dt.date(2025, 10, 1)))
    first = signed + dt.timedelta(draw(st.integers(0, 9)))
    return Facts(
        number=draw(st.integers(1, 299)),
        batch=draw(st.sampled_from(["一", "九", "十二", "二十", "三十七"])),
        approval=draw(st.integers(1, 299)),
        town=town,
        village=village,
        units=tuple(sorted(units, key=lambda unit: ORDINALS.index(unit[1]))),
        farm=tuple((name, draw(AREAS)) for name in names),
        built=draw(st.one_of(st.just(Decimal(0)), AREAS)),
        unused=draw(st.one_of(st.just(Decimal(0)), AREAS)),
        signed=signed,
        first=first,
        last=first + dt.timedelta(draw(st.integers(13, 40))),
        approved=signed - dt.timedelta(draw(st.integers(1, 60))),
    )


def _day(date: dt.date, style: str) -> str:
    match style:
        case "spaced":
            return f"{date.year} 年 {date.month} 月 {date.day} 日"
        case "dots":
            return f"{date.year}.{date.month}.{date.day}"
        case "iso":
            return date.isoformat()
        case "numerals":
            digits = "○一二三四五六七八九"
            year = "".join(digits[int(char)] for char in str(date.year))
            return f"{year}年{_small(date.month)}月{_small(date.day)}日"
    return f"{date.year}年{date.month}月{date.day}日"


def _small(number: int) -> str:
    tens, ones = divmod(number, 10)
    digits = "〇一二三四五六七八九"
    return ("" if tens == 0 else "十" if tens == 1 else digits[tens] + "十") + (digits[ones] if ones else "")


def _figure(area: Decimal) -> str:
    return f"{area:.4f}"


@dataclass(frozen=True)
class Layout:
    brackets: str
    dash: str
    day: str
    closing_day: str
    marks: str
    classes: str
    mu: str
    location: str
    full_width: bool
    traditional: bool
    number_place: str


LAYOUTS = st.builds(
    Layout,
    brackets=st.sampled_from(["〔〕", "[]", "【】", "（）", "［］"]),
    dash=st.sampled_from(["至", "—", "-", "－", "~", "～", "——", " — "]),
    day=st.sampled_from(["plain", "spaced"]),
    closing_day=st.sampled_from(["plain", "spaced", "numerals", "iso", "dots"]),
    marks=st.sampled_from(["一、", "（一）", "1.", ""]),
    classes=st.sampled_from(["brackets", "其中", "commas", "table", "rows"]),
    mu=st.sampled_from(["", "合", "折合", "折合约"]),
    location=st.sampled_from(["征收土地位置", "征收土地范围", "土地位置和范围", "项目位置"]),
    full_width=st.booleans(),
    traditional=st.booleans(),
    number_place=st.sampled_from(["above", "below", "behind", "both"]),
)


def written(facts: Facts, layout: Layout) -> str:
    number = f"穗埔府征{layout.brackets[0]}{facts.signed.year}{layout.brackets[1]}{facts.number}号"
    approval = (
        f"粤府土审（02）{layout.brackets[0]}{facts.approved.year}{layout.brackets[1]}{facts.approval}号"
    )
    title = "广州市黄埔区人民政府征收土地公告"
    owners = (
        f"{facts.village}{'、'.join(facts.units)}经济合作社" if facts.units else f"{facts.village}经济联合社"
    )
    mu = f"（{layout.mu}{(facts.area * 15).quantize(Decimal('0.0001'))}亩）" if layout.mu else ""
    lines = {
        "above": [number, title],
        "below": [title, number],
        "behind": [f"{title} {number}"],
        "both": [number, title, number],
    }[layout.number_place]
    lines.append(
        f"经广东省人民政府批准（{approval}），将广州市黄埔区{facts.town}{owners}属下的集体土地{_figure(facts.area)}公顷{mu}征收为国有土地。"
    )
    points = [
        f"建设用地项目名称：{facts.project}。",
        f"{layout.location}：东至开创大道，南临广汕公路，西起规划路，北至永九快速路（四至范围详见附图）。",
    ]
    points.extend(_classes(facts, layout))
    points.append(f"批准时间：{_day(facts.approved, layout.day)}。")
    points.append(f"公告时间：{_day(facts.first, layout.day)}{layout.dash}{_day(facts.last, layout.day)}。")
    marks = {"一、": "一二三四五六七", "（一）": "一二三四五六七", "1.": "1234567"}.get(layout.marks, "")
    for at, point in enumerate(points):
        if "\n" in point or not marks:
            lines.append(point)
        else:
            lines.append(layout.marks.replace("一", marks[at]).replace("1", marks[at]) + point)
    lines.extend(["特此公告。", "广州市黄埔区人民政府", _day(facts.signed, layout.closing_day)])
    text = "\n".join(lines)
    if layout.full_width:
        text = text.translate(FULL_WIDTH)
    return str(TO_TRADITIONAL.convert(text)) if layout.traditional else text


def _classes(facts: Facts, layout: Layout) -> list[str]:
    farm = "、".join(f"{name}{_figure(area)}公顷" for name, area in facts.farm)
    rest = [
        f"{name}{_figure(area)}公顷"
        for name, area in (("建设用地", facts.built), ("未利用地", facts.unused))
        if area
    ]
    head = f"农用地{_figure(facts.farm_area)}公顷"
    match layout.classes:
        case "brackets":
            return ["被征收土地情况：" + "，".join([f"{head}（{farm}）", *rest]) + "。"]
        case "其中":
            return ["被征收土地情况：" + "；".join([f"{head}（其中：{farm}）", *rest]) + "。"]
        case "commas":
            return ["被征收土地情况：" + "、".join([f"{head}（{farm}）", *rest]) + "。"]
    columns = [
        ("农用地", facts.farm_area),
        *facts.farm,
        ("建设用地", facts.built),
        ("未利用地", facts.unused),
    ]
    if layout.classes == "table":
        name = facts.owners[0] if len(facts.owners) == 1 else "以上单位"
        return [
            "土地情况见下表（单位：公顷）\n"
            + " | ".join(["权属单位", *(column for column, _ in columns), "合计"]) + "\n"
            + " | ".join([name, *(_figure(area) for _, area in columns), _figure(facts.area)])
        ]  # fmt: skip
    rows = [f"{column} | {_figure(area)}" for column, area in columns if area]
    return ["地类 | 面积（公顷）\n" + "\n".join(rows) + f"\n合计 | {_figure(facts.area)}"]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(facts(), LAYOUTS)
def test_what_was_put_in_is_read(put: Facts, layout: Layout) -> None:
    reading = read_notice_text(written(put, layout), None)
    found = notice_json(reading.notices[0])
    assert found["kind"] == "征收土地公告"
    assert found["title"] == "广州市黄埔区人民政府征收土地公告"
    assert found["doc_number"] == f"穗埔府征〔{put.signed.year}〕{put.number}号"
    assert found["approval_number"] == f"粤府土审(02)〔{put.approved.year}〕{put.approval}号"
    assert found["area_ha"] == float(put.area)
    assert found["owners"] == put.owners
    assert found["project"] == put.project
    assert found["location"] == "东至开创大道，南临广汕公路，西起规划路，北至永九快速路"
    assert found["bounds"] == {"东": "开创大道", "南": "广汕公路", "西": "规划路", "北": "永九快速路"}
    assert found["land_classes"] == put.classes
    assert found["published"] == put.signed.isoformat()
    assert found["approved"] == put.approved.isoformat()
    assert (found["notice_from"], found["notice_to"]) == (put.first.isoformat(), put.last.isoformat())
    assert found["issuer"] == "广州市黄埔区人民政府"
    assert found["flags"] == []
