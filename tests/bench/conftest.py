"""Collects the figures of a run and, with --write-results, keeps them in RESULTS.md."""

from __future__ import annotations

import datetime as dt
import os
import platform
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

import pytest

RESULTS = Path(__file__).with_name("RESULTS.md")


@dataclass
class Figures:
    """Rows of the table: what was measured, its times in milliseconds, its goal, and what it stands beside."""

    rows: list[str] = field(default_factory=list)

    def add(
        self, measure: str, times: Sequence[float], goal: str, against: Sequence[float] = (), beside: str = ""
    ) -> None:
        median, high = statistics.median(times), _percentile(times, 95)
        other = f"{beside} {statistics.median(against):.1f}" if against else beside or "–"
        ratio = f"{median / statistics.median(against):.2f}" if against else "–"
        self.rows.append(
            f"| {measure} | {len(times)} | {median:.1f} | {high:.1f} | {goal} | {other} | {ratio} |"
        )
        print(f"\n{self.rows[-1]}")


def _percentile(times: Sequence[float], percent: int) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, round(len(ordered) * percent / 100))]


def probe_environment(home: Path) -> dict[str, str]:
    """For a start that is measured. Warm means with compiled modules, as every installed program has them: a machine
    that forbids to write them would compile ours anew at each start (70 ms), and Qt's, which came compiled, not."""
    environment = {**os.environ, "PYTHONPATH": os.getcwd(), "HPVIEWER_HOME": str(home)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--write-results", action="store_true", help="keep the figures in tests/bench/RESULTS.md"
    )


@pytest.fixture(scope="session")
def figures(request: pytest.FixtureRequest) -> Iterator[Figures]:
    figures = Figures()
    yield figures
    if request.config.getoption("--write-results") and figures.rows:
        RESULTS.write_text(_document(figures) + _written_by_hand(), encoding="utf-8")


def _document(figures: Figures) -> str:
    import apsw
    from PySide6.QtWebEngineCore import qWebEngineChromiumVersion

    machine = (
        f"{dt.date.today()} · {platform.system()} {platform.machine()}, {_processors()} processors · "
        f"Python {platform.python_version()} · PySide6 {version('PySide6')} (Chromium {qWebEngineChromiumVersion()}) · "
        f"SQLite {apsw.sqlite_lib_version()} · software rendering, QT_QPA_PLATFORM=offscreen"
    )
    head = "| measure | runs | median ms | p95 ms | goal | beside it (median ms) | ratio |\n|---|---|---|---|---|---|---|"
    return (
        "# Figures\n\nMade by `bash packaging/test.sh bench --write-results`; what stands beside a figure was measured "
        f"in the same run, in turn with it.\n\n{machine}\n\n{head}\n" + "\n".join(figures.rows) + "\n"
    )


def _written_by_hand() -> str:
    """What explains the figures, below them: everything from the first heading of second order on."""
    before = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    _, mark, explained = before.partition("\n## ")
    return mark + explained


def _processors() -> int:
    return os.cpu_count() or 0
