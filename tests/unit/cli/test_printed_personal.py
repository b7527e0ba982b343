"""What commands print is masked on request, as text and as JSON, and they say on stderr what it holds."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from hpviewer.catalogue.writer import Writer
from hpviewer.cli.start import main
from tests.helpers.catalogue import bundled_catalogue
from tests.helpers.village_desk import HETANGXIA, plan

MOBILE, MASKED = "13812345678", "138****5678"


@pytest.mark.parametrize("shape", [(), ("--json",)], ids=["text", "json"])
@pytest.mark.parametrize("mask", [False, True], ids=["plain", "masked"])
def test_masked_on_request(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    shape: tuple[str, ...],
    mask: bool,
) -> None:
    catalogue = bundled_catalogue(tmp_path)
    title = f"甲乙丙地块公告（联系{MOBILE}）"
    with Writer(catalogue) as writer:
        placed = plan(
            1, title=title, project=f"甲乙丙{MOBILE}", communities=(HETANGXIA,), towns=(HETANGXIA[:9],)
        )
        writer.save([placed, plan(2, title="某处公告", place_as_written=f"某处{MOBILE}")], "test")
    calendar = tmp_path / "a.ics"
    for words in (
        ("find", "甲乙丙"),
        ("village", HETANGXIA, "--on", "2023-11-01"),
        ("project", "甲乙丙"),
        ("deadlines", "--on", "2023-11-01", "--ics", str(calendar)),
        ("gaps",),
    ):
        given = [
            "hpviewer",
            *words,
            *shape,
            *(["--mask-personal"] if mask else []),
            "--catalogue",
            str(catalogue),
        ]
        monkeypatch.setenv("HPVIEWER_HOME", str(tmp_path / "home"))
        monkeypatch.setattr(sys, "argv", given)
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        assert not ended.value.code, words
        assert (MOBILE in out, MASKED in out) == (not mask, mask), words
        assert "手机号码" in err, words
        assert ("已隐去" in err, "--mask-personal" in err) == (mask, not mask), words
        assert not shape or json.loads(out)
    text = calendar.read_text(encoding="utf-8").replace("\r\n ", "").replace("\n ", "")
    assert (MOBILE in text, MASKED in text) == (not mask, mask)
