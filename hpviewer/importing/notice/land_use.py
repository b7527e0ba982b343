"""Areas by land class in running text: 农用地26.1638公顷(耕地11.2777公顷(水田…)、园地…)、建设用地2.3245公顷."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from hpviewer.importing.notice.sheet import Sheet
from hpviewer.records.area import NUMBER, UNIT, Area, AreaUnit
from hpviewer.records.record import LandClass

FARM = "农用地"
ARABLE = "耕地"
_ARABLE_PARTS = ("水田", "旱地", "水浇地", "望天田", "菜地")
_FARM_PARTS = (
    ARABLE, *_ARABLE_PARTS, "园地", "果园", "茶园", "橡胶园", "其他园地", "林地", "有林地", "乔木林地", "竹林地", "灌木林地", "疏林地", "其他林地",  # noqa: E501
    "草地", "天然牧草地", "人工牧草地", "牧草地", "其他农用地", "养殖水面", "坑塘水面", "坑塘", "鱼塘", "水塘", "农村道路", "沟渠", "设施农用地", "农田水利用地",  # noqa: E501
    "田坎", "畜禽饲养地", "晒谷场",
)  # fmt: skip
_BUILT = ("建设用地", "居民点及工矿用地", "城镇村及工矿用地", "村庄", "交通运输用地", "交通用地", "交通水利用地", "水利设施用地", "农村宅基地", "宅基地", "工矿用地",  # noqa: E501
          "特殊用地", "城镇住宅用地", "工业用地", "公路用地", "水工建筑用地", "独立工矿用地")  # fmt: skip
_UNUSED = (
    "未利用地",
    "未利用土地",
    "荒草地",
    "其他草地",
    "裸地",
    "裸土地",
    "河流水面",
    "内陆滩涂",
    "滩涂",
    "其他土地",
    "其他未利用地",
    "水域",
    "山地",
    "湿地",
    "空闲地",
)
TOP = (FARM, "建设用地", "未利用地")
_SYNONYMS = {
    "未利用土地": "未利用地",
    "其它农用地": "其他农用地",
    "其它林地": "其他林地",
    "其它草地": "其他草地",
    "其它土地": "其他土地",
    "其它园地": "其他园地",
}
PARENTS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(_FARM_PARTS, (FARM,)),
    **dict.fromkeys(_ARABLE_PARTS, (ARABLE, FARM)),
    **dict.fromkeys(("果园", "茶园", "橡胶园", "其他园地"), ("园地", FARM)),
    **dict.fromkeys(("有林地", "乔木林地", "竹林地", "灌木林地", "疏林地", "其他林地"), ("林地", FARM)),
    **dict.fromkeys(("天然牧草地", "人工牧草地", "牧草地"), ("草地", FARM)),
    **dict.fromkeys(("坑塘水面", "农村道路", "沟渠", "设施农用地", "田坎"), ("其他农用地", FARM)),
    **dict.fromkeys(_BUILT[1:], ("建设用地",)),
    **dict.fromkeys(_UNUSED[2:], ("未利用地",)),
}
NAMES = sorted({*_FARM_PARTS, FARM, *_BUILT, *_UNUSED, *_SYNONYMS}, key=len, reverse=True)
NAME = "|".join(NAMES)
_NOTE = r"(?:\((?:不含|含|不包括|除|不计)[^()\n]{1,16}\)|〔(?:不含|含|不包括)[^〔〕\n]{1,16}〕)?"
_TOKEN = re.compile(
    rf"(?P<name>{NAME}){_NOTE}(?:土地)?(?:面积)?(?:\n?\(?(?:公顷|亩|平方米)\)?(?=[:\n]))?(?:[:\n]|约|为|共|合计|计|共计|有|，(?=\d)){{0,5}}(?P<value>{NUMBER})(?:\n?(?P<unit>{UNIT}))?",
    re.IGNORECASE,
)
_BANNED = re.compile(
    r"(?:补充|占用|占|新增|批准|转为|城镇|城市|城乡|村镇|规划|核销|收回|留用|商业|安排|商品|恢复|产业|经营性|总|上述|可|非|净|拟|作为|改为|储备|腾挪|高标准|永久基本|开垦|集体转国有|单独选址)$"
)
_WHOLLY = re.compile(rf"(?:全部|均|全|皆)(?:为|是|属于?)(?:集体)?(?P<name>{NAME})")
_UNIT_HINT = re.compile(r"(?:单位[:(]?|[(〔/])(公顷|亩|平方米|㎡|m2)[)〕]?")
_AGAIN = re.compile(r"报批地类|报批面积|还原|报批用地|地类还原")


@dataclass(slots=True)
class _Node:
    name: str
    area: Area
    start: int
    end: int
    depth: int
    parts: list[_Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class LandGroup:
    """One enumeration of land classes. ``again`` marks the second one of a text (报批地类)."""

    classes: tuple[LandClass, ...]
    start: int
    end: int
    slack: Decimal
    again: bool = False

    @property
    def total(self) -> Decimal:
        return exact_total(self.classes)


def exact_total(classes: Iterable[LandClass]) -> Decimal:
    return sum((Decimal(repr(one.hectares)) for one in classes), Decimal(0))


def canonical_name(name: str) -> str:
    return _SYNONYMS.get(name, name)


def read_groups(sheet: Sheet) -> list[LandGroup]:
    """Every enumeration in the order of the text, tables of | rows left out."""
    groups: list[list[_Node]] = []
    previous_end = -1
    depth = 0
    tokens = list(_tokens(sheet))
    for node in tokens:
        gap = sheet.text[previous_end : node.start] if previous_end >= 0 else ""
        if previous_end < 0 or _separates(gap, groups[-1], node):
            groups.append([])
            depth = 0
        else:
            # Brackets of a qualifier (合…亩) open and close inside the gap; lost ones must not drag on.
            depth = max(0, depth + gap.count("(") + gap.count("〔") - gap.count(")") - gap.count("〕"))
        node.depth = depth
        groups[-1].append(node)
        previous_end = node.end
    return [_tree(sheet, group) for group in groups]


def _separates(gap: str, group: list[_Node], node: _Node) -> bool:
    if _AGAIN.search(gap) or len(gap) > 90:
        return True
    if "。" in gap or "\n\n" in gap:
        return True
    if "\n" in gap:
        return any(one.name == node.name for one in group) or len(gap) > 40
    return bool(
        len(gap) > 45
        and re.search(r"集体土地|经济合作社|联合社", gap)
        and any(one.name == node.name for one in group)
    )


def _tokens(sheet: Sheet) -> Iterator[_Node]:
    text = sheet.text
    matches = [
        match
        for match in _TOKEN.finditer(text)
        if not _BANNED.search(text[max(0, match.start() - 5) : match.start()])
    ]
    for at, match in enumerate(matches):
        after = text[match.end() : match.end() + 3]
        if re.match(r"万?元|%|年|月|日|人|户|个|块|宗|米|层|栋|/|号|批", after) or "|" in match[0]:
            continue
        unit = match["unit"]
        if not unit:
            if not re.match(r"[、，;)〕\n。(]|$", after) or "." not in match["value"]:
                continue
            unit = _unit_nearby(text, matches, at)
            if not unit:
                continue
        end = match.end()
        if not Area.of(match["value"], unit).value:
            continue  # 未利用地0公顷: there is none
        yield _Node(canonical_name(match["name"]), Area.of(match["value"], unit), match.start(), end, 0)


def _unit_nearby(text: str, matches: list[re.Match[str]], at: int) -> str:
    """The unit a list gives once, behind its last figure, or a heading in front of it (面积(公顷))."""
    for other in matches[at + 1 : at + 8]:
        if other["unit"]:
            return str(other["unit"])
    for other in reversed(matches[max(0, at - 8) : at]):
        if other["unit"]:
            return str(other["unit"])
    hints = list(_UNIT_HINT.finditer(text, max(0, matches[at].start() - 500), matches[at].start()))
    return hints[-1][1] if hints else ""


def _tree(sheet: Sheet, nodes: list[_Node]) -> LandGroup:
    roots: list[_Node] = []
    path: list[_Node] = []
    for node in nodes:
        while path and path[-1].depth >= node.depth:
            path.pop()
        parent = path[-1] if path else None
        if parent is not None and parent.depth < node.depth and node.name in TOP and parent.name in TOP:
            parent = None
        if parent is None or parent.name not in PARENTS.get(node.name, ()):
            known = _known_parent(nodes, node)
            parent = known if known is not None else parent
        if parent is not None and parent is not node:
            parent.parts.append(node)
        else:
            roots.append(node)
        path.append(node)
    before = sheet.text[max(0, nodes[0].start - 40) : nodes[0].start]
    slack = sum((node.area.rounding for node in roots), Decimal(0))
    return LandGroup(
        tuple(_land_class(node) for node in roots),
        nodes[0].start,
        nodes[-1].end,
        slack,
        bool(_AGAIN.search(before)),
    )


def _known_parent(nodes: list[_Node], node: _Node) -> _Node | None:
    """耕地 behind 农用地 in one enumeration is part of it also without brackets: the law's own order."""
    for name in PARENTS.get(node.name, ()):
        for other in reversed(nodes[: nodes.index(node)]):
            if other.name == name and other.area.exact_hectares >= node.area.exact_hectares:
                return other
    return None


def _land_class(node: _Node) -> LandClass:
    return LandClass(node.name, node.area.hectares, tuple(_land_class(part) for part in node.parts))


def wholly(sheet: Sheet, total: Area) -> LandGroup | None:
    """全部为农用地 behind a total says that the class has all of it."""
    match = _WHOLLY.search(sheet.text)
    if not match or (
        re.match(r"[\d(]", sheet.text[match.end() : match.end() + 1])
        and not re.match(r"\((?:不含|不涉及)", sheet.text[match.end() :])
    ):
        return None
    one = LandClass(canonical_name(match["name"]), total.hectares)
    return LandGroup((one,), match.start("name"), match.end("name"), total.rounding)


def added(groups: Iterable[LandGroup]) -> LandGroup | None:
    """Enumerations owner by owner, added class by class. None for none."""
    groups = list(groups)
    if not groups:
        return None
    classes: tuple[LandClass, ...] = ()
    for group in groups:
        classes = add_classes(classes, group.classes)
    slack = sum((group.slack for group in groups), Decimal(0))
    return LandGroup(classes, groups[0].start, groups[-1].end, slack)


def add_classes(first: tuple[LandClass, ...], second: tuple[LandClass, ...]) -> tuple[LandClass, ...]:
    found = {one.name: one for one in first}
    for one in second:
        known = found.get(one.name)
        found[one.name] = (
            LandClass(
                one.name,
                float(Decimal(repr(known.hectares)) + Decimal(repr(one.hectares))),
                add_classes(known.parts, one.parts),
            )
            if known
            else one
        )
    return tuple(found.values())


def flat(classes: Iterable[LandClass]) -> dict[str, float]:
    """Every class at any depth -> hectares; a name that occurs twice keeps its first, highest place."""
    found: dict[str, float] = {}

    def walk(level: Iterable[LandClass]) -> None:
        for one in level:
            found.setdefault(one.name, one.hectares)
            walk(one.parts)

    walk(classes)
    return found


UNIT_OF_HEADER = {
    "公顷": AreaUnit.HECTARE,
    "亩": AreaUnit.MU,
    "平方米": AreaUnit.SQUARE_METRE,
    "㎡": AreaUnit.SQUARE_METRE,
}
