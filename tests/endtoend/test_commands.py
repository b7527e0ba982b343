"""The commands as a script runs them: a process, its exit code, its JSON and its sentences."""

from __future__ import annotations

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
    return bundled_catalogue(tmp_path_factory.mktemp("commands"))


def run(*words: str | Path, home: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = dict(os.environ)
    if home:
        environment["HPVIEWER_HOME"] = str(home)
    return subprocess.run(
        [sys.executable, "-m", "hpviewer", *map(str, words)],
        capture_output=True,
        encoding="utf-8",
        timeout=50,
        env=environment,
        check=False,
    )


def answer(*words: str | Path) -> Any:
    done = run(*words)
    assert done.stderr == ""
    return json.loads(done.stdout)


def test_find_prints_the_documented_json(catalogue: Path) -> None:
    found = answer("find", "文冲", "--json", "--catalogue", catalogue)
    assert list(found) == ["query", "understood", "total", "records", "facets", "data_date"]
    assert found["understood"][0]["code"] == "440112006"
    assert set(found["understood"][0]) == {"code", "name", "level", "why"}
    assert found["total"] == len(found["records"]) == 3
    record = found["records"][0]
    assert record["towns"] == ["文冲街道"]
    assert record["area_ha"] == 20.3949
    assert set(record) == {
        *(
            "id",
            "title",
            "kind",
            "column",
            "published",
            "doc_number",
            "approval_number",
            "area_ha",
            "project",
        ),
        *("towns", "communities", "place_as_written", "source_kind", "source_url"),
    }
    assert found["facets"]["year"] == {"2025": 1, "2017": 1, "2009": 1}
    assert found["data_date"] == "2026-11-24"


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (["--town", "联和"], {"gz-2015-499", "gz-2007-41", "gz-2006-1", "news-xiangang-2017"}),
        (["--town", "440112014", "--column", "城市更新"], {"news-xiangang-2017"}),
        (["--community", "汤村"], {"gd-2019-02-7"}),
        (
            ["--kind", "动工", "--kind", "征地批复", "--year", "2017-2019"],
            {"news-xiangang-2017", "gd-2019-02-7"},
        ),
        (["--year", "不详", "--column", "征地信息"], {"gz-2015-499"}),
    ],
)
def test_filters_of_find(catalogue: Path, options: list[str], ids: set[str]) -> None:
    found = answer("find", *options, "--json", "--catalogue", catalogue)
    assert {record["id"] for record in found["records"]} == ids


def test_the_limit_never_hides_the_total(catalogue: Path) -> None:
    found = answer("find", "--limit", "2", "--json", "--catalogue", catalogue)
    assert (found["total"], len(found["records"])) == (25, 2)
    assert "共 25 条" in run("find", "--limit", "2", "--catalogue", catalogue).stdout


def test_nothing_found_is_exit_code_1_and_says_why(catalogue: Path) -> None:
    done = run("find", "没有这样的字样", "--catalogue", catalogue)
    assert done.returncode == 1
    assert "去掉“文字”条件可见 25 条" in done.stdout


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["find", "--town", "没有这个街"], "--town"),
        (["find", "--column", "征地"], "征地信息、城市更新"),
        (["find", "--kind", "公告"], "征收土地公告"),
        (["find", "--year", "去年"], "去年"),
        (["find", "--town", "文冲街", "--community", "汤村"], "汤村"),
        (["snapshot", "--out", "picture.jpg"], "picture.jpg"),
        (["find", "--catalogue", "/nowhere/x.gpkg"], "/nowhere/x.gpkg"),
    ],
)
def test_bad_input_is_exit_code_2_with_a_sentence(catalogue: Path, words: list[str], named: str) -> None:
    if "--catalogue" not in words:
        words = [*words, "--catalogue", str(catalogue)]
    done = run(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert named in done.stderr
    assert "Traceback" not in done.stderr


def test_place_lists_every_reading_town_first(catalogue: Path) -> None:
    matches = answer("place", "文冲", "--json", "--catalogue", catalogue)["matches"]
    assert [(m["code"], m["level"]) for m in matches] == [
        ("440112006", "town"),
        ("440112006003", "community"),
    ]
    assert set(matches[0]) == {"code", "name", "level", "town", "why", "score"}
    both = answer("place", "金碧社区", "--json", "--catalogue", catalogue)["matches"]
    assert [m["town"] for m in both] == ["鱼珠街道", "夏港街道"]
    assert (
        answer("place", "440112018224", "--json", "--catalogue", catalogue)["matches"][0]["name"] == "汤村村"
    )


def test_no_place_is_exit_code_1(catalogue: Path) -> None:
    done = run("place", "今天天气", "--json", "--catalogue", catalogue)
    assert done.returncode == 1
    assert json.loads(done.stdout)["matches"] == []


def test_catalogue_commands(catalogue: Path, tmp_path: Path) -> None:
    info = answer("catalogue", "info", "--json", "--catalogue", catalogue)
    assert (info["records"], info["towns"], info["communities"]) == (25, 17, 167)
    assert answer("catalogue", "check", "--json", "--catalogue", catalogue)["passed"] is True
    copy = tmp_path / "copy.gpkg"
    assert run("catalogue", "backup", copy, "--catalogue", catalogue).returncode == 0
    assert run("catalogue", "check", "--catalogue", copy).returncode == 0
    assert run("catalogue", "backup", copy, "--catalogue", catalogue).returncode == 2
    built = tmp_path / "built.gpkg"
    assert run("catalogue", "build", "--catalogue", built).returncode == 0
    assert built.read_bytes() == catalogue.read_bytes()


def test_import_then_ask_then_undo(tmp_path: Path) -> None:
    own = bundled_catalogue(tmp_path)
    policy = tmp_path / "办法.txt"
    policy.write_text(
        "某区青苗补偿办法\n穗埔府规〔2026〕9号\n第一条 为规范青苗补偿工作，制定本办法。\n"
        "第二条 青苗补偿费按照当季作物产值计算。\n第三条 本办法自2026年3月1日起施行，有效期5年。\n"
        "某区人民政府\n2026年2月10日\n",
        encoding="utf-8",
    )
    imported = answer("import", policy, "--as", "policies", "--json", "--catalogue", own)
    assert list(imported) == ["files", "batch"]
    file = imported["files"][0]
    assert (file["as"], file["read"], file["added"], file["rejected"]) == ("policies", 1, 1, [])
    said = answer("ask", "青苗补偿费怎么计算？", "--json", "--catalogue", own)
    assert list(said) == ["question", "answers"]
    assert set(said["answers"][0]) == {"policy", "doc_number", "clause", "text", "status", "score"}
    assert said["answers"][0]["clause"] == "第二条"
    assert run("undo", "--catalogue", own).returncode == 0
    gone = run("ask", "青苗补偿费怎么计算？", "--json", "--catalogue", own)
    assert (gone.returncode, json.loads(gone.stdout)["answers"]) == (1, [])


def test_a_dry_run_saves_nothing_and_a_bad_row_keeps_its_file_out(tmp_path: Path) -> None:
    own = bundled_catalogue(tmp_path)
    ledger = tmp_path / "台账.csv"
    head = "标题,类别,发布日期,所属街镇,面积(公顷)\n"
    ledger.write_text(head + "甲,征地批复,2024-01-02,文冲街道,1.5\n", encoding="utf-8")
    dry = answer("import", ledger, "--dry-run", "--json", "--catalogue", own)
    assert (dry["files"][0]["added"], dry["batch"]) == (1, 0)
    assert answer("find", "--json", "--catalogue", own)["total"] == 25
    ledger.write_text(
        head + "甲,征地批复,2024-01-02,文冲街道,1.5\n乙,征地批复,2024-01-02,无此街,2\n", encoding="utf-8"
    )
    done = run("import", ledger, "--json", "--catalogue", own)
    file = json.loads(done.stdout)["files"][0]
    assert (done.returncode, file["added"], file["rejected"][0]["row"]) == (2, 0, "3")
    assert "第 3 行" in done.stderr
    assert answer("find", "--json", "--catalogue", own)["total"] == 25
    assert answer("import", ledger, "--skip-rejected", "--json", "--catalogue", own)["files"][0]["added"] == 1


def test_options_may_stand_before_the_command(catalogue: Path) -> None:
    assert answer("--catalogue", catalogue, "find", "文冲", "--json")["total"] == 3


def test_version_and_help_need_no_catalogue(tmp_path: Path) -> None:
    assert run("--version", home=tmp_path).stdout.startswith("hpviewer ")
    assert "find" in run("--help", home=tmp_path).stdout
    assert list(tmp_path.iterdir()) == []
