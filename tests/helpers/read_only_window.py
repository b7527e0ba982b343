"""Opens the window on a catalogue and prints what it says; run as a process without the right to write.

`read_only_window.py CATALOGUE PICTURE.png`
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from hpviewer.desktop.app import Desktop
from hpviewer.desktop.start import make_application
from hpviewer.desktop.theme import Theme


def main(catalogue: Path, picture: Path) -> None:
    app = make_application()
    desktop = Desktop(Theme(app), catalogue)
    desktop.window.resize(1366, 768)
    desktop.open()
    loop, ticker = QEventLoop(), QTimer()
    ticker.timeout.connect(
        lambda: loop.quit() if desktop.map_panel.is_shown() and not desktop.jobs.busy else None
    )
    ticker.start(20)
    QTimer.singleShot(30_000, loop.quit)
    loop.exec()
    results = desktop.session.results
    said = {
        "title": desktop.window.windowTitle(),
        "status": desktop.window.status_line.read_only.text(),
        "status_shown": desktop.window.status_line.read_only.isVisible(),
        "total": results.total if results else 0,
    }
    desktop.areas.show_importing()
    said["refused"] = desktop.window.message_bar.text.text()
    said["message_shown"] = desktop.window.message_bar.isVisible()
    said["importing"] = "importing" in vars(desktop.areas)
    desktop.window.grab().save(str(picture))
    desktop.close()
    print(json.dumps(said))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
