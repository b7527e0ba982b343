"""Work leaves the UI thread, comes home to it, and is dropped when it has been overtaken."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from hpviewer.desktop.jobs import JobRunner
from hpviewer.session.executor import Cancel, Outcome


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[JobRunner]:
    jobs = JobRunner()
    yield jobs
    jobs.close()


def test_work_runs_elsewhere_and_its_outcome_comes_home(jobs: JobRunner, qtbot: QtBot) -> None:
    seen: list[tuple[int, int, int]] = []
    home = threading.get_ident()
    jobs.read(
        "a",
        lambda _: threading.get_ident(),
        lambda o: seen.append((o.value or 0, threading.get_ident(), home)),
    )
    qtbot.waitUntil(lambda: bool(seen))
    worker, delivered, _ = seen[0]
    assert worker != home
    assert delivered == home


def test_a_newer_request_of_a_lane_drops_the_older(jobs: JobRunner, qtbot: QtBot) -> None:
    gate = threading.Event()
    stopped: list[bool] = []
    came: list[str] = []

    def slow(cancel: Cancel) -> str:
        gate.wait(10)
        stopped.append(not cancel.wanted())
        return "old"

    jobs.read("results", slow, lambda o: came.append(o.value or ""))
    jobs.read("results", lambda _: "new", lambda o: came.append(o.value or ""))
    jobs.read("other", lambda _: "other lane", lambda o: came.append(o.value or ""))
    qtbot.waitUntil(lambda: len(came) == 2)
    gate.set()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert sorted(came) == ["new", "other lane"]
    assert stopped == [True], "the older work was told"


def test_writes_keep_their_order_and_none_is_dropped(jobs: JobRunner, qtbot: QtBot) -> None:
    done: list[int] = []
    for number in range(20):
        jobs.write(lambda _, n=number: n, lambda o: done.append(o.value if o.value is not None else -1))  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(done) == 20)
    assert done == list(range(20))


def test_a_failure_is_an_outcome(jobs: JobRunner, qtbot: QtBot) -> None:
    outcomes: list[Outcome[object]] = []

    def fail(_: Cancel) -> object:
        raise ValueError("no")

    with qtbot.waitSignal(jobs.idle):
        jobs.read("a", fail, outcomes.append)
    assert isinstance(outcomes[0].error, ValueError)


def test_after_closing_nothing_is_delivered_and_requests_are_dropped(qtbot: QtBot) -> None:
    jobs = JobRunner()
    came: list[object] = []
    jobs.read("a", lambda _: 1, came.append)
    jobs.close()
    jobs.read("b", lambda _: 2, came.append)
    jobs.write(lambda _: 3, came.append)
    qtbot.wait(50)
    assert came == []
    assert not jobs.busy
