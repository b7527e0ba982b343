"""Areas in running text: the notice's total, and pairs of figures that should say the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from hpviewer.importing.notice.labels import label_pattern, values_of
from hpviewer.importing.notice.sheet import Found, Sheet
from hpviewer.records.area import NUMBER, UNIT, Area

AREA = rf"(?P<value>{NUMBER})(?:\n)?(?P<unit>{UNIT})"
AREA_AT = re.compile(AREA, re.IGNORECASE)
_ABOUT = r"(?:约|为|是|:|共|计|合计|共计|总计|约为|\n){0,4}"
_LAND = r"(?:农民)?(?:集体(?:所有)?(?:的)?)?(?:土地|用地)"
_TO_STATE = r"(?:，)?(?:办理)?(?:征收|征用|征|转)(?:土地|为国有)"
_OWNED = re.compile(
    rf"(?:集体(?:所有)?(?:的)?土地|土地所有权的?土地)(?:，)?(?:总)?(?:面积)?{_ABOUT}{AREA}", re.IGNORECASE
)
_WHOLE = re.compile(
    rf"(?:以上)?(?:合计|总计|共计|总面积|总用地面积|面积共计|面积共|面积合计|总共|面积总计|征收总面积|征地总面积){_ABOUT}(?:征收)?(?:{_LAND})?(?:面积)?{_ABOUT}{AREA}",
    re.IGNORECASE,
)
_BEFORE_LAND = re.compile(
    rf"{AREA}(?:\([^()\n]{{1,40}}\))?(?:的)?(?:旧村庄|村庄)?(?:农民)?集体(?:所有)?(?:的)?(?:土地|建设用地|农用地|旧村庄)",
    re.IGNORECASE,
)
_STATE = re.compile(
    rf"{AREA}(?:\([^()\n]{{1,40}}\))?(?:的)?(?:集体)?(?:建设用地|土地|农用地)?(?:一并)?(?:依法)?(?:办理)?(?:征收|征用|征|转)(?:收|用)?(?:土地手续|为国有)",
    re.IGNORECASE,
)
_USE = re.compile(rf"同意[^。;\n]{{0,60}}?使用{AREA}(?:的)?(?:城镇|城市|村镇)?(?:建设)?用地", re.IGNORECASE)
_LABEL = label_pattern(
    r"(?:本次)?(?:拟|被)?(?:征收|征用|征|申请|报批|改造|用地|项目|更新|涉及|总|总用地|占地|拆迁|权属|批准){0,5}(?:的)?(?:集体)?(?:土地|用地|地|范围|地块)?(?:的)?(?:总)?(?:用地|占地)?(?:总)?面积"
)
_PROJECT_SIZE = re.compile(
    rf"(?:改造范围|项目|改造|更新|征收|范围|总|占地|用地|整备)(?:总)?(?:用地|占地|土地)?(?:总)?(?:面积)(?:共|合计)?(?:约|为|共|是|:){{0,4}}{AREA}",
    re.IGNORECASE,
)
_SCOPE = re.compile(
    rf"(?:改造|更新|项目改造)范围(?:总)?(?:用地|占地|土地)?(?:总)?面积(?:约|为|共|合计|是|:){{0,4}}{AREA}",
    re.IGNORECASE,
)
_RISK = re.compile(
    rf"(?:拟|计划|本次|需)?(?:征收|征用|征)(?:集体)?(?:土地|用地)?(?:总)?(?:面积)?(?:约|共|为|:|合计|共计){{0,4}}{AREA}",
    re.IGNORECASE,
)
_BARE = re.compile(rf"面积(?:约|为|共|是|:){{0,4}}{AREA}", re.IGNORECASE)
_PART = re.compile(r"(?:其中|包括|含|新增|已|补充|余下|剩余|使用|留用地|占用)[:，]?$")
_HISTORY = re.compile(r"^[^。，;]{0,6}(?:已[于在]|为本次新增|在原)")
_IN_MU = re.compile(
    rf"{AREA}(?:的)?[(，/]?(?:约|折合|合|折|计|即|为){{0,4}}(?:合|约)?(?P<mu>{NUMBER})(?:亩)", re.IGNORECASE
)
_PRICE = re.compile(
    rf"(?P<ha>{NUMBER})(?:万)?元/公顷[(，|;/]*(?:约|折合|合|折|计|即|为){{0,4}}(?P<mu>{NUMBER})(?:万)?元/亩",
    re.IGNORECASE,
)


_OF_ONE = re.compile(r"\||村|社(?!会)")
"""面积：甲村5000平方米；乙村…: the figure of one owner, or of a cell, is no total."""


@dataclass(frozen=True, slots=True)
class TotalArea:
    """``rivals`` are other statements of the whole that differ from it beyond rounding."""

    found: Found[Area]
    rivals: tuple[Found[Area], ...]


def _area(match: re.Match[str]) -> Found[Area]:
    return Found(Area.of(match["value"], match["unit"]), match.start("value"), match.end("unit"))


def read_total(sheet: Sheet, *, renewal: bool) -> TotalArea | None:
    ranked: list[tuple[int, Found[Area]]] = []
    text = sheet.text
    patterns = (
        ((0, _SCOPE), (1, _WHOLE), (2, _PROJECT_SIZE), (3, _OWNED), (4, _STATE), (6, _BARE))
        if renewal
        else (
            (1, _OWNED),
            (2, _WHOLE),
            (3, _STATE),
            (5, _USE),
            (6, _BEFORE_LAND),
            (7, _RISK),
            (8, _PROJECT_SIZE),
            (9, _BARE),
        )
    )
    for rank, pattern in patterns:
        for match in pattern.finditer(text):
            if _is_part(text, match, whole=pattern is _WHOLE):
                continue
            ranked.append((rank, _area(match)))
    for label in values_of(sheet, _LABEL):
        labelled = AREA_AT.search(text, label.start, min(label.end, label.start + 40))
        if (
            labelled
            and not _OF_ONE.search(text[label.start : labelled.start()])
            and not _is_part(text, labelled, whole=False)
        ):
            ranked.append((2 if renewal else 4, _area(labelled)))
    if not ranked:
        return None
    ranked.sort(key=lambda one: (one[0], one[1].start))
    best_rank, best = ranked[0]
    stated = [found for rank, found in ranked if rank <= 4]
    rivals = [found for found in stated if not found.value.agrees_with(best.value)]
    if rivals and best_rank == 1 and not renewal:
        best, rivals = _without_breakdown(best, stated, rivals)
    elif renewal:
        rivals = []
    return TotalArea(best, tuple(_distinct(rivals)))


def _without_breakdown(
    best: Found[Area], stated: list[Found[Area]], rivals: list[Found[Area]]
) -> tuple[Found[Area], list[Found[Area]]]:
    """Owner by owner is no contradiction: the parts add up to the whole, whichever of them comes first."""
    for whole in sorted(_distinct(stated), key=lambda found: -found.value.exact_hectares):
        parts = [found for found in stated if found.value.exact_hectares < whole.value.exact_hectares]
        once = _distinct(parts)
        for group in (parts, once):
            total = sum((found.value.exact_hectares for found in group), Decimal(0))
            slack = sum((found.value.rounding for found in group), whole.value.rounding)
            if len(group) > 1 and abs(total - whole.value.exact_hectares) <= slack:
                rest = [found for found in stated if found.value.exact_hectares > whole.value.exact_hectares]
                return whole, [found for found in rest if not found.value.agrees_with(whole.value)]
    return best, rivals


def _distinct(found: list[Found[Area]]) -> list[Found[Area]]:
    kept: list[Found[Area]] = []
    for one in found:
        if not any(one.value.agrees_with(other.value) for other in kept):
            kept.append(one)
    return kept


def _is_part(text: str, match: re.Match[str], *, whole: bool) -> bool:
    before = text[max(0, match.start() - 8) : match.start()]
    if _PART.search(before) and not whole:
        return True
    if re.search(
        r"建筑$|计容$|容积$|总建筑|基底|复建|绿化",
        text[max(0, match.start() - 4) : match.start()] + match[0][:6],
    ):
        return True
    after = text[match.end("unit") : match.end("unit") + 24]
    if after.startswith("/") or re.match(r"\)?[^。，;]{0,2}建筑", after):
        return True
    return bool(_HISTORY.match(after))


def unequal_in_mu(sheet: Sheet) -> list[tuple[Found[Area], Area]]:
    """Pairs such as 207.69公顷(合3115.35亩) that differ beyond the rounding of both."""
    found = []
    for match in _IN_MU.finditer(sheet.text):
        area = _area(match)
        if "亩" in match["unit"] or sheet.text[match.end() : match.end() + 1] == "/":
            continue
        mu = Area.of(match["mu"], "亩")
        if not area.value.agrees_with(mu):
            found.append((Found(area.value, match.start("value"), match.end()), mu))
    return found


def unequal_prices(sheet: Sheet) -> list[tuple[str, Decimal, Decimal]]:
    """(as written, per hectare, per mu) of prices whose fifteenth part is not what stands behind them."""
    found: dict[tuple[Decimal, Decimal], str] = {}
    for match in _PRICE.finditer(sheet.text):
        hectare, mu = Decimal(match["ha"].replace(",", "")), Decimal(match["mu"].replace(",", ""))
        slack = _half(mu) + _half(hectare) / 15
        if abs(hectare / 15 - mu) > slack:
            found.setdefault((hectare, mu), sheet.folded.written(match.start(), match.end()))
    return [(written, hectare, mu) for (hectare, mu), written in found.items()]


def _half(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0) / 2
