"""Personal numbers in a text: resident ID numbers, mobile numbers, bank cards and accounts. Found, and masked.

A notice may print an office's mobile number on purpose, so a finding is a question to a person and nothing is masked
unless it is asked for. Landlines, document numbers, codes of parcels and projects, page ids, numbers in web
addresses other than ID numbers, decimals and unified social credit codes are no findings.

Sources: GB 11643-1999 (18 digits with check digit; 15 digits before), GB 32100-2015 (social credit codes, to leave them
out), ISO/IEC 7812-1 (Luhn digit and first digits of cards).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class PersonalKind(StrEnum):
    ID_NUMBER = "id_number"
    MOBILE = "mobile"
    BANK_ACCOUNT = "bank_account"


@dataclass(frozen=True, slots=True)
class PersonalNumber:
    """``text[start:end] == written``; ``masked`` is as long as ``written``, so that positions stay what they are."""

    kind: PersonalKind
    start: int
    end: int
    written: str
    masked: str


_Span = tuple[PersonalKind | None, int, int]
"""None for what is no personal number and is left alone."""


def find_personal(text: str) -> tuple[PersonalNumber, ...]:
    """All findings, left to right; they do not overlap. Full-width digits, blanks and hyphens inside count as well."""
    if not may_hold_personal(text):
        return ()
    plain = text.translate(_PLAIN)
    taken = [False] * len(text)
    found = []
    # who comes first keeps its place; an ID number proves itself by its date and check digit, also inside an address
    spans = (*_ids(plain), *_addresses(plain), *_project_codes(plain), *_labelled_accounts(plain))
    for kind, start, end in (*spans, *_mobiles(plain), *_cards(plain)):
        if any(taken[start:end]):
            continue
        taken[start:end] = [True] * (end - start)
        if kind is not None:
            found.append(PersonalNumber(kind, start, end, text[start:end], _masked(kind, text[start:end])))
    return tuple(sorted(found, key=lambda one: one.start))


def mask_personal(text: str) -> str:
    """The text with every finding masked, of the same length; find_personal finds nothing in it."""
    while found := find_personal(text):
        parts, at = [], 0
        for one in found:
            parts += [text[at : one.start], one.masked]
            at = one.end
        text = "".join((*parts, text[at:]))
    return text


def may_hold_personal(text: str) -> bool:
    """False for nearly every text without a finding, at a hundredth of the cost: ledgers have 100,000 rows."""
    return _MAYBE.search(text) is not None


# -- how numbers are written -----------------------------------------------------------------------------

_HYPHENS = "‐‑‒–—―−－﹣"
_BLANKS = "\u00a0\u2002\u2003\u2005\u2009\u202f\u3000\u200b\u200c\u200d\u2060\ufeff"
_PLAIN = str.maketrans(
    {
        **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
        **dict.fromkeys(_HYPHENS, "-"),
        **dict.fromkeys(_BLANKS, " "),
        **dict.fromkeys("ＸｘxΧХ", "X"),
        "．": ".",
        "＋": "+",
        "：": ":",
        "（": "(",
        "）": ")",
    }
)
"""One character for one: positions stay."""
DIGITS = "0123456789０１２３４５６７８９"
BETWEEN_DIGITS = f" -{_HYPHENS}{_BLANKS}()（）"
"""Signs that may stand between the digits of one number, two of them at most."""
LEAST_DIGITS = 9
_MAYBE = re.compile(rf"[{DIGITS}](?:[{re.escape(BETWEEN_DIGITS)}]{{0,2}}[{DIGITS}]){{{LEAST_DIGITS - 1}}}")
_SEP = r"[ \-]{0,2}"
_BEFORE = r"(?<![0-9_*])(?<![0-9]\.)(?<![A-WYZa-z])"
_AFTER = r"(?![0-9A-Za-z_*]|\.[0-9])"
_KEEP_SHORT = {PersonalKind.ID_NUMBER: (3, 4), PersonalKind.MOBILE: (3, 4), PersonalKind.BANK_ACCOUNT: (0, 4)}
"""Characters left at both ends. Of an ID number three and four: with the usual six in front, the birthday alone would
be missing, and the check digit leaves about 3,000 of these."""


def _masked(kind: PersonalKind, written: str) -> str:
    """Stars in place of the digits between the ends; blanks and hyphens stay. A country code is not masked."""
    digits = [at for at, char in enumerate(written) if char.translate(_PLAIN) in "0123456789X"]
    if kind is PersonalKind.MOBILE:
        digits = digits[-11:]
    first, last = _KEEP_SHORT[kind]
    if len(digits) == 15 and kind is PersonalKind.ID_NUMBER:
        last = 3  # the fourth last digit of an old number is part of the birthday
    starred = set(digits[first : len(digits) - last])
    return "".join("*" if at in starred else char for at, char in enumerate(written))


# -- what is left out ------------------------------------------------------------------------------------

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s\u3000-\u9fff]+", re.IGNORECASE)
_PROJECT_CODE = re.compile(r"(?<![0-9])[12][0-9]{3}-[0-9]{6}(?:-[0-9]{1,6})*")
"""2018-440112-70-03-816123: the code of the investment register (在线审批监管平台)."""


def _addresses(plain: str) -> Iterator[_Span]:
    for found in _ADDRESS.finditer(plain):
        yield None, *found.span()


def _project_codes(plain: str) -> Iterator[_Span]:
    for found in _PROJECT_CODE.finditer(plain):
        yield None, *found.span()


_OTHER_CODE = re.compile(
    r"(?:信用代码|机构代码|识别号|项目代码|宗地代码|宗地编号|地块编号|单元号|单元代码|编号|编码|代码|注册号|登记号|登记证号|证书号|"
    r"许可证号|执照号|备案号|流水号|受理号|合同号|文号|批次号)(?:[ :为是()\"“]|号码?){0,6}$"
)
"""Words right before a number that say that it is another code."""


def _is_other_code(plain: str, start: int) -> bool:
    return _OTHER_CODE.search(plain, max(0, start - 20), start) is not None


# -- resident ID numbers ---------------------------------------------------------------------------------

_ID_18 = re.compile(rf"{_BEFORE}(?=([1-9](?:{_SEP}[0-9]){{16}}{_SEP}[0-9X]){_AFTER})")
_ID_15 = re.compile(rf"{_BEFORE}(?=([1-9][0-9]{{5}}{_SEP}[0-9]{{6}}{_SEP}[0-9]{{3}}){_AFTER})")
_ID_WORD = re.compile(r"(?:身份证(?:件)?|公民身份|居民身份|身份号|证件)(?:号码?|编号|证号|[ :为是()]){0,6}$")
_PROVINCES = frozenset(
    map(
        str,
        (
            *range(11, 16),
            *range(21, 24),
            *range(31, 38),
            *range(41, 47),
            *range(50, 55),
            *range(61, 66),
            71,
            81,
            82,
            83,
        ),
    )
)
"""GB/T 2260; 9 at the start is a permanent resident from abroad."""
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_MONTH_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _ids(plain: str) -> Iterator[_Span]:
    for found in _ID_18.finditer(plain):
        start, end = found.span(1)
        digits = _digits(found[1])
        born = _is_day(digits[10:12], digits[12:14]) and digits[6:8] in ("19", "20") and digits[6:10] < "2050"
        if not born or not (digits[:2] in _PROVINCES or digits[0] == "9"):
            continue
        # a wrong check digit under the word is a slip of the pen: the number still tells who it is
        if id_check_digit(digits) == digits[17] or _follows(_ID_WORD, plain, start):
            yield PersonalKind.ID_NUMBER, start, end
    for found in _ID_15.finditer(plain):
        start, end = found.span(1)
        digits = _digits(found[1])
        named = _follows(_ID_WORD, plain, start)
        if digits[:2] not in _PROVINCES or not _is_day(digits[8:10], digits[10:12]):
            continue
        # given out until 1999; a birthday before 1910 is more likely another 15-digit register number
        if named or (digits[6] != "0" and not _is_other_code(plain, start)):
            yield PersonalKind.ID_NUMBER, start, end


def id_check_digit(number: str) -> str:
    """The eighteenth character that belongs to the first seventeen digits (ISO 7064, MOD 11-2)."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False)) % 11]


def _is_day(month: str, day: str) -> bool:
    return "01" <= month <= "12" and 1 <= int(day) <= _MONTH_DAYS[int(month) - 1]


# -- mobile numbers --------------------------------------------------------------------------------------

_LABEL = r"(?:(?<=tel)|(?<=TEL)|(?<=Tel)|(?<=phone)|(?<=Phone)|(?<=mobile)|(?<=Mobile)|(?<=MOBILE))"
_MOBILE = re.compile(
    rf"(?:{_BEFORE}|{_LABEL})(?=((?:(?:\((?:\+|00)?86\)|(?:\+|00)?86){_SEP})?"
    r"(?:1[3-9][0-9]{9}"
    r"|1[3-9][0-9][ \-]{1,2}[0-9]{4}[ \-]{1,2}[0-9]{4}"
    r"|1[3-9][0-9][ \-]{1,2}[0-9]{8}"
    r"|1[3-9][0-9][ \-]{1,2}[0-9]{3}[ \-]{1,2}[0-9]{5}"
    r"|1[3-9][0-9]{2}[ \-]{1,2}[0-9]{3}[ \-]{1,2}[0-9]{4}"
    r"|1[3-9][0-9]{2}[ \-]{1,2}[0-9]{4}[ \-]{1,2}[0-9]{3}"
    r"|1[3-9][0-9]{5}[ \-]{1,2}[0-9]{4}))(?![0-9A-Za-z_*]|\.[0-9]| ?(?:元|万元|亿元|平方米|亩|公顷|㎡)))"
)

_TWO_YEARS = re.compile(r" (?:19|20)[0-9]{2} {1,2}(?:19|20)[0-9]{2}$")
"""136 2020 2021 is a line of a table."""


def _mobiles(plain: str) -> Iterator[_Span]:
    for found in _MOBILE.finditer(plain):
        start, end = found.span(1)
        whole = found[1][-11:].isdigit()
        inside = re.search(r"[0-9]-$", plain[max(0, start - 2) : start]) or re.match(r"-[0-9]", plain[end:])
        if (inside and not whole) or _is_other_code(plain, start):
            continue  # groups of a longer number with hyphens
        if _TWO_YEARS.search(found[1]):
            continue
        yield PersonalKind.MOBILE, start, end


# -- bank cards and accounts -----------------------------------------------------------------------------

_ACCOUNT_WORD = re.compile(
    r"(?:(?:账号|帐号|账户|帐户|卡号|银行卡|存折)(?:号码?|[ :为是()/、\"“]|尾号){0,6}"
    r"|开户[^0-9\n。;；,，电传日时手联]{0,30})$"
)
_LANDLINE = re.compile(r"\(?0[0-9]{2,3}\)?[ \-]{0,2}[0-9]{7,8}(?:[ \-][0-9]{1,6})?")
_ACCOUNT = re.compile(
    rf"{_BEFORE}([0-9]{{9,25}}|[0-9]{{3,6}}(?:[ \-][0-9]{{3,6}}){{1,7}}(?:[ \-][0-9]{{1,2}})?){_AFTER}"
)
_CARD = re.compile(
    rf"{_BEFORE}(?=([0-9]{{16,19}}|[0-9]{{4}}(?:[ \-]{{1,2}}[0-9]{{4}}){{3}}(?:[ \-]{{1,2}}[0-9]{{1,3}})?"
    rf"|[0-9]{{6}}[ \-]{{1,2}}[0-9]{{10,13}}){_AFTER})"
)
_CREDIT_CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def _labelled_accounts(plain: str) -> Iterator[_Span]:
    """A number of 9 to 25 digits right after a word such as 账号. A mobile number there stays a mobile number."""
    for found in _ACCOUNT.finditer(plain):
        start, end = found.span(1)
        digits = _digits(found[1])
        if not 9 <= len(digits) <= 25 or not _follows(_ACCOUNT_WORD, plain, start):
            continue
        if _LANDLINE.fullmatch(found[1]) or (len(digits) == 11 and re.match("1[3-9]", digits)):
            continue
        yield PersonalKind.BANK_ACCOUNT, start, end


def _cards(plain: str) -> Iterator[_Span]:
    for found in _CARD.finditer(plain):
        start, end = found.span(1)
        digits = _digits(found[1])
        if not _may_be_card(digits) or not has_luhn_digit(digits) or _is_other_code(plain, start):
            continue
        if re.search(r"[0-9]-$", plain[max(0, start - 2) : start]) or re.match(r"-[0-9]", plain[end:]):
            continue  # part of a longer number with hyphens
        yield PersonalKind.BANK_ACCOUNT, start, end


def _may_be_card(digits: str) -> bool:
    """Cards begin with 3 to 9, or with 2221 to 2720. What begins with the district's code and has more than the 16
    digits of such a card is a parcel; a social credit code of digits alone has a check digit of its own."""
    issued = digits[0] in "3456789" or "2221" <= digits[:4] <= "2720"
    parcel = len(digits) > 16 and digits.startswith("4401")
    return issued and not parcel and not (len(digits) == 18 and _is_credit_code(digits))


def has_luhn_digit(digits: str) -> bool:
    """Whether the last digit is the check digit of the others."""
    doubled = (int(char) * (1 + at % 2) for at, char in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _is_credit_code(digits: str) -> bool:
    total = sum(_CREDIT_CODE.index(char) * pow(3, at, 31) for at, char in enumerate(digits[:17]))
    return digits[0] in "159" and _CREDIT_CODE[-total % 31] == digits[17]


# -- inside ----------------------------------------------------------------------------------------------


def _digits(written: str) -> str:
    return re.sub(r"[^0-9X]", "", written)


def _follows(words: re.Pattern[str], plain: str, start: int) -> bool:
    return words.search(plain, max(0, start - 40), start) is not None
