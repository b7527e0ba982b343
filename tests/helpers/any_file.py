"""A small whole file of every format that can be brought in, and the same damaged."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from tests.helpers import boundary_files
from tests.helpers.ledger_files import HEADER, ROW, row, write
from tests.helpers.notice_documents import as_bytes

DOCUMENTS = ("txt", "html", "mht", "docx", "pdf")
TABLES = ("xlsx", "xls", "ods", "csv")
BOUNDARIES = ("geojson", "gpkg", "kml", "kmz", "shp.zip")
FORMATS = (*DOCUMENTS, "gb18030.txt", *TABLES, "gb18030.csv", *BOUNDARIES)
ENDINGS = tuple(dict.fromkeys(name.rpartition(".")[2] for name in FORMATS))
CONTAINERS = ("docx", "xlsx", "ods", "kmz", "shp.zip")
NOTICE = """广州市黄埔区人民政府征收土地公告
穗埔府征〔2024〕12号
一、批准文号：粤府土审（02）〔2024〕88号，批准时间：2024年5月6日。
二、征收土地位置：黄埔区云埔街道刘村社区，东至科学大道，南至护林路，西至开创大道，北至云埔一路。
三、刘村社区经济联合社，总面积 3.2000 公顷，其中农用地3.0000公顷（耕地1.0000公顷）、建设用地0.2000公顷。
四、公告期限：2024年5月20日至2024年6月3日。联系人：陈工，电话：020-82110000、13912345678。
广州市黄埔区人民政府
2024年5月20日
"""


@cache
def whole(form: str) -> bytes:
    name, _, ending = form.rpartition(".")
    if form in DOCUMENTS or form == "gb18030.txt":
        return as_bytes(NOTICE, name or ending)
    with tempfile.TemporaryDirectory() as folder:
        if ending in TABLES:
            rows = [["台账"], HEADER, ROW, row(公告文号="")]
            data = write(Path(folder, f"t.{ending}"), rows).read_bytes()
            return data.decode("utf-8-sig").encode("gb18030") if name else data
        return _boundaries(Path(folder), ending)


def _boundaries(folder: Path, ending: str) -> bytes:
    geometry, columns = boundary_files.towns()
    geometry, columns = geometry[:2], {name: values[:2] for name, values in columns.items()}
    if ending == "geojson":
        return boundary_files.write_geojson(folder / "a.geojson", geometry, columns).read_bytes()
    if ending == "gpkg":
        file = boundary_files.write_gdal(folder / "a.gpkg", "GPKG", geometry, columns, "EPSG:4490")
        return file.read_bytes()
    if ending == "zip":
        parts = boundary_files.shapefile(folder, geometry, columns, "EPSG:4490")
        return boundary_files.zip_of({part.name: part.read_bytes() for part in parts})
    named = {"Name": columns["名称"]}
    kml = boundary_files.write_gdal(folder / "a.kml", "LIBKML", geometry, named, "EPSG:4326").read_bytes()
    return kml if ending == "kml" else boundary_files.zip_of({"doc.kml": kml})


def damaged(data: bytes, edits: Sequence[tuple[float, bytes]], keep: float) -> bytes:
    """``edits`` overwrite at a share of the length; more than 0.9 of ``keep`` keeps all of it."""
    changed = bytearray(data)
    for where, piece in edits:
        at = int(where * max(0, len(changed) - len(piece)))
        changed[at : at + len(piece)] = piece
    return bytes(changed if keep > 0.9 else changed[: int(len(changed) * keep)])


def damaged_inside(data: bytes, member: int, edits: Sequence[tuple[float, bytes]], keep: float) -> bytes:
    """A sound container with one damaged member: its check sums agree."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        names = before.namelist()
        for at, name in enumerate(names):
            content = before.read(name)
            after.writestr(name, damaged(content, edits, keep) if at == member % len(names) else content)
    return made.getvalue()
