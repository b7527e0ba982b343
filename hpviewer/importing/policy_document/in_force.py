"""From when until when: what the last clauses and the cover say, computed only where the text gives both ends of a rule.

有效期5年 from 2022-01-01 ends with 2026-12-31: the last day is the one before the anniversary.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hpviewer.importing.notice.dates import find_dates
from hpviewer.importing.notice.folded_text import fold
from hpviewer.importing.policy_document.labels import first
from hpviewer.importing.policy_document.marks import HAN, number_of
from hpviewer.records.partial_date import PartialDate
from hpviewer.wording import say

_TAKES_EFFECT = re.compile(
    r"(?:之日)?起(?:正式|开始|试)?(?:施行|实施|执行|生效|试行|有效)|(?:正式|开始)?(?:施行|实施|生效)"
)
_FROM_ISSUE = re.compile(
    r"自(?P<event>印发|发布|公布|颁布|发文|下发)之日起(?P<later>[^，。；]{0,8}?后)?(?:正式|开始|试)?(?:施行|实施|执行|生效|有效|试行)"
)
_YEARS = re.compile(
    rf"有效期(?:限)?(?:为|是|:)?(?:自[^，。；]{{0,20}}起)?(?P<count>[{HAN}]{{1,2}}|\d{{1,2}})年"
)
_UNTIL = re.compile(r"有效期(?:限)?(?:截止?)?(?:至|到|止于)|(?:有效|执行)至")
_OWN = re.compile(r"本[\u4e00-\u9fff]{1,8}|施行|实施|执行|生效|印发|发布|公布")
_REPEAL = re.compile(r"《(?P<title>[^》]{2,80})》(?=(?:[（(][^）)]{0,40}[）)])?[^。；]{0,40}?废止)")


@dataclass(frozen=True, slots=True)
class InForce:
    effective: PartialDate | None
    expires: PartialDate | None
    validity: str
    repeals: tuple[str, ...]
    warnings: tuple[str, ...]


def in_force(
    labels: Mapping[str, str],
    sentences_from: Sequence[str],
    issued: PartialDate | None,
    published: PartialDate | None,
) -> InForce:
    """``sentences_from``: texts in the order in which they are believed (last clauses backward, then the cover)."""
    warnings: list[str] = []
    sentences = [
        sentence
        for text in sentences_from
        for sentence in re.split(r"[。；;\n]", fold(text).text)
        if sentence
    ]
    effective = date_in(first(labels, "实施日期", "施行日期", "生效日期"))
    stated = _effective(sentences, issued, published, warnings)
    if effective and stated and effective != stated:
        warnings.append(say("importing_policies.warning.effective_differs", label=effective, text=stated))
    effective = effective or stated
    expires, validity = _expires(sentences, effective, warnings)
    labelled = date_in(first(labels, "失效日期", "废止日期")) or _end_of_range(first(labels, "有效期"))
    if labelled and expires and labelled != expires:
        warnings.append(say("importing_policies.warning.expires_differs", label=labelled, text=expires))
    repeals = dict.fromkeys(
        found["title"] for sentence in sentences if "废止" in sentence for found in _REPEAL.finditer(sentence)
    )
    return InForce(effective, labelled or expires, validity, tuple(repeals), tuple(warnings))


def date_in(text: str) -> PartialDate | None:
    """The only date of a text; None for none or several."""
    dates = find_dates(fold(text).text) if text else []
    return dates[0].date if len(dates) == 1 else None


def _end_of_range(text: str) -> PartialDate | None:
    dates = find_dates(fold(text).text) if text else []
    return dates[1].date if len(dates) == 2 else None


def _effective(
    sentences: Sequence[str], issued: PartialDate | None, published: PartialDate | None, warnings: list[str]
) -> PartialDate | None:
    for sentence in sentences:
        for date in find_dates(sentence):
            before = sentence[: date.start]
            if (
                before.endswith(("自", "从", "于"))
                and _TAKES_EFFECT.match(sentence, date.end)
                and _is_own(before)
            ):
                return date.date
        rule = _FROM_ISSUE.search(sentence)
        if rule and _is_own(sentence[: rule.start()]):
            day = issued if rule["event"] in ("印发", "发文", "下发") else published
            if rule["later"] or day is None or day.exact is None:
                warnings.append(say("importing_policies.warning.from_issue", words=rule[0]))
                return None
            return day
    return None


def _is_own(before: str) -> bool:
    """Not the beginning of another document: 《…》自…起施行."""
    return not before.rstrip("自从于，,").endswith("》") or "本" in before


def _expires(
    sentences: Sequence[str], effective: PartialDate | None, warnings: list[str]
) -> tuple[PartialDate | None, str]:
    found: dict[str, tuple[str, PartialDate | None]] = {}
    for sentence in sentences:
        if "有效" not in sentence or not _OWN.search(sentence):
            continue
        years = _YEARS.search(sentence)
        until = _UNTIL.search(sentence)
        if years:
            found.setdefault(years["count"], (sentence, _after(effective, number_of(years["count"]))))
        elif until:
            dates = [date for date in find_dates(sentence) if date.start == until.end()]
            if dates:
                found.setdefault(str(dates[0].date), (sentence, dates[0].date))
    if len(found) > 1:
        warnings.append(say("importing_policies.warning.several_periods"))
        return None, ""
    for sentence, day in found.values():
        if day is None:
            warnings.append(say("importing_policies.warning.period_without_start"))
        return day, sentence
    return None, ""


def _after(effective: PartialDate | None, years: int) -> PartialDate | None:
    """The last day of so many years from that day on."""
    day = effective.exact if effective else None
    if day is None or not 0 < years <= 50:
        return None
    try:
        anniversary = day.replace(year=day.year + years)
    except ValueError:  # 29 February
        anniversary = dt.date(day.year + years, 3, 1)
    last = anniversary - dt.timedelta(days=1)
    return PartialDate(last.year, last.month, last.day)
