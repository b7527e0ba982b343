"""What the land is taken for and where it lies: project, purpose, location, the four bounds."""

from __future__ import annotations

import re

from hpviewer.importing.notice.labels import label_pattern, value_of
from hpviewer.importing.notice.sheet import Found, Sheet, prose

_PROJECT = label_pattern(
    r"(?:建设用地|用地|建设|征收|土地征收|征地|改造|拟建|城市更新|更新改造)?(?:项目|工程|批次)(?:用地)?(?:的)?名称|土地征收项目|征收项目|用地名称|"
    r"建设用地项目|项目"
)
_PURPOSE = label_pattern(
    r"(?:本次)?(?:拟)?(?:征收|征用|征地)?(?:集体)?(?:土地)?(?:的)?(?:征收|征用|征地)?(?:的)?(?:目的|用途)(?:及用途)?|征收目的|土地征收目的"
)
_LOCATION = label_pattern(
    r"(?:项目)?(?:本次)?(?:拟|被)?(?:征收|征用|征)?(?:集体)?(?:土地|用地|地块|项目|改造|地|更新|拆迁)?(?:的)?(?:四至)?"
    r"(?:具体)?(?:位置|范围|坐落|座落|地点|四至)(?:(?:和|及|与|、)(?:四至)?(?:范围|位置|四至|面积))?(?:情况)?"
)
_LEAD_BATCH = re.compile(
    r"(?P<name>(?:广东省)?(?:广州市|广州开发区|中新广州知识城|黄埔区|萝岗区)[^。，、;:\n《》]{0,40}?(?:19|20)\d{2}年度第[一二三四五六七八九十百零〇\d]{1,8}批次"
    r"(?:[一-鿿]{0,6})?建设用地(?:项目)?)"
)
_RENEWAL_PROJECT = re.compile(
    r"(?P<name>(?:广州市)?(?:黄埔区|萝岗区)?[一-鿿]{0,16}(?:\([^()\n]{1,24}\))?“?(?:旧村庄?|城中村|旧城镇?|旧厂房?|村镇工业集聚区|村级工业园)”?(?:全面|更新|综合|拆除重建)?"
    r"(?:改造|更新|更新改造)(?:项目|工程)?)"
)
_SITUATED = re.compile(
    r"(?:拟征收(?:的)?土地|征收范围|项目地块|项目用地|该地块|地块|改造范围|项目|用地|范围)?(?:具体)?(?:位于|坐落于|座落于)(?P<place>[^。;\n]{2,600})"
)
_TAIL = re.compile(
    r"(?:\((?:[^()]*(?:附图|四至|详见|坐标|红线|见图|示意)[^()]*)\)|，?(?:具体|详细|四至)?(?:范围|位置|四至)?(?:详见|见|以)(?:现场)?(?:公告)?附[图件][^。，]*(?:为准)?|"
    r"，?实际(?:征收)?(?:土地)?范围以[^。]*)$"
)
_TO = r"(?:面|侧|边)?(?:(?:至|临|起于|起|靠|邻|接|抵|到|为):?|:)"
_REACH = r"[^，、;。:()\n|]{1,30}(?:\([^()\n]{1,16}\))?"
_SIDE = re.compile(rf"(?P<side>[东南西北]){_TO}(?P<reach>{_REACH})")
_BOUNDS = re.compile(rf"[东南西北]{_TO}{_REACH}(?:[，、;。]?\n?(?:及|和)?[东南西北]{_TO}{_REACH}){{2,3}}")
_BESIDE = re.compile(
    r"(?P<reach>[一-鿿\d]{2,16}?(?:路|线|道|街|涌|河|铁路|公路|高速|大道|山|江|院|园|社区|村|厂|岗|站|分界))以(?P<side>[东南西北])(?!部)"
)
_OPPOSITE = {"东": "西", "西": "东", "南": "北", "北": "南"}
_NO_PROJECT = re.compile(
    r"^(?:为(?:了)?公共利益|由政府组织|根据|在土地利用|国民经济|法律规定|概况|情况)|需要用地的?$"
)


def read_project(sheet: Sheet, titles: tuple[str, ...]) -> Found[str] | None:
    """The labelled name; else the batch that the text or title names; else the renewal project of the title."""
    labelled = value_of(sheet, _PROJECT)
    if labelled and len(labelled.value) <= 150 and not _NO_PROJECT.search(labelled.value):
        return Found(prose(labelled.value), labelled.start, labelled.end)
    batch = _LEAD_BATCH.search(sheet.text)
    if batch:
        name = re.sub(
            r"^.*(?:关于|审批|审核|申请|上报|请示|编制了?|同意|批准|征收为|将|就|与|实施)", "", batch["name"]
        )
        return Found(prose(name), batch.end("name") - len(name), batch.end("name"))
    purpose = read_purpose(sheet)
    if purpose:
        plain = re.sub(r"^(?:拟|因|为|用于|征收为|作为|建设)+", "", purpose.value)
        if re.search(
            r"(?:项目|工程|批次[一-鿿]{0,6}用地|建设用地)(?:建设)?$", plain
        ) and not _NO_PROJECT.search(plain):
            return Found(plain, purpose.end - len(plain), purpose.end)
    for place in (*_title_spans(sheet, titles), (0, min(len(sheet.text), 1500))):
        named = _RENEWAL_PROJECT.search(sheet.text, *place)
        if named:
            name = re.sub(r"^.*(?:关于|公布|开展|审议|推进|实施|印发|的)|^(?:因|为)", "", named["name"])
            if len(name) < 5:
                continue
            # A title may leave out the word: 茅岗南片城中村改造 is 茅岗南片城中村改造项目 in the text.
            whole = (
                re.search(rf"{re.escape(name)}(?:项目|工程)", sheet.text)
                if not name.endswith(("项目", "工程"))
                else None
            )
            if whole:
                return Found(prose(whole[0]), whole.start(), whole.end())
            return Found(prose(name), named.end("name") - len(name), named.end("name"))
    needed = re.search(r"因(?P<name>[^。，;\n]{4,60}?(?:项目|工程))(?:建设)?(?:的)?需要", sheet.text)
    if needed:
        return Found(prose(needed["name"]), needed.start("name"), needed.end("name"))
    return None


def _title_spans(sheet: Sheet, titles: tuple[str, ...]) -> list[tuple[int, int]]:
    spans = []
    for title in titles:
        folded = title.replace("（", "(").replace("）", ")")
        at = sheet.text.find(folded)
        if at >= 0:
            spans.append((at, at + len(folded)))
    return spans


def read_purpose(sheet: Sheet) -> Found[str] | None:
    found = value_of(sheet, _PURPOSE)
    if found and len(found.value) <= 200:
        return Found(prose(found.value), found.start, found.end)
    return None


def read_location(sheet: Sheet) -> Found[str] | None:
    """The labelled place without its pointer to a map; else the four bounds; else what 位于 says."""
    found = value_of(sheet, _LOCATION)
    if found and re.match(rf"[东南西北]{_TO}", found.value):
        # One bound a line: the label's first line has only one of the four.
        whole = _BOUNDS.match(sheet.text, found.start)
        if whole and "\n" in whole[0]:
            return _bounds_found(sheet, whole)
    if found:
        end = found.end
        value = found.value
        start = found.start
        lead = re.match(r"(?:[^，。;]{0,20}?(?:位于|坐落于|座落于)|为)", value)
        if lead:
            start += lead.end()
            value = value[lead.end() :]
        value = _without_tail(value)
        pointer = re.search(r"\((?:详见|见附|具体|四至|位置详)[^()]*\)", value)
        value = value[: pointer.start()] if pointer else value
        limits = _BOUNDS.search(value)
        if limits and limits.end() < len(value) and value[limits.end()] in "，;":
            value = value[: limits.end()]
        cut = re.search(
            r"属下(?:的)?(?:集体|农)|的?集体(?:农|建|未|土)|，?面积(?:共|约|为|\d)|，?(?:改造|项目|更新|规划|征收|地块)?(?:范围)?(?:总)?(?:用地|占地)?面积",
            value,
        )
        if cut and cut.start() > 1:
            value = value[: cut.start()]
        end = start + len(value)
        if value and not re.match(r"^(?:详见|见附|以|和|及|如下|具体)", value):
            return Found(prose(value), start, end)
    bounds = _BOUNDS.search(sheet.text)
    if bounds:
        return _bounds_found(sheet, bounds)
    situated = _SITUATED.search(sheet.text)
    if situated:
        value = situated["place"]
        cut = re.search(
            r"属下|的?集体|，?面积|，(?:总|用地|占地)|，共|，?\d|的\d|，(?:拟|现|需|属|涉及|土地|规划|改造|由|是)|，全长",
            value,
        )
        if cut:
            value = value[: cut.start()]
        value = _without_tail(value).rstrip("，、的")
        if len(value) >= 2:
            start = situated.start("place")
            return Found(prose(value), start, start + len(value))
    return None


def _without_tail(value: str) -> str:
    while True:
        shorter = _TAIL.sub("", value).rstrip("，。; ")
        if shorter == value:
            return value
        value = shorter


def _bounds_found(sheet: Sheet, bounds: re.Match[str]) -> Found[str]:
    value = bounds[0]
    cut = re.search(r"的(?:\d|地块|集体|土地|范围|区域|用地)|范围内|，?面积", value)
    if cut:
        value = value[: cut.start()]
    return Found(prose(_one_line(value)), bounds.start(), bounds.start() + len(value))


def _one_line(value: str) -> str:
    return re.sub(r"(?<=[，、;。])\n", "", value).replace("\n", "，")


def bounds_of(location: str) -> tuple[tuple[str, str], ...]:
    """东 -> 乌涌 from 东至乌涌; X以东 is the land's western bound. Only what is written, in the order written."""
    folded = location.replace("（", "(").replace("）", ")").replace("：", ":").replace("；", ";")
    found: dict[str, str] = {}
    matches = list(_SIDE.finditer(folded))
    if len(matches) >= 3:
        for match in matches:
            found.setdefault(match["side"], prose(match["reach"]))
    else:
        for match in _BESIDE.finditer(folded):
            reach = re.sub(r"^(?:位于|[、，及和])", "", match["reach"])
            found.setdefault(_OPPOSITE[match["side"]], prose(reach))
    return tuple(found.items())
