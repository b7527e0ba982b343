"""Where a notice lists the owners of its land, and the owners of all these places together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from hpviewer.importing.notice.labels import MARK, label_pattern, values_of
from hpviewer.importing.notice.land_table import owner_cells
from hpviewer.importing.notice.sheet import Sheet
from hpviewer.records.owner_list import Owner, expand, looks_like_owners

_ANCHOR = re.compile(
    r"(?:属下|所属|下属|所有|名下|的|等){0,3}(?:农民)?集体(?:所有)?(?:的)?(?:土地|农用地|建设用地|未利用地|旧村庄)"
    r"|的(?:旧村庄|村庄)?集体建设用地|的?(?:约)?\d[\d.]{0,12}(?:公顷|亩|平方米)(?:\([^()\n]{1,30}\))?(?:的)?(?:旧村庄)?(?:集体)?(?:所有)?(?:土地|建设用地)?(?:一并)?(?:征|转)(?:收)?为国有"
    r"|的?(?:约)?\d[\d.]{0,12}(?:公顷|亩|平方米)(?:\([^()\n]{1,30}\))?(?:的)?(?:农民)?集体(?:所有)?(?:土地|农用地|建设用地)"
    r"|属下的?(?:土地|农用地|建设用地)|的旧村庄集体"
)
_LEAD = re.compile(
    r"(?:需将|拟将|现将|即将|[市区]将|，将|。将|^将|将|需征收|拟征收|计划征收|同意征收|征收(?!土地|为)|征用(?!土地)|收回|涉及(?:被征收|征收)?(?:土地)?(?:的)?(?:权属单位|所有权人)?(?:为|包括)?|使用|包括|分别为|拟使用|批准|位于|坐落于|权属(?:于|为)?|范围为|:|为|是|同意(?!你)|关于)"
)
_LABELS = label_pattern(
    r"(?:被)?(?:征收|征用|征)?(?:的)?(?:土地|用地)?(?:的)?(?:权属)(?:单位|人|情况|状况|性质)?|(?:被征收|被征用|被征|拟征收|拟征)(?:收)?(?:土地|地)?(?:的)?(?:村|单位|所有权人|农村集体经济组织|村民委员会|集体经济组织|村\(社\))(?:及面积|和面积|名称|及其面积)?|"
    r"土地所有权人|所有权人|被征收土地情况|被征地村及面积|被征地单位及面积|拟征收土地情况|(?:被|拟)?征(?:收|用)?(?:土)?地(?:的)?(?:位置|范围|位置和范围)|改造主体"
)
_ACTING = re.compile(r"(?:^|\n)(?P<list>[^，。:;\n]{4,200}?社)(?=已就|已与|与[^，。]{2,30}签订|申请将)")
_SUBJECT = re.compile(r"(?:以|由)(?P<list>[^，。:;\n以由]{4,120}?社)(?:作)?为(?:改造|实施)?主体")
_STATED = re.compile(
    r"(?:所有权人|权属单位|被征地单位|土地权属)(?:分别)?(?:为|是|包括|涉及)(?P<list>[^。;:\n《》]{3,1500}?)(?=[。;\n]|，面积|，共)"
    r"|(?:^|\n|(?<=;))(?P<list2>[^。;:|《》\n]{4,400}(?:社|村委会|委员会|社区|村)):(?=[^。\n]{0,40}\d(?:公顷|亩|平方米))"
)
"""所有权人为甲、乙; and one owner a line with its areas behind a colon."""
_WEAK_LABEL = re.compile(r"(?:位置|范围)$")


_LONGEST_LIST = 2500
_MOST_PLACES = 120
_MOST_LEADS = 12
"""A sentence leads into its list once; more than these are no notice, and would be read again and again."""
_FIGURE = re.compile(r"(?:约|共|计)?\d[\d.]{0,12}(?:公顷|亩|平方米)(?:\([^()\n]{1,30}\))?")


@dataclass(frozen=True, slots=True)
class OwnerPlace:
    """One list in the text and what it says."""

    owners: tuple[Owner, ...]
    start: int
    end: int


def read_owners(
    sheet: Sheet, titles: tuple[str, ...], addressee: str = ""
) -> tuple[tuple[Owner, ...], tuple[OwnerPlace, ...]]:
    """All owners, each once, in the order of the text; and the places that name them.

    Lists repeat in full: the same owner counts once. A bare village beside its own co-operatives is the place
    of these, not an owner. The title alone is asked only where the text has no list.
    """
    places = [place for place in _places(sheet) if place.owners]
    if not places and addressee and re.search(r"你(?:单位|村|社|们)", sheet.text):
        places = [place for place in _addressed(sheet, addressee) if place.owners]
    if not places:
        places = [place for place in _weak_places(sheet) if place.owners]
    if not places and re.search(r"社$", addressee):
        places = [place for place in _addressed(sheet, addressee) if place.owners]
    if not places:
        places = [place for place in _title_places(sheet, titles) if place.owners]
    merged: dict[str, Owner] = {}
    for place in sorted(places, key=lambda place: place.start):
        for owner in place.owners:
            merged.setdefault(owner.name, owner)
    kept = [owner for owner in merged.values() if not _is_place_of_others(owner, merged)]
    return tuple(kept), tuple(_distinct(places))


def _distinct(places: list[OwnerPlace]) -> list[OwnerPlace]:
    return list({(place.start, place.end): place for place in places}.values())


def _is_place_of_others(owner: Owner, merged: dict[str, Owner]) -> bool:
    if re.search(r"及其(?:属下|下属|所属)", owner.name):
        base = owner.name.split("及其")[0]
        return base in merged
    if not owner.name.endswith(("村", "社区")):
        return False
    base = re.sub(r"(?:村|社区)$", "", owner.name)
    return any(
        name != owner.name
        and (
            name.startswith(owner.name)
            or (len(base) >= 2 and name.startswith(base) and name.endswith(("社", "会")))
        )
        for name in merged
    )


def _places(sheet: Sheet) -> Iterator[OwnerPlace]:
    for anchor in islice(_ANCHOR.finditer(sheet.text), _MOST_PLACES):
        found = _left_of(sheet, anchor.start())
        if found:
            yield found
    for match in islice(_STATED.finditer(sheet.text), _MOST_PLACES):
        group = "list" if match["list"] else "list2"
        named = re.sub(rf"^{MARK}", "", match[group])
        yield OwnerPlace(tuple(expand(named)), match.end(group) - len(named), match.end(group))
    for cell, start, end in owner_cells(sheet):
        if looks_like_owners(cell):
            yield OwnerPlace(tuple(expand(cell)), start, end)
    for value in values_of(sheet, _LABELS):
        label = sheet.text[max(0, value.start - 12) : value.start].rstrip(":|\n")
        if _WEAK_LABEL.search(label):
            continue
        text = re.split(
            r"(?:属下|所有|名下)?的?集体(?:所有)?的?(?:土|农|建|未)|，?(?:总)?面积|，?合计|，?共\d|，?其中",
            value.value,
        )[0]
        text = (
            _FIGURE.sub("", text) if "公顷、" in text or "亩、" in text else re.split(r"约?\d+\.\d", text)[0]
        )
        if label.endswith("主体") and text.endswith("公司"):
            continue  # a developer owns no collective land
        if looks_like_owners(text) and len(text) <= 1500:
            yield OwnerPlace(tuple(expand(text)), value.start, value.start + len(text))


def _weak_places(sheet: Sheet) -> Iterator[OwnerPlace]:
    """征收土地位置 often lists the owners instead of a place."""
    for value in values_of(sheet, _LABELS):
        text = re.split(r"\((?:四至|详见|具体|位置)", value.value)[0]
        if re.search(r"社(?:$|[、，和及])|村(?:民)?(?:委员会|委会)", text) and len(text) <= 1500:
            yield OwnerPlace(tuple(expand(text)), value.start, value.start + len(text))

    for match in _SUBJECT.finditer(sheet.text):
        yield OwnerPlace(tuple(expand(match["list"])), match.start("list"), match.end("list"))
    for match in _ACTING.finditer(sheet.text):
        yield OwnerPlace(tuple(expand(match["list"])), match.start("list"), match.end("list"))


def _addressed(sheet: Sheet, addressee: str) -> Iterator[OwnerPlace]:
    """A letter speaks of 你单位: the owner is whom it is addressed to."""
    at = sheet.text.find(addressee + ":")
    names = re.split(r"(?:及|和|、)?(?:各|相关|有关|其他|全体)", addressee)[0].rstrip("及和、")
    if at >= 0 and looks_like_owners(names):
        yield OwnerPlace(tuple(expand(names)), at, at + len(names))


def _title_places(sheet: Sheet, titles: tuple[str, ...]) -> Iterator[OwnerPlace]:
    for title in titles:
        folded = title.replace("（", "(").replace("）", ")")
        match = re.search(
            r"关于(?:征收)?(?P<list>[^《》]{4,120}?社)(?:及其[^的]{2,30})?(?:的|旧村|属下|集体)", folded
        )
        at = sheet.text.find(folded)
        if match and at >= 0:
            owners = expand(match["list"])
            yield OwnerPlace(tuple(owners), at + match.start("list"), at + match.end("list"))


def _left_of(sheet: Sheet, at: int) -> OwnerPlace | None:
    """The list that ends at an anchor: back to the verb or mark that leads into it."""
    start = max(sheet.sentence_start(at), at - _LONGEST_LIST)
    quote = sheet.text.rfind("》", start, at)
    if quote >= 0:
        start = quote + 1
    if "《" in sheet.text[start:at]:
        return None
    text = sheet.text[start:at]
    best: tuple[list[Owner], int] | None = None
    leads = [match.end() for match in _LEAD.finditer(text)]
    for lead in (*reversed(leads[-_MOST_LEADS:]), 0):
        part = text[lead:]
        located = re.search(r"位于|坐落", part)
        if located and looks_like_owners(part[: located.start()]):
            part = part[: located.start()]
        part = re.split(r"，?面积|，?共\d|\d+\.\d+公顷", part)[0]
        if not looks_like_owners(part):
            continue
        owners = expand(part)
        if owners and (best is None or len(owners) > len(best[0])):
            best = (owners, lead)
            end_at = lead + len(part)
        if best is not None and lead and text[lead - 1] not in "为是于:":
            break
    if best is None:
        return None
    owners, lead = best
    return OwnerPlace(tuple(owners), start + lead, start + end_at)
