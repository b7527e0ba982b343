"""Figures of the narrative: each number with its unit, what it counts and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from hpviewer.importing.annual_report.plain_text import half_width, simplified
from hpviewer.reports.cell import Number
from hpviewer.reports.figure import COUNTED, Bound, Figure, FigureKind, Span

_UNITS = "个百分点|个工作日|人次|场次|元|条|次|场|期|件|份|篇|宗|个|项|家|人|部|批|册|起|名|例|类|%"  # longest first
_NUMBER = re.compile(
    r"(?:(?P<bound>不少于|不低于|超过|多于|高于|突破|将近|接近|大约|超|逾|近|约)\s*)?"
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(?P<scale>万|亿|千|百)?(?P<more>余|多)?"
    rf"(?P<unit>{_UNITS})?(?P<second>[（(](?:{_UNITS})[)）])?(?P<after>以上|左右)?"
)
_SCALES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_AT_LEAST = frozenset({"不少于", "不低于", "超过", "多于", "高于", "突破", "超", "逾"})
_SENTENCE_END = re.compile(r"[。；;！？!?\n]")
_CLAUSE_END = re.compile(r"[，、,。；;：:！？!?（）()\n]")
_NOT_BEFORE = re.compile(r"[A-Za-z\d.〔\[第/“\"-]$")
_NOT_AFTER = re.compile(r"^(?:年|月|日|号|时|点|周年|楼|栋|[A-Za-z\d]|”)")
_FILLER = re.compile(r"(?:共计|合计|总计|总数|达到|达|已|共|至|为|了|有|约|数量|总量)+$")
_GROWTH = re.compile(
    r"^(?P<what>.*?)(?:分别)?(?P<base>同比|环比|(?:比|较)(?:(?P<year>20\d\d)年(?:度)?|上年|上一年|去年)?(?:同期)?)?"
    r"(?:分别|同期)?(?P<way>增长|增加|上升|提高|提升|多|下降|减少|降低|少)了?$"
)
_OTHER_YEAR = re.compile(r"(20\d\d)年")

_COUNTS = "件宗份个"
_CODES: tuple[tuple[str, re.Pattern[str], frozenset[str]], ...] = tuple(
    (code, re.compile(pattern), frozenset(units))
    for code, pattern, units in (
        ("requests_carried_out", r"结转.{0,4}(?:下(?:一)?年|次年|明年)", _COUNTS),
        ("requests_carried_in", r"(?:上(?:一)?年|去年).{0,4}结转|结转.{0,3}(?:上年|上一年|去年)", _COUNTS),
        ("requests_completed", r"(?:办结|答复).*申请(?:数量|总量)?$|申请.*(?:办结|答复)$", _COUNTS),
        ("requests_new", r"(?:新收|收到|接收|受理).*申请(?:数量|总量)?$", _COUNTS),
        ("requests_handled", r"(?:办理|处理).*申请(?:数量|总量)?$", _COUNTS),
        ("interpretations", r"解读", "份篇件条个"),
        ("documents_abolished", r"(?:废止|失效).*规范性文件|规范性文件.*(?:废止|失效)", _COUNTS),
        ("documents_in_force", r"现行有效.*规范性文件|规范性文件.*现行有效", _COUNTS),
        ("documents_issued", r"规范性文件", _COUNTS),
        ("press_conferences", r"新闻(?:发布|通气)会", ("场", "次", "场次")),
        ("interviews", r"访谈", ("期", "次", "场", "场次", "个")),
        ("visits", r"(?<!贴文)(?<!主页)(?:访问量|浏览量|点击量)", ("次", "人次", "")),
        ("gazettes", r"公报", "期"),
        ("new_media", r"新媒体", "个"),
        ("site_items", r"网站.*信息", "条"),
    )
)


def find_figures(text: str, year: int | None = None) -> tuple[Figure, ...]:
    """All figures in order. Spans count the characters of ``text`` itself; Traditional text is understood.

    Not figures: years, dates, document and telephone numbers, and bare numbers without unit or 万.
    """
    plain = half_width(simplified(text))
    found: list[Figure] = []
    for start, end in _sentences(plain):
        found += _in_sentence(plain, start, end, year)
    return tuple(found)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for mark in _SENTENCE_END.finditer(text):
        if text[start : mark.start()].strip():
            yield start, mark.end()
        start = mark.end()
    if text[start:].strip():
        yield start, len(text)


def _in_sentence(text: str, start: int, end: int, year: int | None) -> list[Figure]:
    found: list[Figure] = []
    begin = start
    while text[begin].isspace():
        begin += 1
    sentence = Span(begin, end)
    last = start
    for match in _NUMBER.finditer(text, start, end):
        if not _is_figure(text, match):
            continue
        subject = _subject(text, last, match.start())
        unit = (match["unit"] or "") + (match["second"] or "")
        place = Span(match.start(), match.end())
        growth = _GROWTH.match(_FILLER.sub("", subject)) if match["bound"] in (None, "近", "约") else None
        if growth is not None and (match["unit"] in ("%", "个百分点") or growth["base"]):
            figure = _growth(growth, match, unit, found, year)
        else:
            figure = _count(text, subject, match, unit, year)
        found.append(_placed(figure, place, sentence))
        last = match.end()
    return found


def _is_figure(text: str, match: re.Match[str]) -> bool:
    before, after = text[: match.start("number")][-1:], text[match.end() : match.end() + 2]
    if _NOT_BEFORE.search(before) or (not match["unit"] and _NOT_AFTER.match(after)):
        return False
    return bool(match["unit"] or match["scale"])


def _subject(text: str, last: int, start: int) -> str:
    """Words of the clause before the number, back to the previous figure of the sentence."""
    clause = _CLAUSE_END.split(text[last:start])
    words = clause[-1].strip()
    if not words and len(clause) > 1 and text[start - 1] in ")）":
        words = clause[-3].strip() if len(clause) > 2 else ""  # 新闻发布会（含专场）51场
    return words


def _count(text: str, subject: str, match: re.Match[str], unit: str, year: int | None) -> Figure:
    core = _FILLER.sub("", subject)
    after = _CLAUSE_END.split(re.split(r"\d", text[match.end() : match.end() + 24])[0])[0].strip()
    code = _code(core, match["unit"] or "") or _code(core + after, match["unit"] or "")
    other = _OTHER_YEAR.search(core)
    about: int | None = None
    if other and int(other[1]) != year:
        about = int(other[1])
    elif (
        year is not None
        and re.match(r"^(?:其中)?(?:上年|去年|上一年)(?:度|同期)?", core)
        and "结转" not in core
    ):
        about = year - 1
    value, step = _value(match)
    label = COUNTED.get(code, "") or _words(core, after) or unit
    return Figure(code, label, value, unit, match.group().strip(), _bound(match), step=step, year=about)


def _words(before: str, after: str) -> str:
    """At most 20 characters that say what is counted; from the end, where Chinese puts the noun."""
    before = re.sub(r"^(?:[一二三四五六七八九十]是|其中|并|还|也|累计|全年|全区)+", "", before)
    return (f"{before}{after}" if len(before) < 6 else before)[-20:]


def _growth(
    growth: re.Match[str], match: re.Match[str], unit: str, before: Sequence[Figure], year: int | None
) -> Figure:
    value, step = _value(match)
    if growth["way"] in ("下降", "减少", "降低", "少"):
        value = -value
    percent = match["unit"] == "%"
    units = {part for part in re.split(r"[（()）]", unit) if part}
    own = _code(growth["what"], "件") or _code(growth["what"], "次") or _code(growth["what"], "条")
    counts = _directly_before(before)
    if own:
        of: tuple[str, ...] = (own,)
    elif match["unit"] == "个百分点":
        of = ()
    elif percent:
        of = (counts[-1].counts,) if counts else ()
    else:
        together: list[Figure] = []
        for figure in reversed(counts):
            if figure.unit not in units:
                break
            together.insert(0, figure)
        of = tuple(figure.counts for figure in together)
    if not all(of):
        of = ()  # it grows from something that has no name here: shown, not checked
    named = "、".join(COUNTED[code] for code in of)
    kind = FigureKind.GROWTH_PERCENT if match["unit"] in ("%", "个百分点") else FigureKind.GROWTH_AMOUNT
    label = f"{named or growth['what']}{growth['way']}"
    base = int(growth["year"]) if growth["year"] else None
    return Figure("", label, value, unit, match.group().strip(), _bound(match), kind, step, of, base)


def _directly_before(found: Sequence[Figure]) -> list[Figure]:
    """The counts of the sentence after its last growth."""
    counts: list[Figure] = []
    for figure in found:
        counts = [*counts, figure] if figure.kind is FigureKind.COUNT else []
    return counts


def _placed(figure: Figure, place: Span, sentence: Span) -> Figure:
    return Figure(
        figure.counts, figure.label, figure.value, figure.unit, figure.written, figure.bound, figure.kind,
        figure.step, figure.of, figure.year, place, sentence,
    )  # fmt: skip


def _value(match: re.Match[str]) -> tuple[Number, Number]:
    """The number, and the size of its last digit."""
    digits = match["number"].replace(",", "")
    scale = _SCALES[match["scale"]] if match["scale"] else 1
    decimals = len(digits.partition(".")[2])
    step = Decimal(scale) / (10**decimals)
    if match["more"]:
        zeros = len(digits) - len(digits.rstrip("0")) if not decimals else 0
        step *= 10**zeros
    return _number(Decimal(digits) * scale), _number(step)


def _number(value: Decimal) -> Number:
    return int(value) if value == value.to_integral_value() else value


def _bound(match: re.Match[str]) -> Bound:
    word = match["bound"]
    if word in _AT_LEAST or match["more"] or match["after"] == "以上":
        return Bound.AT_LEAST
    if word in ("近", "将近", "接近"):
        return Bound.UP_TO
    return Bound.ABOUT if word or match["after"] else Bound.EXACT


def _code(words: str, unit: str) -> str:
    return next((code for code, pattern, units in _CODES if unit in units and pattern.search(words)), "")
