"""Seeded catalogues of any size, up to a province's: 1,600 towns, 26,000 communities, 300,000 project areas.

    PYTHONPATH=. python tests/bench/generate.py --records 1000000 --out province.gpkg --seed 1

Everything in them is 模拟数据 and says so: the dataset's name, and the source of every record. Towns are the cells
of a grid whose corners are moved; communities divide their town the same way, so that neighbours share their
edges exactly. The same numbers give the same file.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import math
import random
import struct
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from hpviewer.catalogue.builder import build_catalogue
from hpviewer.catalogue.connection import open_writer, transaction
from hpviewer.catalogue.content import Content
from hpviewer.catalogue.geopackage import geometry_blob
from hpviewer.mapping.layers import build_layers
from hpviewer.places.name_entry import NameEntry
from hpviewer.places.names import names_of
from hpviewer.places.place import Level, Place, PlaceCode
from hpviewer.places.reading import Readings
from hpviewer.records.column import Column, SourceKind
from hpviewer.records.dataset import Dataset, Source
from hpviewer.records.geometry import Box, Position, Shape
from hpviewer.records.kind import Kind
from hpviewer.records.partial_date import PartialDate
from hpviewer.records.record import LandClass, Record

FULL = 1_000_000
TOWNS, COMMUNITIES, PROJECTS = 1_600, 26_000, 300_000
UNPLACED = 0.01
"""Share of communities without a position."""

_FIRST = "东西南北中上下大小新旧长高石龙凤白黄金银水山江河湖海云莲沙清平安永和福寿康宁兴旺吉祥文武德仁义礼智信天星月光明"
_SECOND = (
    "塘岭岗坑田洲围墩坪坡埔涌沥溪桥头尾湾口滘洞坳岩峰屋井园林竹松梅桂榕樟柏柳莲荷浦潭圳陂基厦边朗贝步心元"
)
_THIRD = "东西南北一二三四五六上下里外前后"
_OWNERS = ("第一", "第二", "第三", "第四", "第五", "第六", "第七", "第八", "第九", "第十")
_WORKS = (
    "旧村改造", "城际轨道交通", "高速公路", "变电站", "污水处理厂", "小学扩建", "中学新建", "产业园", "储备用地",
    "保障性住房", "道路升级改造", "河涌整治", "公园绿地", "综合医院", "物流基地", "安置区", "水库除险加固",
    "天然气管道", "科技创新基地", "社区服务中心", "微改造", "旧厂房更新", "全面改造", "市政配套", "轨道站场",
)  # fmt: skip
_CONTENT = {
    Kind.PRE_NOTICE: "征收土地预公告", Kind.SURVEY: "土地现状调查结果公示", Kind.RISK: "社会稳定风险评估公示",
    Kind.COMPENSATION_NOTICE: "征地补偿安置公告", Kind.HEARING: "征地听证告知书", Kind.REGISTRATION: "征地补偿登记公告",
    Kind.AGREEMENT: "补偿安置协议签订情况", Kind.APPROVAL: "建设用地批复", Kind.NOTICE: "征收土地公告",
    Kind.COMPENSATION_PLAN: "征地补偿安置方案公告", Kind.OTHER_LAND: "用地信息公开", Kind.MAPPING: "标图建库公示",
    Kind.YEAR_PLAN: "城市更新年度计划", Kind.BASE_SURVEY: "基础数据调查成果公示", Kind.AREA_PLAN: "片区策划方案公示",
    Kind.SCHEME_DRAFT: "改造实施方案公示", Kind.SCHEME_APPROVAL: "改造实施方案批复", Kind.SCHEME_VOTE: "补偿安置方案表决结果",
    Kind.SIGNING: "签约拆迁公告", Kind.COLLECTIVE_TO_STATE: "集体建设用地征为国有批复", Kind.START: "动工通告",
    Kind.REBUILDING: "复建安置房公示", Kind.RETURN: "回迁通知", Kind.OTHER_RENEWAL: "城市更新动态",
}  # fmt: skip
_NUMBERED = {
    Kind.NOTICE: "府征", Kind.PRE_NOTICE: "府预征", Kind.COMPENSATION_NOTICE: "府补", Kind.APPROVAL: "府土审",
    Kind.COMPENSATION_PLAN: "规资方案", Kind.SCHEME_APPROVAL: "更新批",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Size:
    """How many of everything belong to a number of records; never fewer towns than a district has."""

    records: int

    @property
    def towns(self) -> int:
        return max(16, TOWNS * self.records // FULL)

    @property
    def communities(self) -> int:
        return max(160, COMMUNITIES * self.records // FULL)

    @property
    def projects(self) -> int:
        return max(1, PROJECTS * self.records // FULL)


Quad = tuple[Position, Position, Position, Position]
"""South-west, south-east, north-east, north-west."""
WHOLE: Quad = ((110.0, 21.0), (117.0, 21.0), (117.0, 25.0), (110.0, 25.0))


@dataclass(frozen=True, slots=True)
class Town:
    place: Place
    communities: tuple[Place, ...]
    weight: float


class Land:
    """Places, shapes and names of one seed."""

    def __init__(self, size: Size, seed: int) -> None:
        self._random = random.Random(f"land {seed}")
        self.shapes: dict[PlaceCode, Shape] = {}
        self.towns: list[Town] = []
        names = self._names()
        shares = self._shares(size)
        for number, (quad, share) in enumerate(zip(self._cells(size.towns), shares, strict=True)):
            code = PlaceCode(f"44{number // 20 + 1:04d}{number % 20 + 1:03d}")
            kind = "街道" if self._random.random() < 0.4 else "镇"
            name = next(names) + kind
            town = Place(code, name, name, Level.TOWN, kind, code)
            self.shapes[code] = _shape(code, quad)
            # a few towns have most of what is published: a new district beside farmland
            weight = 1 / (1 + self._random.randrange(size.towns)) ** 0.6
            self.towns.append(Town(town, tuple(self._communities(code, quad, share)), weight))

    @property
    def places(self) -> tuple[Place, ...]:
        return (
            *(town.place for town in self.towns),
            *(community for town in self.towns for community in town.communities),
        )

    def names(self) -> Iterator[NameEntry]:
        readings = Readings({})
        for place in self.places:
            yield from names_of(place, readings)

    def district(self) -> Shape:
        return _shape(PlaceCode("44"), WHOLE)

    def _names(self) -> Iterator[str]:
        pairs = [a + b for a in _FIRST for b in _SECOND if a != b]
        self._random.shuffle(pairs)
        return itertools.cycle(pairs)

    def _shares(self, size: Size) -> list[int]:
        """Communities for each town, adding up exactly."""
        least, more = divmod(size.communities, size.towns)
        shares = [least + (number < more) for number in range(size.towns)]
        for _ in range(size.towns):
            a, b = self._random.randrange(size.towns), self._random.randrange(size.towns)
            moved = self._random.randrange(4)
            if shares[a] - moved >= 4:
                shares[a], shares[b] = shares[a] - moved, shares[b] + moved
        return shares

    def _cells(self, count: int) -> list[Quad]:
        columns = math.ceil(math.sqrt(count * 1.5))
        return _divided(WHOLE, columns, math.ceil(count / columns), self._random)[:count]

    def _communities(self, town: PlaceCode, quad: Quad, count: int) -> Iterator[Place]:
        columns = math.ceil(math.sqrt(count))
        cells = _divided(quad, columns, math.ceil(count / columns), self._random)
        taken: set[str] = set()
        for number in range(count):
            while (stem := self._stem()) in taken:
                pass
            taken.add(stem)
            kind = "社区" if self._random.random() < 0.35 else "村"
            official = stem + ("社区居民委员会" if kind == "社区" else "村村民委员会")
            code = PlaceCode(f"{town}{number + 1:03d}")
            if self._random.random() >= UNPLACED:
                self.shapes[code] = _shape(code, cells[number])
            yield Place(code, stem + kind, official, Level.COMMUNITY, kind, town)

    def _stem(self) -> str:
        stem = self._random.choice(_FIRST) + self._random.choice(_SECOND)
        return stem + (self._random.choice(_THIRD) if self._random.random() < 0.25 else "")


def _divided(quad: Quad, columns: int, rows: int, chance: random.Random) -> list[Quad]:
    """Cells of a quad row by row; the corners between them are moved by up to a quarter of a cell."""

    def corner(column: int, row: int) -> Position:
        u, v = column / columns, row / rows
        if 0 < column < columns:
            u += chance.uniform(-0.25, 0.25) / columns
        if 0 < row < rows:
            v += chance.uniform(-0.25, 0.25) / rows
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = quad
        return (
            (1 - v) * ((1 - u) * ax + u * bx) + v * ((1 - u) * dx + u * cx),
            (1 - v) * ((1 - u) * ay + u * by) + v * ((1 - u) * dy + u * cy),
        )

    corners = [[corner(column, row) for column in range(columns + 1)] for row in range(rows + 1)]
    return [
        (lower[column], lower[column + 1], upper[column + 1], upper[column])
        for lower, upper in pairwise(corners)
        for column in range(columns)
    ]


def _shape(code: PlaceCode, quad: Quad) -> Shape:
    lon, lat = sum(x for x, _ in quad) / 4, sum(y for _, y in quad) / 4
    return Shape(code, _area(quad), lon, lat, _box(quad))


def _box(ring: tuple[Position, ...]) -> Box:
    lons, lats = zip(*ring, strict=True)
    return min(lons), min(lats), max(lons), max(lats)


def _area(ring: tuple[Position, ...]) -> bytes:
    """A MultiPolygon of one ring as WKB."""
    points = b"".join(struct.pack("<2d", *at) for at in (*ring, ring[0]))
    return struct.pack("<BIIBIII", 1, 6, 1, 1, 3, 1, len(ring) + 1) + points


@dataclass(frozen=True, slots=True)
class Project:
    name: str
    column: Column
    towns: tuple[PlaceCode, ...]
    communities: tuple[PlaceCode, ...]
    words: str
    """The places as a notice writes them."""
    began: int


class Publications:
    """Projects and the records that were published about them."""

    def __init__(self, size: Size, seed: int, land: Land) -> None:
        self._random = random.Random(f"records {seed}")
        self._size = size
        self._land = land
        self._weights = list(itertools.accumulate(town.weight for town in land.towns))
        self._kinds = {column: [kind for kind in Kind if kind.column is column] for column in Column}
        self.projects = [self._project(number) for number in range(size.projects)]
        self._unnamed = self.projects[::-1]

    def records(self) -> Iterator[Record]:
        for number in range(self._size.records):
            yield self._record(number)

    def _project(self, number: int) -> Project:
        chance = self._random
        (town,) = chance.choices(self._land.towns, cum_weights=self._weights)
        # notices name the few villages at the edge of a town more often than others
        first = int(len(town.communities) * chance.random() ** 2)
        count = chance.choices((0, 1, 2, 3), (5, 60, 25, 10))[0]
        communities = town.communities[first : first + count]
        towns = [town.place.code]
        codes = [place.code for place in communities]
        words = town.place.name + "、".join(place.name for place in communities)
        if chance.random() < 0.06:  # a road through two towns
            other = self._land.towns[(self._land.towns.index(town) + 1) % len(self._land.towns)]
            towns.append(other.place.code)
            codes.append(other.communities[0].code)
            words += "、" + other.place.name + other.communities[0].name
        column = Column.LAND if chance.random() < 0.6 else Column.RENEWAL
        stem = (
            (communities[0].name if communities else town.place.name).removesuffix("村").removesuffix("社区")
        )
        name = f"{stem}{chance.choice(_WORKS)}项目（{number + 1}号地块）"
        return Project(name, column, tuple(towns), tuple(codes), words, chance.randint(2004, 2026))

    def _record(self, number: int) -> Record:
        chance = self._random
        named = number % 8 != 0
        # every project is named once before any is named again
        project = self._unnamed.pop() if named and self._unnamed else chance.choice(self.projects)
        kind = chance.choice(self._kinds[project.column])
        published = self._date(project)
        year = published.year if published else project.began
        document = ""
        if kind in _NUMBERED and chance.random() < 0.9:
            document = f"穗{chance.choice(_FIRST)}{_NUMBERED[kind]}〔{year}〕{chance.randint(1, 400)}号"
        area = round(chance.lognormvariate(0.7, 1.4), 4) if chance.random() < 0.7 else None
        owners: tuple[str, ...] = ()
        if project.column is Column.LAND:
            stem = project.words[-4:].removesuffix("村")
            owners = (f"{stem}股份经济联合社", f"{stem}{chance.choice(_OWNERS)}股份经济合作社")
        classes: tuple[LandClass, ...] = ()
        if area and number % 3 == 0:
            shares = (("农用地", 0.6), ("建设用地", 0.4))
            classes = tuple(LandClass(name, round(area * share, 4)) for name, share in shares)
        return Record(
            id=f"sim-{number:07d}",
            column=project.column,
            kind=kind,
            title=f"{project.words}{project.name if named else ''}{_CONTENT[kind]}",
            doc_number=document,
            approval_number=f"粤府土审（{chance.randint(1, 20):02d}）〔{year}〕{chance.randint(1, 900)}号"
            if kind is Kind.NOTICE
            else "",
            issuer=project.words[: project.words.find("镇") + 1] + "人民政府",
            published=published,
            project=project.name if named else "",
            location=f"东至{chance.choice(_SECOND)}{chance.choice(_SECOND)}路，南至{chance.choice(_FIRST)}河"
            if chance.random() < 0.5
            else "",
            area_ha=area,
            land_classes=classes,
            owners=owners,
            towns=project.towns,
            communities=project.communities,
            place_as_written=project.words,
            source_kind=SourceKind.SIMULATED,
            source_name="模拟数据",
            note="模拟数据，不代表任何真实事项",
        )

    def _date(self, project: Project) -> PartialDate | None:
        chance = self._random
        form = chance.random()
        if form < 0.02:
            return None
        year = min(2026, project.began + chance.choice((0, 0, 1, 1, 2, 3, 5)))
        if form < 0.05:
            return PartialDate(year)
        day = dt.date(year, 1, 1) + dt.timedelta(days=chance.randrange(365 if year < 2026 else 180))
        return PartialDate(day.year, day.month, day.day)


def generate(records: int, out: Path, seed: int = 1) -> Path:
    """Write ``out`` anew: about 130 seconds and 1.5 GB for a million records."""
    size = Size(records)
    land = Land(size, seed)
    publications = Publications(size, seed, land)
    places = land.places
    towns = [land.shapes[town.place.code] for town in land.towns]
    communities = [shape for code, shape in land.shapes.items() if len(code) == 12]
    content = Content(
        dataset=Dataset(
            name="模拟数据",
            data_date=dt.date(2026, 6, 30),
            boundary_notice="模拟数据：地名、边界、事项均为随机生成",
            review_number="",
            sources=(Source(f"模拟数据 seed {seed}, {records} records", "CC0-1.0", ()),),
        ),
        places=places,
        names=tuple(land.names()),
        shapes=land.shapes,
        guessed_edges=(),
        water=(),
        metro_lines=(),
        metro_stations=(),
        records=(),
        policies=(),
        reports=(),
        layers=build_layers(
            {place.code: place for place in places}, land.district(), towns, communities, (), (), (), ()
        ),
    )
    build_catalogue(content, out, publications.records())
    _draw_areas(out, land, publications.projects, seed)
    return out


def _draw_areas(path: Path, land: Land, projects: list[Project], seed: int) -> None:
    """Projects get areas of their own, as a plan gives them: a six-sided one inside their first community."""
    chance = random.Random(f"areas {seed}")

    def areas() -> Iterator[tuple[bytes, str]]:
        for project in projects:
            codes = [code for code in (*project.communities, *project.towns) if code in land.shapes]
            shape = land.shapes[codes[0]]
            west, south, east, north = shape.bbox
            middle = (
                chance.gauss(shape.label_lon, (east - west) / 8),
                chance.gauss(shape.label_lat, (north - south) / 8),
            )
            reach = (east - west) * chance.uniform(0.02, 0.1)
            ring = tuple(
                (
                    middle[0] + reach * chance.uniform(0.7, 1.3) * math.cos(math.pi * side / 3),
                    middle[1] + reach * chance.uniform(0.7, 1.3) * math.sin(math.pi * side / 3),
                )
                for side in range(6)
            )
            yield geometry_blob(_area(ring), _box(ring)), project.name

    update = "UPDATE projects SET geom = ?, location_basis = 'area' WHERE name = ?"
    with closing(open_writer(path)) as connection, transaction(connection):
        connection.executemany(update, areas())


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--records", type=int, required=True)
    words.add_argument("--out", type=Path, required=True)
    words.add_argument("--seed", type=int, default=1)
    asked = words.parse_args()
    began = time.monotonic()
    size = generate(asked.records, asked.out, asked.seed).stat().st_size / 1e6
    print(f"{asked.out}: {asked.records} records in {time.monotonic() - began:.0f} s, {size:.0f} MB")


if __name__ == "__main__":
    main()
