"""csv: what other programs need to open it, and that no text is lost or calculated."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hpviewer.exporting.clean_text import TextCleaner
from hpviewer.exporting.record_fields import FIELDS, fields_named
from hpviewer.exporting.records_csv import protected, unprotected, write_records_csv
from tests.helpers.export_details import HOSTILE, detail

TITLE = fields_named(["title"])


def rows(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def test_as_office_programs_expect_it(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    written = write_records_csv(target, [detail("文冲社区")])
    data = target.read_bytes()
    assert data.startswith(b'\xef\xbb\xbf"')
    assert data.count(b"\r\n") == data.count(b"\n") == 2
    heading, first = rows(target)
    assert heading == [field.heading for field in FIELDS]
    values = dict(zip((field.key for field in FIELDS), first, strict=True))
    assert (values["published"], values["approved"], values["area_ha"]) == ("2023-09-28", "2023-09", "0.4976")
    assert written.records == 1


def test_no_records_is_a_line_of_headings(tmp_path: Path) -> None:
    assert write_records_csv(tmp_path / "a.csv", [], TITLE).records == 0
    assert rows(tmp_path / "a.csv") == [["标题"]]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text(tmp_path: Path, text: str) -> None:
    write_records_csv(tmp_path / "a.csv", [detail(title=text)], TITLE)
    ((shown,),) = rows(tmp_path / "a.csv")[1:]
    clean = TextCleaner()(text)
    assert not shown.strip().startswith(("=", "+", "-", "@", "＝"))
    assert unprotected(shown) == clean
    assert clean in shown


def test_a_number_stays_readable() -> None:
    assert protected("-1") == "'-1"
    assert protected("穗埔府征〔2023〕33号") == "穗埔府征〔2023〕33号"


def test_negative_figures_are_not_text(tmp_path: Path) -> None:
    write_records_csv(tmp_path / "a.csv", [detail(area_ha=-1.5)], fields_named(["area_ha"]))
    assert rows(tmp_path / "a.csv")[1] == ["-1.5"]


@given(st.text(alphabet=st.sampled_from("'=-+@ \t\nA1＝"), max_size=8) | st.text(max_size=30))
def test_protection_can_be_taken_back(text: str) -> None:
    assert unprotected(protected(text)) == text


@settings(max_examples=40)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=6))
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    target = tmp_path_factory.getbasetemp() / "any.csv"
    write_records_csv(target, [detail(title=text) for text in texts], TITLE)
    clean = TextCleaner()
    assert [unprotected(row[0]) for row in rows(target)[1:]] == [clean(text) for text in texts]
