"""Personal numbers: found however they are written, masked in place, and not seen where there are none."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hpviewer.records.column import Column
from hpviewer.records.kind import Kind
from hpviewer.records.personal_data import (
    PersonalKind,
    find_personal,
    has_luhn_digit,
    id_check_digit,
    mask_personal,
    may_hold_personal,
)
from hpviewer.records.personal_fields import masked_record, personal_in, personal_in_all
from hpviewer.records.personal_scan import may_hold_personal_somewhere
from hpviewer.records.record import LandClass, Record

ID, MOBILE, ACCOUNT = PersonalKind.ID_NUMBER, PersonalKind.MOBILE, PersonalKind.BANK_ACCOUNT
PERSON = "440112199001011232"
CARD = "6222021234567890128"


def kinds(text: str) -> list[PersonalKind]:
    return [one.kind for one in find_personal(text)]


@pytest.mark.parametrize(
    ("text", "kind", "masked"),
    [
        (f"张三，身份证号：{PERSON}。", ID, "440***********1232"),
        ("44011219900101103X", ID, "440***********103X"),
        ("44011219900101103x号", ID, "440***********103x"),
        ("440112 19900101 1232", ID, "440*** ******** 1232"),
        ("440112-19900101-1232", ID, "440***-********-1232"),
        ("４４０１１２１９９００１０１１２３２", ID, "４４０***********１２３２"),
        (f"http://a.cn/{PERSON}.pdf", ID, "440***********1232"),
        ("旧证440112900101123", ID, "440*********123"),
        ("身份证号码440112199001011230", ID, "440***********1230"),  # a slip in the check digit
        ("陈工13812345678", MOBILE, "138****5678"),
        ("１３８１２３４５６７８", MOBILE, "１３８****５６７８"),
        ("手机：138 1234 5678", MOBILE, "138 **** 5678"),
        ("138-1234-5678", MOBILE, "138-****-5678"),
        ("138－1234－5678", MOBILE, "138－****－5678"),
        ("1381 234 5678", MOBILE, "138* *** 5678"),
        ("+86 13812345678", MOBILE, "+86 138****5678"),
        ("+86-138-1234-5678", MOBILE, "+86-138-****-5678"),
        ("（+86）13812345678", MOBILE, "（+86）138****5678"),
        ("008613812345678", MOBILE, "0086138****5678"),
        ("Tel13812345678", MOBILE, "138****5678"),
        ("13812345678@139.com", MOBILE, "138****5678"),
        ("帐号 13812345678", MOBILE, "138****5678"),
        (f"转入{CARD}", ACCOUNT, "***************0128"),
        ("6222 0212 3456 7890 128", ACCOUNT, "**** **** **** ***0 128"),
        ("622202 1234567890128", ACCOUNT, "****** *********0128"),
        ("账号：44050158010100000123", ACCOUNT, "****************0123"),
        ("银行账户为720557751234", ACCOUNT, "********1234"),
        ("开户行：工行黄埔支行 3602 0123 0920 0456 789", ACCOUNT, "**** **** **** ***6 789"),
        ("卡号/123456789", ACCOUNT, "*****6789"),
    ],
)
def test_numbers_as_people_write_them(text: str, kind: PersonalKind, masked: str) -> None:
    (found,) = find_personal(text)
    assert (found.kind, found.masked) == (kind, masked)
    assert text[found.start : found.end] == found.written
    assert mask_personal(text) == text.replace(found.written, masked)


@pytest.mark.parametrize(
    "text",
    [
        "穗埔府征〔2023〕33号，粤府土审（02）〔2025〕175号",
        "2018-440112-70-03-816123",
        "项目代码2109-440112-04-01-123456",
        "2018-440112-70-03-81612345678",
        "post_9420952 post_13912345678",
        "https://www.hp.gov.cn/gzjg/post_9420952.html?id=13912345678",
        "http://a.cn/13912345678/6222021234567890128",
        "2023-09-29至2023-10-18，共2023年9月29日",
        "面积7.464亩（4976.00平方米），13800000000平方米",
        "020-82371234，(020)82371234，02082371234，400-830-1234",
        "统一社会信用代码91440101231234567X",
        "统一社会信用代码：114401126876543210",
        "营业执照注册号440101600123456",
        "440112001001GB00001，宗地440112001001000012",
        "东经113.13812345678，北纬23.1234567890123456",
        "440112199001011230",  # no word, wrong check digit
        "440112199013011232",  # month 13
        "6222021234567890127",  # wrong Luhn digit
        "单元编号：6222021234567890128",
        "136 2020 2021",
        "1 3 5 7 9 11 13 15 17",
        "138****5678，440***********1232",
        "1381234567 与 138123456789",
        "开户电话：020-82371234",
        "",
    ],
)
def test_other_numbers_are_no_findings(text: str) -> None:
    assert find_personal(text) == ()
    assert mask_personal(text) == text


def test_several_in_one_text() -> None:
    text = f"张三 {PERSON} 13812345678 {CARD}、李四 139-1234-5678"
    assert kinds(text) == [ID, MOBILE, ACCOUNT, MOBILE]
    assert not re.search(r"[0-9]{5}", mask_personal(text))


WORDS = st.text(st.sampled_from("的，张三：。（）、联系人征收 \n|"), max_size=12)
WIDE = str.maketrans("0123456789X-", "０１２３４５６７８９Ｘ－")


@st.composite
def id_numbers(draw: st.DrawFn) -> str:
    born = draw(st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2025, 1, 1)))
    digits = f"{draw(st.sampled_from(['110101', '440112', '440106', '659001', '810000']))}{born:%Y%m%d}"
    digits += f"{draw(st.integers(0, 999)):03d}"
    return digits + id_check_digit(digits)


@st.composite
def cards(draw: st.DrawFn) -> str:
    digits = "62" + draw(st.text("0123456789", min_size=13, max_size=16))
    return next(digits + last for last in "0123456789" if has_luhn_digit(digits + last))


MOBILES = st.builds(lambda a, b: f"1{a}{b:09d}", st.integers(3, 9), st.integers(0, 999_999_999))


@given(id_numbers(), WORDS, WORDS, st.booleans(), st.sets(st.integers(1, 17)), st.sampled_from(" -　"))
@settings(max_examples=150, deadline=None)
def test_an_id_number_is_found_with_its_place(
    number: str, before: str, after: str, wide: bool, gaps: set[int], gap: str
) -> None:
    written = "".join((gap if at in gaps else "") + char for at, char in enumerate(number))
    written = written.translate(WIDE) if wide else written
    text = f"{before}{written}{after}"
    (found,) = find_personal(text)
    assert (found.kind, found.start, found.written) == (ID, len(before), written)
    kept = [char for char in found.masked if char != "*" and char not in " -－　"]
    assert len(kept) == 7
    assert len(found.masked) == len(written)


@given(
    MOBILES,
    WORDS,
    WORDS,
    st.sampled_from(["", "+86", "+86 ", "0086-", "86"]),
    st.sampled_from(["", " ", "-"]),
)
@settings(max_examples=150, deadline=None)
def test_a_mobile_number_is_found_with_its_place(
    number: str, before: str, after: str, country: str, gap: str
) -> None:
    written = country + gap.join((number[:3], number[3:7], number[7:]))
    text = f"{before}{written}{after}"
    (found,) = find_personal(text)
    assert (found.kind, found.start, found.written) == (MOBILE, len(before), written)
    assert re.sub(r"[^0-9*]", "", found.masked)[-11:] == f"{number[:3]}****{number[7:]}"


@given(cards(), WORDS, WORDS)
@settings(max_examples=150, deadline=None)
def test_a_card_is_found_with_its_place(number: str, before: str, after: str) -> None:
    found = find_personal(f"{before}{number}{after}")
    assert [(one.start, one.written) for one in found] == [(len(before), number)]
    assert found[0].masked == "*" * (len(number) - 4) + number[-4:]


@given(st.text("0123456789 -xX:：账号卡身份证编号+（）.0１３８\n\t_a", max_size=80))
@settings(max_examples=400, deadline=None)
def test_any_text_keeps_its_length_and_is_clean_once_masked(text: str) -> None:
    found = find_personal(text)
    assert all(text[one.start : one.end] == one.written for one in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    masked = mask_personal(text)
    assert len(masked) == len(text)
    assert find_personal(masked) == ()
    assert all(new in (old, "*") for old, new in zip(text, masked, strict=True))


@given(
    st.lists(
        st.one_of(
            st.builds("穗埔府征〔{}〕{}号".format, st.integers(1990, 2030), st.integers(1, 99999)),
            st.builds(
                "{}-440112-{:02d}-{:02d}-{:06d}".format,
                st.integers(2015, 2030),
                st.integers(0, 99),
                st.integers(0, 99),
                st.integers(0, 999999),
            ),
            st.builds("post_{}".format, st.integers(10, 10**14)),
            st.builds("{:%Y-%m-%d}".format, st.dates()),
            st.builds("{:%Y年%m月%d日}".format, st.dates()),
            st.builds("{:.4f}公顷".format, st.floats(0, 1e6)),
            st.builds("020-8{:07d}".format, st.integers(0, 9999999)),
            st.builds("4401120{:05d}".format, st.integers(0, 99999)),
        ),
        max_size=6,
    ).map("，".join)
)
@settings(max_examples=200, deadline=None)
def test_what_notices_are_full_of_is_left_alone(text: str) -> None:
    assert find_personal(text) == ()


@pytest.mark.parametrize(
    "field",
    [
        *("title", "doc_number", "approval_number", "issuer", "project", "location", "place_as_written"),
        *("source_url", "source_name", "note", "owners", "land_classes"),
    ],
)
def test_a_number_in_any_field_alone_is_found(field: str) -> None:
    values: dict[str, object] = {"title": "公告", field: f"张三{PERSON}"}
    if field == "owners":
        values[field] = ("李四", f"张三{PERSON}")
    if field == "land_classes":
        values[field] = (LandClass("农用地", 1.0, (LandClass(f"张三{PERSON}", 1.0),)),)
    record = Record("a", Column.LAND, Kind.NOTICE, **values)
    assert [(one.field, one.number.written) for one in personal_in(record)] == [(field, PERSON)]
    assert personal_in(masked_record(record)) == ()


def test_all_texts_of_a_record_are_masked_and_nothing_else() -> None:
    texts = dict.fromkeys(
        ("title", "project", "location", "place_as_written", "issuer", "source_name", "note"), "找13812345678"
    )
    record = Record(
        "rec-13812345678",
        Column.LAND,
        Kind.NOTICE,
        doc_number="穗埔府征〔2024〕12号",
        owners=(f"张三{PERSON}", "李四"),
        land_classes=(LandClass("农用地", 1.0, (LandClass(f"耕地{PERSON}", 1.0),)),),
        flags=("13812345678 请核对",),
        source_url="https://a.cn/13812345678",
        **texts,
    )
    assert {one.field for one in personal_in(record)} == {*texts, "owners", "land_classes"}
    masked = masked_record(record)
    assert masked.owners == ("张三440***********1232", "李四")
    assert (masked.note, masked.flags) == ("找138****5678", ("138****5678 请核对",))
    assert (masked.id, masked.source_url) == (record.id, record.source_url), "what leads to the record stays"
    assert personal_in(masked, flags=True) == ()
    plain = Record("a", Column.LAND, Kind.NOTICE, "征收土地公告", note="020-82110000")
    assert masked_record(plain) is plain


@given(st.text("019９ -－\u3000()（）年\n☎😀", max_size=40))
def test_long_text_is_looked_through_without_missing_any(text: str) -> None:
    if may_hold_personal(text):
        assert may_hold_personal_somewhere(text)
        assert may_hold_personal_somewhere(f"一年\n{text}\n两年")
    assert not may_hold_personal_somewhere("12345678 年 (2024) 1号\n020")


@pytest.mark.parametrize("field", ["title", "note", "owners", "land_classes", "source_url"])
def test_a_few_among_thousands_are_found(field: str) -> None:
    found = {
        "owners": (f"张三{PERSON}",),
        "land_classes": (LandClass("林地", 1.0, (LandClass(PERSON, 1.0),)),),
    }
    plain = [Record(f"r{at}", Column.LAND, Kind.NOTICE, f"第{at}号公告", note="一") for at in range(4_300)]
    records = list(plain)
    for at in (0, 1_999, 4_299):
        records[at] = replace(records[at], **{field: found.get(field, f"见{PERSON}")})
    told = list(personal_in_all(records))
    assert [at for at, _ in told] == [0, 1_999, 4_299]
    assert [one for _, one in told] == [one for record in records for one in personal_in(record)]
    assert not list(personal_in_all(plain))
