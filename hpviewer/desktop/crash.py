"""What is not an expected failure: kept in the user's log folder, shown to the user, sent nowhere."""

from __future__ import annotations

import datetime as dt
import faulthandler
import sys
import traceback
from pathlib import Path
from types import TracebackType

from hpviewer import __version__, paths


class CrashReports:
    """Writes one text file per defect. ``newest`` is the last one of this run, for the window to offer."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or paths.user_log()
        self.newest: Path | None = None

    def install(self) -> None:
        """Catch native faults and uncaught exceptions of the process."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._faults = (self._folder / "faults.log").open("a", encoding="utf-8")
        faulthandler.enable(self._faults)
        sys.excepthook = self.report

    def report(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        import platform  # here: the window starts without it

        text = "".join(traceback.format_exception(kind, error, trace))
        moment = dt.datetime.now()
        path = self._folder / f"crash-{moment:%Y%m%d-%H%M%S-%f}.txt"
        header = f"hpviewer {__version__}\n{platform.platform()}\nPython {platform.python_version()}\n{moment:%F %T}\n\n"
        path.write_text(header + text, encoding="utf-8")
        self.newest = path
        sys.stderr.write(text)
