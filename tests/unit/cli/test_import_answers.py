"""What a person said before, or says on the command line, of a file that does not say it itself."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hpviewer.cli.start import main
from hpviewer.importing.boundaries.web_system import WebSystem
from hpviewer.importing.ledger.field import LedgerField
from hpviewer.importing.ledger.reader import read_ledger
from hpviewer.session.mapping_memory import FILE, MappingMemory
from tests.helpers import boundary_files
from tests.helpers.catalogue import bundled_catalogue
from tests.helpers.gazetteer import resolver

Run = Callable[..., tuple[int, str, str]]
LEDGER = "标题,类别,甲\n黄埔区文冲征收土地公告一二三,征收土地公告,文冲社区\n"


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    catalogue = bundled_catalogue(tmp_path)

    def command(*words: str | Path) -> tuple[int, str, str]:
        monkeypatch.setenv("HPVIEWER_HOME", str(tmp_path / "home"))
        given = ["hpviewer", "import", *map(str, words), "--catalogue", str(catalogue)]
        monkeypatch.setattr(sys, "argv", given)
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        code: Any = ended.value.code
        return code or 0, *capsys.readouterr()

    return command


def test_a_ledger_is_read_as_its_header_was_corrected_before(tmp_path: Path, run: Run) -> None:
    source = tmp_path / "a.csv"
    source.write_text(LEDGER, encoding="utf-8")
    code, before, _ = run(source, "--dry-run")
    assert code == 0
    assert "以前为同样表头指定" not in before
    mapping = read_ledger(source, resolver()).mapping
    (sheet,) = mapping.sheets
    folder = tmp_path / "home" / "config"
    MappingMemory(folder / FILE).remember(
        type(mapping)((sheet.corrected(2, LedgerField.NOTE),)),
    )
    code, out, _ = run(source, "--dry-run")
    assert (code, out.count("以前为同样表头指定")) == (0, 1)
    _, out, _ = run(source, "--json")
    (file,) = json.loads(out)["files"]
    assert file["items"][0]["communities"] == []


def test_baidu_coordinates_are_asked_about_and_converted(tmp_path: Path, run: Run) -> None:
    geometry, columns = boundary_files.communities()
    moved = boundary_files.moved(geometry, WebSystem.BD09.shifted)
    source = boundary_files.write_geojson(tmp_path / "a.geojson", np.asarray(moved), columns)
    code, _, said = run(source, "--dry-run")
    assert code == 2
    assert "百度地图坐标（BD-09）" in said
    assert "--bd09" in said
    code, out, _ = run(source, "--bd09", "--dry-run")
    assert code == 0
    assert "已按确认把百度地图坐标（BD-09）换算" in out
    code, _, said = run(source, "--bd09", "--gcj02", "yes")
    assert (code, "只能用一个" in said) == (2, True)
