"""Personal numbers at import and export, and what changed since, as a script meets them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.catalogue import bundled_catalogue

PERSON, MOBILE = "440112199001011232", "13812345678"
LEDGER = f"""标题,类别,发布日期,所属街镇,所属社区,权属,备注
甲地块征收土地公告,征收土地公告,2024-03-01,云埔街道,刘村社区,张三{PERSON}、李四,电话{MOBILE}
"""


class Shell:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.catalogue = bundled_catalogue(folder)
        self.ledger = folder / "l.csv"
        self.ledger.write_text(LEDGER, encoding="utf-8")

    def run(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "hpviewer", "--catalogue", str(self.catalogue), *map(str, words)],
            capture_output=True,
            encoding="utf-8",
            timeout=50,
            env=os.environ | {"HPVIEWER_HOME": str(self.folder / "home")},
            check=False,
        )


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def test_import_names_field_kind_and_masked_form(shell: Shell) -> None:
    tried = shell.run("import", shell.ledger, "--dry-run")
    assert "第 2 行的权属中有身份证号码 440***********1232" in tried.stdout
    assert "--mask-personal" in tried.stdout
    assert PERSON not in tried.stdout
    (file,) = json.loads(shell.run("import", shell.ledger, "--json").stdout)["files"]
    assert {(one["field"], one["kind"], one["masked"]) for one in file["personal"]} == {
        ("owners", "id_number", "440***********1232"),
        ("note", "mobile", "138****5678"),
    }
    (item,) = file["items"]
    assert len(item["flags"]) == 2
    assert item["owners"][0] == f"张三{PERSON}", "saved as it is"
    masking = shell.run("import", shell.ledger, "--mask-personal", "--json")
    assert "1 项以前按原样存过" in masking.stderr
    done = masking.stdout
    (file,) = json.loads(done)["files"]
    assert (file["updated"], file["masked"]) == (1, True)
    assert PERSON not in done
    assert MOBILE not in done
    assert "保存时隐去" in file["items"][0]["flags"][0]


def test_export_and_slip_say_it_on_stderr(shell: Shell) -> None:
    shell.run("import", shell.ledger)
    out = shell.folder / "a.csv"
    plain = shell.run("export", "甲地块", "--columns", "all", "--out", out)
    assert "身份证号码 1 处、手机号码 1 处" in plain.stderr
    assert MOBILE in out.read_text(encoding="utf-8")
    masked = shell.run("export", "甲地块", "--columns", "all", "--mask-personal", "--out", out)
    assert "已隐去" in masked.stderr
    assert (masked.returncode, MOBILE in out.read_text(encoding="utf-8")) == (0, False)
    none = shell.run("export", "文冲", "--out", out)
    assert none.stderr == ""
    slip = shell.run("slip", "甲地块", "--question", f"张三{MOBILE}", "--out", shell.folder / "s.docx")
    assert "手机号码 1 处" in slip.stderr


def test_changes_since_as_text_json_and_files(shell: Shell) -> None:
    empty = shell.run("catalogue", "changes")
    assert (empty.returncode, empty.stdout) == (1, "")
    assert empty.stderr.strip()
    shell.run("import", shell.ledger)
    shell.ledger.write_text(LEDGER.replace("李四", "王五"), encoding="utf-8")
    shell.run("import", shell.ledger)
    text = shell.run("catalogue", "changes", "--batch", "2").stdout
    assert "李四 →" in text
    assert "王五" in text
    document = json.loads(shell.run("catalogue", "changes", "--mask-personal", "--json").stdout)
    assert [one["batch"] for one in document["batches"]] == [1, 2]
    (change,) = document["batches"][1]["changes"]
    assert (change["kind"], change["change"]) == ("record", "updated")
    assert change["fields"] == [
        {
            "field": "权属",
            "old": "张三440***********1232、李四",
            "new": "张三440***********1232、王五",
        }
    ]
    out = shell.folder / "c.xlsx"
    wrote = shell.run("catalogue", "changes", "--since", document["batches"][0]["started"][:10], "--out", out)
    assert (wrote.returncode, out.is_file()) == (0, True)
    assert "身份证号码" in wrote.stderr
    refused = shell.run("catalogue", "changes", "--since", "昨天")
    assert refused.returncode == 2
    assert "2026-11-24" in refused.stderr
