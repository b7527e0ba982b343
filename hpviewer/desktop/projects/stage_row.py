"""A stage of a project: its state in words and colour, what the records say, the article, the records themselves."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from hpviewer.desktop.records.links import Link
from hpviewer.desktop.records.value_label import ValueLabel
from hpviewer.desktop.theme import Theme
from hpviewer.desktop.village.page_text import state_token
from hpviewer.records.stage import StageResult
from hpviewer.session.linked_projects import ProjectPage
from hpviewer.session.village import state_name
from hpviewer.wording import say


class StageRow(QFrame):
    def __init__(
        self,
        page: ProjectPage,
        stage: StageResult,
        theme: Theme,
        choose: Callable[[str], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.stage = stage
        self.setObjectName(f"stage_{stage.kind.name}")
        state = state_name(stage.state.value)
        self.setAccessibleName(say("desktop_projects.stage.name", stage=stage.kind.value, state=state))
        self._state = QLabel(state)
        self._state.setTextFormat(Qt.TextFormat.PlainText)
        self._theme = theme
        name = QLabel(stage.kind.value)
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setWordWrap(True)
        name.setStyleSheet("font-weight: bold;" if stage.seen else "")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 6, 0, 6)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        grid.setColumnMinimumWidth(0, self.fontMetrics().height() * 6)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._state, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(name, 0, 1)
        sentence = ValueLabel()
        sentence.setText(stage.sentence)
        grid.addWidget(sentence, 1, 1)
        row = 2
        if stage.article:
            article = ValueLabel(role="small")
            article.setText(say("desktop_projects.stage.article", article=stage.article))
            grid.addWidget(article, row, 1)
            row += 1
        for record_id in stage.record_ids:
            record = page.record(record_id).record
            date = record.published or say("session_village.undated")
            text = say("desktop_projects.stage.record", date=date, title=record.title)
            link = Link(text, say("desktop_projects.stage.open", title=record.title))
            link.clicked.connect(lambda _checked=False, one=record_id: choose(one))
            grid.addWidget(link, row, 1, Qt.AlignmentFlag.AlignLeft)
            row += 1
        self.paint_state()

    def paint_state(self) -> None:
        """In the colours of the present theme."""
        colour = self._theme.token(state_token(self.stage.state))
        self._state.setStyleSheet(f"color: {colour}; font-weight: bold;")
