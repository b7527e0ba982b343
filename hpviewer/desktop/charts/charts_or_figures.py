"""Charts in a page, or the same figures in a native table, or a sentence when there is neither."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QLabel, QStackedWidget, QToolButton, QWidget

from hpviewer.desktop.charts.chart_view import ChartView
from hpviewer.desktop.charts.page_chart import PageChart
from hpviewer.desktop.theme import Theme


@dataclass(frozen=True, slots=True)
class ChartWords:
    """What is said around the charts; the two buttons have a text and a tooltip each."""

    page: str
    """Of the charts page, for readers of the screen."""
    empty: str
    """A sentence and a next step."""
    as_charts: tuple[str, str]
    as_figures: tuple[str, str]


class ChartsOrFigures(QStackedWidget):
    """Its owner fills ``figures``, which it brings, and lays out the buttons ``as_charts`` and ``as_figures``.

    ``name`` begins the object names of the buttons. The web page is made when it is first shown.
    """

    mark_chosen = Signal(str, str)  # as in ChartView

    def __init__(
        self, name: str, words: ChartWords, figures: QWidget, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._theme = theme
        self._charts: tuple[PageChart, ...] = ()
        self.figures = figures
        self.chart_view: ChartView | None = None
        """None until the charts are shown for the first time."""
        self.as_charts = _segment(f"{name}_as_charts", *words.as_charts)
        self.as_figures = _segment(f"{name}_as_table", *words.as_figures)
        self._modes = QButtonGroup(self)
        self._modes.addButton(self.as_charts)
        self._modes.addButton(self.as_figures)
        self.as_charts.setChecked(True)
        self.empty = QLabel(words.empty)
        self.empty.setProperty("role", "empty")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.empty.setContentsMargins(24, 24, 24, 24)
        self.addWidget(self.empty)
        self.addWidget(figures)
        self._modes.buttonToggled.connect(self._on_mode_toggled)

    def show_charts(self, charts: Sequence[PageChart]) -> None:
        """Each with at least one bar or node; no chart shows the sentence."""
        self._charts = tuple(charts)
        self._show()

    def _show(self) -> None:
        if not self._charts:
            self.setCurrentWidget(self.empty)
        elif self.as_figures.isChecked():
            self.setCurrentWidget(self.figures)
        else:
            view = self._view()
            view.show_charts(self._charts, self._theme.tokens())
            self.setCurrentWidget(view)

    def _view(self) -> ChartView:
        if self.chart_view is None:
            self.chart_view = ChartView(self._words.page, self)
            self.chart_view.mark_chosen.connect(self.mark_chosen)
            self.addWidget(self.chart_view)
        return self.chart_view

    def _on_mode_toggled(self, _button: object, checked: bool) -> None:
        if checked and self._charts:
            self._show()


def _segment(name: str, text: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setText(text)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.setProperty("role", "segment")
    button.setCheckable(True)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
