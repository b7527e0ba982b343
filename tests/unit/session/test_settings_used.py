"""Settings that other parts ask for when they need them."""

from __future__ import annotations

from pathlib import Path

import pytest

from hpviewer.errors import InputError
from hpviewer.records.filter import RecordFilter
from hpviewer.session.settings_file import save_setting
from hpviewer.session.slips import slip_of_filter
from tests.helpers.village_desk import AUTUMN, Desks


def test_the_answer_slip_is_made_from_the_template_of_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HPVIEWER_HOME", str(tmp_path / "home"))
    desks = Desks(tmp_path)
    exports = desks.exports
    request = slip_of_filter(
        desks.queries, desks.projects, exports, RecordFilter(), tmp_path / "a.docx", AUTUMN
    )
    exports.slip_now(request)
    assert (tmp_path / "a.docx").is_file()
    save_setting("slip_template", str(tmp_path / "office.docx"))
    with pytest.raises(InputError) as caught:
        exports.slip_now(request)
    assert "office.docx" in caught.value.message
