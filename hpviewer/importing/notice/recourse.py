"""Whom to ask and where to object: contacts, telephone numbers, where to claim, review and suit."""

from __future__ import annotations

import re

from hpviewer.importing.notice.labels import MARK
from hpviewer.importing.notice.sheet import Found, Sheet, prose

_CONTACT = re.compile(
    r"(?:联系人(?:员)?|经办人|联系部门|联络人)[:|\n]?(?P<names>[一-鿿]{1,24}(?:(?:、|，|/|和)(?!联系|电话|地址)[一-鿿]{2,8})*)"
)
_PHONE_LABEL = re.compile(
    r"(?:联系|咨询|监督|举报|投诉|办公|服务)?(?:电话|热线|传真|方式)(?:号码)?(?:\([^()]{1,10}\))?[:|\n为]?"
)
_PHONE = re.compile(
    r"(?<!\d)(?:\(?0\d{2,3}\)?[- ]?)?\d{7,8}(?:[-转]\d{1,5})?(?!\d)|(?<!\d)1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)|(?<!\d)12345(?!\d)"
)
_CLAIM_PLACE = re.compile(
    r"(?:补偿)?(?:登记|办理|受理|咨询|联系|办公)(?:地点|地址)[:|\n为]{1,2}(?P<place>[一-鿿\d][^。;|\n]{3,60})"
)
_REVIEW = re.compile(r"行政复议|行政诉讼|提起诉讼|申请复议|人民法院")


def read_contacts(sheet: Sheet) -> list[Found[str]]:
    found: list[Found[str]] = []
    seen: set[str] = set()
    for match in _CONTACT.finditer(sheet.text):
        names = re.split(r"(?:联系)?(?:电话|方式|地址|邮编)", match["names"])[0].rstrip("，、和联")
        if names and names not in seen and names not in ("及电话", "及联系电话", "和电话"):
            seen.add(names)
            found.append(Found(prose(names), match.start("names"), match.start("names") + len(names)))
    return found


def read_phones(sheet: Sheet) -> list[Found[str]]:
    """Numbers behind a label that asks for them; digits elsewhere (codes, post codes) are none."""
    found: list[Found[str]] = []
    seen: set[str] = set()
    for label in _PHONE_LABEL.finditer(sheet.text):
        at = label.end()
        while True:
            phone = _PHONE.match(sheet.text, at)
            if not phone:
                name = re.match(r"[一-鿿]{2,8}(?:\([^()]{1,8}\))?[:，]?(?=\(?\d)", sheet.text[at : at + 20])
                if name:
                    phone = _PHONE.match(sheet.text, at + name.end())
                if not phone:
                    break
            if phone[0] not in seen:
                seen.add(phone[0])
                found.append(Found(phone[0], phone.start(), phone.end()))
            link = re.match(
                r"[、，/;或 ]|(?:\([^()]{1,8}\))[、，]?", sheet.text[phone.end() : phone.end() + 14]
            )
            if not link:
                break
            at = phone.end() + link.end()
    return found


def read_claim_places(sheet: Sheet) -> list[Found[str]]:
    """Where to claim or to ask, behind a label that says so."""
    found: dict[str, Found[str]] = {}
    for match in _CLAIM_PLACE.finditer(sheet.text):
        place = re.split(r"[，,](?=(?:联系|咨询|办公)?(?:人|电话|方式))", match["place"])[0].rstrip("，、 ")
        start = match.start("place")
        found.setdefault(place, Found(prose(place), start, start + len(place)))
    return list(found.values())


def read_review(sheet: Sheet) -> Found[str] | None:
    """The first sentence that says where and until when one may ask for review or sue."""
    match = _REVIEW.search(sheet.text)
    while match:
        line = sheet.line_at(match.start())
        if line is None:
            return None
        start = max(sheet.text.rfind("。", line.start, match.start()) + 1, line.start)
        end = sheet.text.find("。", match.end(), line.end)
        end = end + 1 if end >= 0 else line.end
        mark = re.match(MARK, sheet.text[start:end])
        start += mark.end() if mark else 0
        sentence = sheet.text[start:end]
        if len(sentence) >= 14 and re.search(r"可以?|有权|向|渠道|之日起", sentence):
            return Found(prose(sentence), start, end)
        match = _REVIEW.search(sheet.text, line.end)
    return None
