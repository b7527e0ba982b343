"""village, project, deadlines, gaps, slip and export as a script runs them."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.catalogue import bundled_catalogue


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bundled_catalogue(tmp_path_factory.mktemp("village"))


def run(catalogue: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hpviewer", *map(str, words), "--catalogue", str(catalogue)],
        capture_output=True,
        encoding="utf-8",
        timeout=50,
        env=dict(os.environ),
        check=False,
    )


def answer(catalogue: Path, *words: str | Path, code: int = 0) -> Any:
    done = run(catalogue, *words, "--json")
    assert done.stderr == ""
    assert done.returncode == code
    return json.loads(done.stdout)


def test_village(catalogue: Path) -> None:
    page = answer(catalogue, "village", "何棠下村", "--on", "2023-11-01")
    assert page["place"] == {
        "code": "440112018211",
        "name": "何棠下村",
        "level": "community",
        "town": "龙湖街道",
        "located": True,
    }
    assert [one["id"] for one in page["records"]] == ["hp-2023-33", "news-plan-2018"]
    assert [(one["kind"], one["closes"]) for one in page["deadlines"]] == [
        ("行政复议", "2023-12-18"),
        ("行政诉讼", "2024-04-18"),
    ]
    assert page["projects"][0]["reached"] == {"征地信息": "征收土地公告"}
    assert page["contact"] is None
    shown = run(catalogue, "village", "hetangxia", "--on", "2023-11-01")
    assert "2023-12-18" in shown.stdout
    assert shown.returncode == 0


def test_village_prefers_the_community_and_offers_the_town(catalogue: Path) -> None:
    page = answer(catalogue, "village", "文冲")
    assert page["place"]["level"] == "community"
    assert [one["level"] for one in page["others"]] == ["town"]


def test_village_refusals(catalogue: Path) -> None:
    none = run(catalogue, "village", "今天天气")
    assert (none.returncode, none.stdout) == (1, "")
    assert none.stderr
    two = run(catalogue, "village", "金碧社区")
    assert two.returncode == 2
    assert "440112003011" in two.stderr
    one = answer(catalogue, "village", "金碧社区", "--town", "夏港街道", code=1)
    assert one["place"]["town"] == "夏港街道"
    assert run(catalogue, "village", "文冲", "--on", "1.10.2025").returncode == 2


def test_project(catalogue: Path) -> None:
    found = answer(catalogue, "project", "穗埔府征[2023]33号", "--on", "2023-11-01")
    assert len(found["projects"]) == 1
    project = found["projects"][0]
    assert [one["id"] for one in project["records"]] == ["hp-2023-33"]
    assert {one["stage"] for one in project["stages"] if one["state"] == "missing"} >= {"征收土地预公告"}
    assert all(
        set(one) == {"stage", "state", "seen", "article", "sentence", "records"} for one in project["stages"]
    )
    assert answer(catalogue, "project", "没有的项目", code=1)["projects"] == []
    assert "未见不等于" not in run(catalogue, "project", "没有的项目").stdout


def test_deadlines(catalogue: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.ics"
    found = answer(catalogue, "deadlines", "--on", "2023-12-18", "--ics", file)
    assert found["total"] == 2
    assert found["deadlines"][0]["days_left"] == 0
    assert found["deadlines"][0]["communities"] == ["何棠下村"]
    assert len(found["unknown"]) == 4
    assert file.read_bytes().count(b"BEGIN:VEVENT") == 2
    assert answer(catalogue, "deadlines", "--on", "2030-01-01", code=1)["deadlines"] == []


def test_gaps(catalogue: Path) -> None:
    found = answer(catalogue, "gaps")
    assert len(found["towns"]) == 17
    assert sum(len(town["communities"]) for town in found["towns"]) == 167
    assert [town["difference"] for town in found["towns"]] == sorted(t["difference"] for t in found["towns"])
    assert "夏港街道" in run(catalogue, "gaps").stdout


@pytest.mark.parametrize("format", ["xlsx", "csv", "geojson", "docx", "html"])
def test_export(catalogue: Path, tmp_path: Path, format: str) -> None:
    file = tmp_path / f"a.{format}"
    done = run(catalogue, "export", "--format", format, "--out", file, "--column", "征地信息")
    assert (done.returncode, done.stderr) == (0, "")
    total = answer(catalogue, "find", "--column", "征地信息")["total"]
    assert f"{total} 条" in done.stdout
    assert file.stat().st_size > 500


def test_export_has_the_rows_of_find_in_their_order(catalogue: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    run(catalogue, "export", "文冲", "--out", file)
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    assert [one["标题"] for one in rows] == [
        one["title"] for one in answer(catalogue, "find", "文冲")["records"]
    ]


def test_export_refusals(catalogue: Path, tmp_path: Path) -> None:
    for words in (
        ["--out", tmp_path / "a.pdf"],
        ["--out", tmp_path / "a.csv", "--format", "pdf"],
        ["--out", tmp_path / "no" / "a.csv"],
        ["--out", tmp_path / "a.csv", "--columns", "nothing"],
        ["--out", tmp_path / "a.csv", "--sort", "nothing"],
    ):
        done = run(catalogue, "export", *words)
        assert done.returncode == 2, words
        assert done.stderr
    assert list(tmp_path.iterdir()) == []
    assert run(catalogue, "export", "今天天气", "--out", tmp_path / "a.csv").returncode == 1


def test_slip(catalogue: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    done = run(catalogue, "slip", "文冲", "--out", file, "--on", "2023-11-01", "--office", "an office")
    assert (done.returncode, done.stderr) == (0, "")
    assert "3 条" in done.stdout
    assert file.read_bytes().startswith(b"PK")
    assert run(catalogue, "slip", "文冲", "--out", tmp_path / "a.pdf").returncode == 2
    assert run(catalogue, "slip", "文冲", "--out", file, "--map", catalogue).returncode == 2
