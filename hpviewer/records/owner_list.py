"""One list of owners -> each owner: prefixes and suffixes that the list shares are given back to every item.

汤村村大迳、荔枝坑、盘一经济合作社 names three co-operatives of 汤村村; 文冲第十八、第十九股份经济合作社 two of 文冲.
Provinces, districts and towns in front of an owner are no part of its name (they go to the places).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

SUFFIX = re.compile(
    r"(?:股份)?(?:合作)?经济(?:股份)?(?:联合总?社|合作联社|合作联合社|合作社|联社|社)|股份合作(?:经济)?(?:联合社|联社|社)|(?:合作)?联合总?社|(?:村民|居民)委员会|村委会|居委会|村民小组|(?:农工商|发展|实业|投资)?(?:联合)?(?:总)?公司|生产队|联社|合作社"
)
_TOWN = re.compile(
    r"(?:(?:你|我)(?:市|区|县|州))?(?:广东省)?(?:广州市|[一-鿿]{2,3}市(?=[一-鿿]{2,4}[区县镇]))?(?:广州)?(?:经济技术开发区|开发区|高新区|中新广州知识城|知识城)?(?:\([^()]{2,8}\))?"
    r"(?:(?:黄埔|萝岗|白云|增城|天河|番禺|花都|南沙|从化|荔湾|越秀|海珠|原?萝岗)(?:区|市)|[一-鿿]{2,3}区(?=[一-鿿]{2,4}(?:街道|镇|街)))?(?:\([^()]{2,10}\))?"
    r"(?:(?:黄埔|红山|鱼珠|大沙|文冲|穗东|南岗|长洲|夏港|萝岗|云埔|联和|永和|长岭|九佛|龙湖|东区|荔联|新龙|九龙|钟落潭|中新|新塘|镇龙|笔村|大观|凤凰|龙洞|长兴|[一-鿿]{2,3})(?:街道办事处|街道办|街道|镇|街))?"
)
_VILLAGE = re.compile(
    r"^(?P<village>.+?(?:村村|社区|村(?!村|民|委)))(?P<rest>|[一二三四五六七八九十\d]|(?:.{2,}))$"
)
"""A rest of one character is part of the name (新村口) and no unit of 新村, unless it is a number."""
_ORDINAL = re.compile(
    r"^(?P<base>.*?)(?P<rest>第[一二三四五六七八九十百零〇\d]{1,4}|[一二三四五六七八九十]{1,3})$"
)
_BARE_ORDINAL = re.compile(r"^(?:第?[一二三四五六七八九十百零〇\d]{1,4})$")
_JOIN = re.compile(
    r"(?<=[社村会组队区司\d一二三四五六七八九十])(?:和|及|与|以及)(?!其|苑|平|田|兴|顺)(?=[一-鿿]{2})"
)
_TAIL = re.compile(
    r"(?:属下|所属|下属|所有|名下|范围内|农民|等(?:\d+|[一二三四五六七八九十]+)?(?:个|家)?(?:单位|村|经济合作社|股份经济合作社|农村集体经济组织|集体经济组织|社)?|集体|的|共|土地)+$"
)
_WORDS = re.compile(
    r"[，。:;]|公顷|位于|征收|征用|项目|公告|批复|规定|办理|土地|用地|方案|补偿|面积|名单|其中|涉及|合计|详见|附图|电话|期限|情况|人民政府|分局|街道办|上述|有关|各村|该村|本村|你[村社]|\d{3}"
)


@dataclass(frozen=True, slots=True)
class Owner:
    """``name`` without its town; ``town`` as written (黄埔区九龙镇); ``village`` as far as the name shows it."""

    name: str
    town: str
    village: str


def looks_like_owners(text: str) -> bool:
    return bool(SUFFIX.search(text) or re.search(r"[一-鿿]{1,5}(?:村|社区)(?:[、，和及]|$|属|集)", text))


def expand(text: str) -> list[Owner]:
    """Owners in the order written, each once. Whatever is plainly no owner is left out."""
    tokens = _tokens(text)
    found: dict[str, Owner] = {}
    state = _State()
    pending: list[tuple[str, str]] = []
    for raw in tokens:
        town, token = split_town(raw)
        suffix = _suffix(token)
        if suffix is None:
            if re.search(r"(?:村|社区|厂|学校|场|所)$", token) and not pending and not _shares(tokens, raw):
                state.enter(town)
                _add(found, _village_owner(token, state))
                continue
            pending.append((town, token))
            continue
        stem = token[: suffix.start()]
        for other_town, other in pending:
            state.enter(other_town)
            _add(found, state.owner(other, suffix[0]))
        pending = []
        state.enter(town)
        _add(found, state.owner(stem, suffix[0] + token[suffix.end() :]))
    for town, token in pending:
        state.enter(town)
        if re.search(r"(?:村|社区|厂|学校|场|所|队)$", token):
            _add(found, _village_owner(token, state))
    return list(found.values())


def _add(found: dict[str, Owner], owner: Owner | None) -> None:
    if owner is not None:
        found.setdefault(owner.name, owner)


def _village_owner(token: str, state: _State) -> Owner | None:
    if _WORDS.search(token) or not 2 <= len(token) <= 24:
        return None
    state.village = token
    state.base = ""
    return Owner(token, state.town, token)


def _tokens(text: str) -> list[str]:
    text = re.sub(r"\n", "", text)
    text = _JOIN.sub("、", text)
    pieces: list[str] = []
    depth, start = 0, 0
    for at, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if depth <= 0 and char in "、，;":
            pieces.append(text[start:at])
            start = at + 1
    pieces.append(text[start:])
    cleaned = []
    for piece in pieces:
        piece = re.sub(r"\((?!萝岗|黄埔|中新|原)[^()]*\)$", "", piece.strip(" 。:"))
        piece = _TAIL.sub("", piece)
        piece = re.sub(r"^(?:以及|及|和|与|即|的|为|包括)(?=[一-鿿]{2})(?!苑|平村)", "", piece)
        if piece:
            cleaned.append(piece)
    return cleaned


def _suffix(token: str) -> re.Match[str] | None:
    """The suffix that ends the token; 及其属下… may follow it."""
    last = None
    for match in SUFFIX.finditer(token):
        last = match
    if last is None:
        return None
    rest = token[last.end() :]
    first = next(SUFFIX.finditer(token))
    if first.start() != last.start() and re.match(r"及其|及属下|及下属", token[first.end() :]):
        return first
    return last if not rest or re.match(r"及其|\(", rest) else None


def _shares(tokens: list[str], raw: str) -> bool:
    """Whether a bare village waits for the suffix of a later item: 大涵村、汤村村经济联合社."""
    after = tokens[tokens.index(raw) + 1 :]
    for token in after:
        _, plain = split_town(token)
        suffix = _suffix(plain)
        if suffix is None:
            continue
        return bool(re.search(r"(?:村|社区)$", plain[: suffix.start()])) and "联" in suffix[0]
    return False


def split_town(token: str) -> tuple[str, str]:
    """('广州市黄埔区龙湖街道', '何棠下村…'). A token that is a town alone keeps it as its name."""
    match = _TOWN.match(token)
    if not match or not match[0]:
        return "", token
    town, rest = match[0], token[match.end() :]
    if not rest or re.match(r"^(?:村|社区|居|办|经济|股份|第)", rest):
        # 镇龙村: what looks like a town is the village's own name; 永和街第一… keeps its own too.
        district = re.match(r".*(?:区|市|省)(?:\([^()]*\))?", town)
        if district and district[0] != town:
            return district[0], token[len(district[0]) :]
        return "", token
    return town, rest


class _State:
    """The village and base that later items of the list may leave out."""

    def __init__(self) -> None:
        self.town = ""
        self.village = ""
        self.base = ""
        self.counted = False

    def enter(self, town: str) -> None:
        if town and town != self.town:
            if re.search(r"(?:街道|街|镇)", town):
                self.village = self.base = ""
            self.town = town

    def owner(self, stem: str, suffix: str) -> Owner | None:
        if _WORDS.search(stem) or len(stem) > 30:
            return None
        if not stem:
            return Owner(self.village + suffix, self.town, self.village) if self.village else None
        if _BARE_ORDINAL.match(stem):
            prefix = self.base or self.village
            if self.counted and stem[0] != "第":
                stem = "第" + stem  # 第一、二、三经济合作社
            self.counted = stem[0] == "第"
            if not prefix:
                return None
            return Owner(prefix + stem + suffix, self.town, self.village or prefix)
        village = _VILLAGE.match(stem)
        if village and not village["rest"].startswith("民小组"):
            self.village = village["village"]
            inner = SUFFIX.match(village["rest"])
            if inner and village["rest"][inner.end() :]:
                self.village += inner[0]
            rest = village["rest"]
            ordinal = _ORDINAL.match(rest) if rest else None
            self.base = self.village + (ordinal["base"] if ordinal else "")
            self.counted = bool(ordinal and ordinal["rest"][0] == "第")
            return Owner(stem + suffix, self.town, village["village"])
        if village:
            self.village = village["village"]
            self.base = self.village
            return Owner(stem + suffix, self.town, self.village)
        ordinal = _ORDINAL.match(stem)
        own_village = "联" in suffix or suffix.endswith(("委员会", "委会"))
        shared = self.village if self.village.endswith(("村", "社区", "社")) and not own_village else ""
        self.counted = bool(ordinal and ordinal["rest"][0] == "第")
        if ordinal and ordinal["base"]:
            self.base = shared + ordinal["base"]
            return Owner(shared + stem + suffix, self.town, self.village if shared else ordinal["base"])
        if shared:
            self.base = shared
            return Owner(shared + stem + suffix, self.town, self.village)
        if re.search(r"委员会|村委会|居委会", suffix):
            self.village = stem + ("村" if "村" in suffix and not stem.endswith("村") else "")
            self.base = stem
            return Owner(stem + suffix, self.town, self.village)
        self.village = ""
        self.base = stem
        return Owner(stem + suffix, self.town, stem)
