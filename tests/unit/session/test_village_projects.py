"""Projects on the desk: found by any name, linked with reasons, merged, split and undone by hand; deadlines, gaps."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from hpviewer.catalogue.backup import back_up
from hpviewer.catalogue.writer import Writer
from hpviewer.errors import CatalogueError, HpviewerError
from hpviewer.places.place import PlaceCode
from hpviewer.records.column import Column
from hpviewer.records.deadlines import open_deadlines
from hpviewer.records.kind import Kind
from hpviewer.records.partial_date import PartialDate
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.session.change_log import ChangeLog
from hpviewer.session.gaps import Gaps
from hpviewer.session.link_overrides import CatalogueOverrides
from hpviewer.session.linked_projects import ProjectPage
from hpviewer.session.project_desk import ProjectDesk
from tests.helpers.village_desk import AUTUMN, HETANGXIA, Desks, plan


@pytest.fixture
def desks(tmp_path: Path) -> Desks:
    return Desks(tmp_path)


def fail(error: HpviewerError) -> None:
    pytest.fail(str(error))


def of_record(desk: ProjectDesk, record_id: str) -> ProjectPage:
    found: list[ProjectPage] = []
    desk.project_of(record_id, None, found.append, fail)
    return found[0]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("沙步旧村改造项目", "沙步旧村改造项目"),
        ("沙步旧村改造", "沙步旧村改造项目"),
        ("news-shabu-plan", "沙步旧村改造项目"),
        ("穗埔府征〔2023〕33号", "广州市黄埔区（中新广州知识城）2023年度第九批次城镇建设用地"),
        ("穗埔府征[2023]33号", "广州市黄埔区（中新广州知识城）2023年度第九批次城镇建设用地"),
        ("粤府土审(23)〔2023〕25号", "广州市黄埔区（中新广州知识城）2023年度第九批次城镇建设用地"),
        ("33号", "广州市黄埔区（中新广州知识城）2023年度第九批次城镇建设用地"),
    ],
)
def test_a_project_is_found_by(desks: Desks, text: str, name: str) -> None:
    assert [one.name for one in desks.projects.projects_now(text)] == [name]


def test_a_part_of_the_name_finds_all_that_hold_it(desks: Desks) -> None:
    names = [one.name for one in desks.projects.projects_now("水西")]
    assert names == ["水西旧村改造项目", "水西社区元贝旧村改造项目"]
    assert desks.projects.projects_now("没有这个") == ()
    assert desks.projects.projects_now("（）") == ()


def test_the_page_of_a_project(desks: Desks) -> None:
    page = of_record(desks.projects, "hp-2023-33")
    assert page.timeline.on == AUTUMN
    assert page.timeline.reached == {Column.LAND: Kind.NOTICE}
    assert [one.kind for one in page.last_seen] == [Kind.NOTICE]
    assert [one.name for one in page.communities] == ["何棠下村"]
    assert page.areas == (0.4976,)
    assert len(page.deadlines) == 2
    shabu = of_record(desks.projects, "news-shabu-plan")
    assert [one.record.id for one in shabu.records] == ["news-shabu-2023-08", "news-shabu-plan"]
    assert "名称相同" in shabu.group.reasons[0].sentence


def test_split_merge_and_undo_are_kept_in_the_catalogue(desks: Desks) -> None:
    done: list[str] = []
    outdated: list[None] = []
    desks.projects.subscribe(lambda: outdated.append(None))
    desks.projects.split(["news-shabu-plan"], lambda: done.append("split"), fail)
    assert [r.record.id for r in of_record(desks.projects, "news-shabu-plan").records] == ["news-shabu-plan"]
    desks.projects.merge(["news-huocun", "news-shabu-plan"], lambda: done.append("merge"), fail)
    again = ProjectDesk(desks.queries)
    assert len(of_record(again, "news-huocun").records) == 2
    for _ in range(2):
        again.undo_link(lambda: done.append("undo"), fail)
    assert len(of_record(again, "news-shabu-plan").records) == 2
    assert len(of_record(again, "news-huocun").records) == 1
    assert done == ["split", "merge", "undo", "undo"]
    assert len(outdated) == 2
    errors: list[HpviewerError] = []
    again.undo_link(lambda: done.append("undo"), errors.append)
    assert "撤销" in errors[0].message


def test_a_decision_is_a_batch_that_can_be_taken_back_like_an_import(desks: Desks) -> None:
    desks.projects.merge(["news-huocun", "news-shabu-plan"], lambda: None, fail)
    with Writer(desks.queries.path) as catalogue:
        (batch,) = catalogue.batches()
        assert (batch.source, batch.records) == ("手工合并项目（涉及 2 条记录）", 1)
        (told,) = ChangeLog(desks.queries).items(batch.number)
        title = desks.queries.reader().detail("news-huocun").record.title
        (value,) = told.values
        assert not value.old
        assert isinstance(value.new, tuple)
        assert [str(line).startswith(f"合并：“{title}”、“") for line in value.new] == [True]
        catalogue.undo(batch.number)
    assert len(of_record(ProjectDesk(desks.queries), "news-huocun").records) == 1


def test_decisions_go_with_every_copy_of_the_file(desks: Desks, tmp_path: Path) -> None:
    desks.projects.merge(["news-huocun", "news-shabu-plan"], lambda: None, fail)
    copy = tmp_path / "elsewhere" / "other.gpkg"
    copy.parent.mkdir()
    back_up(desks.queries.path, copy)
    assert len(of_record(ProjectDesk(CatalogueQueries(copy)), "news-huocun").records) == 3
    assert not list(tmp_path.rglob("*.links.json"))


def test_a_decision_that_cannot_be_written_changes_nothing(desks: Desks) -> None:
    errors: list[HpviewerError] = []
    with Writer(desks.queries.path) as other:
        other._connection.execute("BEGIN IMMEDIATE")  # as another program on a network share would
        desks.projects.merge(["news-huocun", "news-shabu-plan"], lambda: None, errors.append)
        other._connection.execute("ROLLBACK")
    assert len(errors) == 1
    assert errors[0].next_step
    assert len(of_record(ProjectDesk(desks.queries), "news-huocun").records) == 1


def test_decisions_of_an_older_program_beside_the_file_are_taken_over(desks: Desks) -> None:
    beside = desks.queries.path.with_suffix(".links.json")
    beside.write_text('[{"do": "merge", "records": ["news-huocun", "news-shabu-plan"], "name": ""}]', "utf-8")
    assert len(of_record(desks.projects, "news-huocun").records) == 3
    desks.projects.split(["news-huocun"], lambda: None, fail)
    beside.unlink()
    assert len(CatalogueOverrides(desks.queries.path).load()) == 2


def test_a_damaged_file_of_decisions_is_a_sentence(desks: Desks) -> None:
    store = CatalogueOverrides(desks.queries.path)
    beside = desks.queries.path.with_suffix(".links.json")
    assert store.load() == ()
    for content in (b"{", b'[{"do": "drop", "records": []}]', b'[{"do": "merge"}]', b"\xff"):
        beside.write_bytes(content)
        with pytest.raises(CatalogueError) as caught:
            store.load()
        assert beside.name in caught.value.message
        assert caught.value.next_step


def test_deadlines_of_all_records(desks: Desks) -> None:
    found = desks.projects.deadlines_now()
    assert [one.detail.record.id for one in found.items] == ["hp-2023-33"] * 2
    assert {one.detail.record.id for one in found.unknown} == {
        "gz-2007-41",
        "gz-2006-1",
        "gz-2015-499",
        "hp-2025-wenchong-east",
    }
    assert desks.projects.deadlines_now(dt.date(2023, 9, 28)).items == ()
    assert len(desks.projects.deadlines_now(dt.date(2023, 9, 29)).items) == 2
    assert desks.projects.deadlines_now(dt.date(2024, 4, 19)).items == ()


def test_open_deadlines_are_found_without_reading_all_records(desks: Desks) -> None:
    recent = desks.projects.open_deadlines_now()
    every = desks.projects.deadlines_now()
    assert recent.items == every.items != ()
    assert recent.on == every.on
    assert desks.projects.open_deadlines_now() == every  # all are there now


def test_no_open_deadline_is_passed_over_whatever_the_day(tmp_path: Path) -> None:
    notices = [
        plan(
            at,
            kind=Kind.NOTICE,
            notice_to=PartialDate(2023, month, 28),
            published=PartialDate(2023, 1, 5),
            notice_from=None,
        )
        for at, month in enumerate((3, 6, 8, 12))
    ]
    desks = Desks(tmp_path, added=notices)
    records = [one.record for one in desks.projects._linked_now(None).details]
    for step in range(0, 560, 3):
        day = dt.date(2023, 1, 6) + dt.timedelta(days=step)
        found = desks.projects.deadlines_now(day).items
        known = [
            one
            for one in records
            if not (one.published and one.published.exact and one.published.exact > day)
        ]
        assert [one.deadline for one in found] == list(open_deadlines(known, day)), day


def test_what_was_read_is_kept_until_it_is_forgotten(desks: Desks) -> None:
    linked = desks.projects._linked_now(None)
    assert desks.projects._linked_now(None) is linked
    desks.projects.forget()
    assert desks.projects._linked_now(None) is not linked


def gaps(desks: Desks) -> Gaps:
    found: list[Gaps] = []
    desks.projects.gaps(found.append, fail)
    return found[0]


def test_gaps_count_every_town_and_community(desks: Desks) -> None:
    found = gaps(desks)
    assert len(found.towns) == 17
    assert sum(len(town.communities) for town in found.towns) == 167
    differences = [town.difference for town in found.towns]
    assert differences == sorted(differences)
    assert {town.own.place.name for town in found.towns[:3]} == {"夏港街道", "永和街道", "九佛街道"}
    longhu = next(town for town in found.towns if town.own.place.name == "龙湖街道")
    assert longhu.own.records == 3
    assert longhu.own.last == "2023-09-29"
    assert longhu.own.by_kind == {Kind.APPROVAL: 1, Kind.NOTICE: 1, Kind.YEAR_PLAN: 1}
    assert list(longhu.own.by_year) == [2023, 2019, 2018]
    assert longhu.empty == 10
    assert found.unresolved == ()


def test_gaps_name_what_is_missing(tmp_path: Path) -> None:
    town = PlaceCode(HETANGXIA[:9])
    desks = Desks(
        tmp_path,
        added=[
            plan(1, towns=(town,)),
            plan(2, place_as_written="nowhere"),
            plan(3, towns=(town,), communities=(HETANGXIA,), source_name="a paper"),
        ],
    )
    found = gaps(desks)
    longhu = next(one for one in found.towns if one.own.place.code == town)
    assert longhu.own.town_only == 1
    assert longhu.own.without_source == 1
    assert (
        longhu.own.unmapped == 2
    )  # plan 1, and the bundled record with a village whose position is not known
    assert longhu.own.incomplete == 4
    assert [one.record.place_as_written for one in found.unresolved] == ["nowhere"]
