from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
import shapely

from hpviewer import paths
from hpviewer.errors import InputError
from hpviewer.importing.bundled import Bundle, PlaceCodes, read_bundled
from hpviewer.importing.bundled.basemap import read_metro_lines, read_stations
from hpviewer.importing.bundled.boundary_rows import read_community_points
from hpviewer.importing.bundled.rows import RejectedRowsError
from hpviewer.importing.bundled.town_grid import read_town_grid
from hpviewer.policies.policy import PolicyStatus
from hpviewer.records.column import SourceKind


def test_dataset_names_itself_and_lists_existing_files(bundle: Bundle) -> None:
    dataset = bundle.dataset
    assert dataset.name == "内置公开资料"
    assert dataset.data_date == dt.date(2026, 11, 24)
    assert dataset.review_number == ""
    assert "示意边界" in dataset.boundary_notice
    named = {file for source in dataset.sources for file in source.files}
    assert all((paths.data() / file).is_file() for file in named)
    shipped = [paths.data() / "records.csv", paths.data() / "policies.csv"]
    shipped += [*(paths.data() / "boundaries").iterdir(), *(paths.data() / "basemap").iterdir()]
    assert {path.relative_to(paths.data()).as_posix() for path in shipped} <= named


def test_policies(bundle: Bundle) -> None:
    assert len(bundle.policies) == 9
    trading = bundle.policies[0]
    assert (trading.doc_number, trading.unified_number) == ("穗埔府规〔2021〕18号", "HP0120210019")
    assert trading.status(dt.date(2021, 12, 31)) is PolicyStatus.NOT_YET
    assert trading.status(dt.date(2022, 1, 1)) is PolicyStatus.IN_FORCE
    assert trading.status(dt.date(2026, 12, 31)) is PolicyStatus.IN_FORCE
    assert trading.status(dt.date(2027, 1, 1)) is PolicyStatus.EXPIRED
    unseen = [policy for policy in bundle.policies if policy.expires is None]
    assert {policy.status(dt.date(2026, 11, 24)) for policy in unseen} == {PolicyStatus.UNKNOWN}
    assert all(policy.source_url for policy in bundle.policies if policy.source_kind is SourceKind.GOVERNMENT)


def test_metro_lines_run_through_their_stations(bundle: Bundle) -> None:
    stations = {(station.lon, station.lat): station for station in bundle.stations}
    assert len(stations) == len(bundle.stations) == 78
    lines = {line.name: line for line in bundle.metro_lines}
    assert len(lines) == 10
    assert [len(path) for path in lines["7号线"].paths] == [6, 6]
    assert [len(path) for path in lines["黄埔有轨1号线"].paths] == [19]
    for line in bundle.metro_lines:
        for path in line.paths:
            assert len(path) > 1
            assert all(line.name in stations[at].lines for at in path)
            # links between neighbours: a jump means that stations are out of order
            assert shapely.LineString(path).length < 3 * shapely.Point(path[0]).distance(
                shapely.Point(path[-1])
            )
    inside = [station for station in bundle.stations if station.inside_district]
    district = shapely.from_wkb(bundle.district.wkb)
    assert max(district.distance(shapely.Point(one.lon, one.lat)) for one in inside) < 0.01


def test_water_is_one_valid_area_with_islands(bundle: Bundle) -> None:
    (water,) = bundle.water
    area = shapely.from_wkb(water.wkb)
    assert water.name == "珠江水道"
    assert area.geom_type == "MultiPolygon"
    assert area.is_valid
    assert sum(len(part.interiors) for part in area.geoms) == 8


@pytest.mark.parametrize(
    "name",
    ["records.csv", "policies.csv", "dataset.toml", "boundaries/guesses.csv", "basemap/water.geojson"],
)
@pytest.mark.parametrize("content", [None, b"\xff\xfe", b"", b"{}"])
def test_missing_or_damaged_file_is_named(
    tmp_path: Path, codes: PlaceCodes, name: str, content: bytes | None
) -> None:
    folder = tmp_path / "data"
    shutil.copytree(paths.data(), folder)
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(content)
    with pytest.raises(InputError, match=Path(name).name) as caught:
        read_bundled(folder, codes)
    assert caught.value.next_step


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("23.0355,113.514,113.516,440112011", "lat"),
        ("23.035,113.514,113.515,440112011", "east"),
        ("23.035,113.516,113.516,440112011", "east"),
        ("23.039,113.516,113.520,440112011", "west"),
        ("23.035,113.514,113.516,", "town_code"),
    ],
)
def test_bad_town_rows(tmp_path: Path, line: str, field: str) -> None:
    path = tmp_path / "town_rows.csv"
    path.write_text(f"lat,west,east,town_code\n23.039,113.512,113.518,440112011\n{line}\n", encoding="utf-8")
    with pytest.raises(RejectedRowsError) as caught:
        read_town_grid(path)
    assert [(one.row, one.field) for one in caught.value.rejections] == [(3, field)]


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("440112001003,113.4,23.1,D", "confidence"),
        ("440112001003,,,A", "confidence"),
        ("440112001003,23.1,113.4,A", "lon"),
        ("440112001003,113.4,,A", "lat"),
        ("440112001003,113.4,23.1,E", "confidence"),
    ],
)
def test_bad_community_points(tmp_path: Path, line: str, field: str) -> None:
    path = tmp_path / "community_points.csv"
    path.write_text(f"community_code,lon,lat,confidence\n{line}\n", encoding="utf-8")
    with pytest.raises(RejectedRowsError) as caught:
        read_community_points(path)
    assert [one.field for one in caught.value.rejections] == [field]


def test_line_through_an_unknown_station(tmp_path: Path) -> None:
    path = tmp_path / "metro_lines.csv"
    path.write_text("name,full_name,stations\n5号线,地铁5号线,鱼珠、乌有\n", encoding="utf-8")
    stations = read_stations(paths.data() / "basemap" / "metro_stations.csv")
    with pytest.raises(RejectedRowsError, match="乌有"):
        read_metro_lines(path, stations)
