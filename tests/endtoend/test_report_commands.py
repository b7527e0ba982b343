"""`hpviewer report …` as a script runs it: a process, its exit code, its JSON and its sentences."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from hpviewer.importing.annual_report import read_report
from hpviewer.reports.report import Report
from hpviewer.reports.shipped import shipped_year
from tests.helpers.catalogue import bundled_catalogue
from tests.helpers.report_documents import Written, as_tabs, write_docx


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bundled_catalogue(tmp_path_factory.mktemp("reports"))


@pytest.fixture(scope="module")
def real() -> Report:
    report = shipped_year(2023)
    assert isinstance(report, Report)
    return report


def document(report: Report, **changed: str) -> Written:
    """The figures of 2023 in a document of ours; ``changed`` by cell name with _ for ``.``"""
    texts = {name: cell.written for name, cell in report.known_cells().items()}
    names = {name.replace(".", "_"): name for name in texts}
    return Written(texts | {names[key]: text for key, text in changed.items()})


def run(catalogue: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hpviewer", "report", *map(str, words), "--catalogue", str(catalogue)],
        capture_output=True,
        encoding="utf-8",
        timeout=50,
        check=False,
    )


def answer(done: subprocess.CompletedProcess[str]) -> Any:
    assert done.stderr == ""
    return json.loads(done.stdout)


def test_check_of_a_year_prints_the_documented_json(catalogue: Path, real: Report) -> None:
    done = run(catalogue, "check", "2023", "--json")
    found = answer(done)
    assert done.returncode == 0
    assert list(found) == ["year", "body", "tables", "findings"]
    assert (found["year"], found["body"]) == (2023, real.body)
    assert found["tables"]["t3"]["new"]["natural"] == 1621
    assert found["tables"]["t2"]["fees"]["amount"] == 15148.77
    assert all(
        set(each) == {"rule", "severity", "message", "cells", "left", "right"} for each in found["findings"]
    )
    grave = [each for each in found["findings"] if each["severity"] != "note"]
    assert [(each["rule"], each["left"], each["right"]) for each in grave] == [("T2-STOCK", 219, 151)]
    assert "t2.documents.in_force" in grave[0]["cells"]


def test_check_of_a_file_uses_the_year_before(catalogue: Path, real: Report, tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(as_tabs(document(real)), encoding="utf-8")
    from_text = answer(run(catalogue, "check", tmp_path / "report.txt", "--json"))
    write_docx(document(real), tmp_path / "report.docx")
    from_word = answer(run(catalogue, "check", tmp_path / "report.docx", "--json"))
    assert (
        from_text["tables"]
        == from_word["tables"]
        == answer(run(catalogue, "check", "2023", "--json"))["tables"]
    )
    for found in (from_text, from_word):
        assert [each["rule"] for each in found["findings"] if each["severity"] != "note"] == ["T2-STOCK"]


def test_an_error_ends_with_1(catalogue: Path, real: Report, tmp_path: Path) -> None:
    write_docx(document(real, t3_granted_natural="459"), tmp_path / "wrong.docx")
    done = run(catalogue, "check", tmp_path / "wrong.docx")
    assert (done.returncode, done.stderr) == (1, "")
    assert "T3-RESULT" in done.stdout
    assert "若“予以公开·自然人”应为 449（现为 459），则两处等式同时成立。" in done.stdout
    errors = [
        each["cells"]
        for each in answer(run(catalogue, "check", tmp_path / "wrong.docx", "--json"))["findings"]
        if each["severity"] == "error"
    ]
    assert all("t3.granted.natural" in cells for cells in errors)
    assert len(errors) == 2


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("check", "/nowhere/report.docx"), 2, "/nowhere/report.docx"),
        (("check", "2022"), 1, "部分数字"),
        (("check", "1999"), 1, "2023、2022、2021、2020"),
        (("show", "1999"), 1, "1999"),
        (("compare", "2023", "1999"), 1, "1999"),
        (("export", "2023", "--out", "report.odt"), 2, ".xlsx、.docx"),
        (("show", "2023", "--table", "5"), 2, "--table"),
    ],
)
def test_what_cannot_be_done_is_said_on_stderr(
    catalogue: Path, words: tuple[str, ...], code: int, sentence: str
) -> None:
    done = run(catalogue, *words)
    assert (done.returncode, done.stdout) == (code, "")
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_no_report_says_what_was_found(catalogue: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("各位同事：明天开会。", encoding="utf-8")
    done = run(catalogue, "check", tmp_path / "letter.txt", "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert "明天开会" in done.stderr


def test_show_prints_tables(catalogue: Path) -> None:
    done = run(catalogue, "show", "2023")
    assert done.returncode == 0
    for text in ("表2", "表3", "表4", "1,621", "15,148.77", "?151"):
        assert text in done.stdout
    one = run(catalogue, "show", "2022", "--table", "2").stdout
    assert "181" in one
    assert "表3" not in one
    nested = answer(run(catalogue, "show", "2022", "--json"))
    assert nested["tables"]["t2"]["documents"] == {"made": 41, "abolished": 55, "in_force": 181}


def test_compare_is_the_same_both_ways(catalogue: Path) -> None:
    forth = answer(run(catalogue, "compare", "2022", "2023", "--json"))
    assert forth == answer(run(catalogue, "compare", "2023", "2022", "--json"))
    changes = {each["cell"]: each for each in forth["changes"]}
    in_force = changes["t2.documents.in_force"]
    assert (in_force["before"], in_force["after"], in_force["difference"], in_force["percent"]) == (
        181,
        151,
        -30,
        -16.6,
    )
    sentence = in_force["sentence"]
    assert sentence in run(catalogue, "compare", "2022", "2023").stdout


@pytest.mark.parametrize("ending", [".xlsx", ".docx"])
def test_an_export_reads_back(catalogue: Path, real: Report, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"report{ending}"
    done = run(catalogue, "export", "2023", "--out", target)
    assert (done.returncode, done.stderr) == (0, "")
    back = read_report(target).report
    assert {name: cell.value for name, cell in back.known_cells().items()} == {
        name: cell.value for name, cell in real.known_cells().items()
    }


def test_findings_are_exported(catalogue: Path, tmp_path: Path) -> None:
    done = run(catalogue, "export", "2023", "--findings", "--out", tmp_path / "f.csv")
    assert done.returncode == 0
    assert "T2-STOCK" in (tmp_path / "f.csv").read_text(encoding="utf-8-sig")
