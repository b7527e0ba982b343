"""A file appears whole or not at all, whatever goes wrong."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hpviewer.errors import CancelledError, InputError
from hpviewer.exporting.atomic_file import replacing
from hpviewer.exporting.records_csv import write_records_csv
from hpviewer.exporting.records_docx import write_directory_docx
from hpviewer.exporting.records_geojson import write_records_geojson
from hpviewer.exporting.records_xlsx import write_records_xlsx
from hpviewer.records.results import RecordDetail
from tests.helpers.export_details import about, detail

Writer = Callable[[Path, Iterator[RecordDetail]], object]

WRITERS: dict[str, Writer] = {
    "xlsx": lambda target, details: write_records_xlsx(target, details, about()),
    "csv": lambda target, details: write_records_csv(target, details),
    "geojson": lambda target, details: write_records_geojson(target, details, about(), {}),
    "docx": lambda target, details: write_directory_docx(target, details, about()),
}


@pytest.mark.parametrize("name", WRITERS)
def test_a_stopped_export_leaves_the_old_file(tmp_path: Path, name: str) -> None:
    target = tmp_path / f"a.{name}"
    target.write_bytes(b"old")

    def stopping() -> Iterator[RecordDetail]:
        for _ in range(50):
            yield detail("文冲社区")
        raise CancelledError("停")

    with pytest.raises(CancelledError):
        WRITERS[name](target, stopping())
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_the_new_file_takes_the_place_of_the_old(tmp_path: Path) -> None:
    target = tmp_path / "长" / ("名" * 80 + ".txt")
    target.parent.mkdir()
    target.write_bytes(b"old")
    with replacing(target) as file:
        file.write(b"new")
        assert target.read_bytes() == b"old"
    assert target.read_bytes() == b"new"
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize(
    ("problem", "word"),
    [
        (OSError(errno.ENOSPC, "full"), "磁盘空间不足"),
        (PermissionError(errno.EACCES, "no"), "正被其他程序打开"),
        (OSError(errno.EIO, "bad"), "不能写入"),
    ],
)
def test_what_the_disk_refuses_is_said(tmp_path: Path, problem: OSError, word: str) -> None:
    def failing() -> Iterator[RecordDetail]:
        yield detail()
        raise problem

    with pytest.raises(InputError, match=word) as refused:
        write_records_csv(tmp_path / "a", failing())
    assert refused.value.next_step
    assert list(tmp_path.iterdir()) == []
