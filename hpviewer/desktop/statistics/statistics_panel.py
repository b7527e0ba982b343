"""Statistics of the current filter: charts in a page, or the same figures as a native table."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from hpviewer.desktop.charts.charts_or_figures import ChartsOrFigures, ChartWords
from hpviewer.desktop.charts.page_chart import PageChart
from hpviewer.desktop.statistics.figures_table import FiguresTable
from hpviewer.desktop.theme import Theme
from hpviewer.places.place import PlaceCode
from hpviewer.records.filter import Part, RecordFilter
from hpviewer.records.kind import Kind
from hpviewer.session.charts import Chart, ChartId
from hpviewer.session.events import CatalogueOpened, ResultsLoaded, WorkFailed
from hpviewer.session.session import Session
from hpviewer.wording import say

_CAUSE = "statistics"


class StatisticsPanel(QWidget):
    """Asks for figures only while it is to be seen; its web page is made when it is first shown.

    The charts are built away from the UI thread (Session.charts); here they are only handed to the page.
    """

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statistics_panel")
        self.setAccessibleName(say("desktop_statistics.accessible"))
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self._session = session
        self._theme = theme
        self._asked: RecordFilter | None = None  # what the figures shown or under way belong to
        self._summary = QLabel()
        self._summary.setTextFormat(Qt.TextFormat.PlainText)
        self._summary.setProperty("role", "muted")
        self.table = FiguresTable(theme)
        self.views = ChartsOrFigures("statistics", _words(), self.table, theme)

        top = QHBoxLayout()
        top.setContentsMargins(16, 8, 16, 8)
        top.setSpacing(0)
        top.addWidget(self._summary, 1)
        top.addWidget(self.views.as_charts)
        top.addWidget(self.views.as_figures)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self.views, 1)

        self.views.mark_chosen.connect(self._on_bar_chosen)
        self.table.row_chosen.connect(self._on_bar_chosen)
        theme.changed.connect(self._on_theme_changed)
        session.subscribe(ResultsLoaded, self._on_results_loaded)
        session.subscribe(CatalogueOpened, self._on_catalogue_opened)
        session.subscribe(WorkFailed, self._on_work_failed)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    # -- events of the session --------------------------------------------------------------------------

    def _on_results_loaded(self, event: ResultsLoaded) -> None:
        self._refresh()

    def _on_catalogue_opened(self, event: CatalogueOpened) -> None:
        self._asked = None  # same filter, other content
        self._refresh()

    def _on_work_failed(self, event: WorkFailed) -> None:
        if event.cause == _CAUSE:
            self._asked = None  # the next showing tries again

    def _on_theme_changed(self) -> None:
        self._asked = None
        self._refresh()

    # -- figures ----------------------------------------------------------------------------------------

    def _refresh(self) -> None:
        results = self._session.results
        if not self.isVisible() or results is None or results.filter == self._asked:
            return
        self._asked = results.filter
        self._session.charts(self._theme.dark, self._on_charts_delivered)

    def _on_charts_delivered(self, charts: tuple[Chart, ...]) -> None:
        results = self._session.results
        self._summary.setText(
            say("desktop_statistics.summary", count=f"{results.total:,}") if results is not None else ""
        )
        self.table.show_charts(charts)
        self.views.show_charts(
            [
                PageChart(chart.id.value, chart.title, chart.subtitle, chart.option_json)
                for chart in charts
                if chart.rows
            ]
        )

    # -- gestures ---------------------------------------------------------------------------------------

    def _on_bar_chosen(self, chart: str, key: str) -> None:
        try:
            chosen = narrowed(self._session.filter, ChartId(chart).part, key)
        except ValueError:
            return  # not a value of this part: the page is not trusted further than that
        self._session.set_filter(chosen, _CAUSE)


def _words() -> ChartWords:
    return ChartWords(
        page=say("desktop_statistics.charts.accessible"),
        empty=say("desktop_statistics.empty"),
        as_charts=(say("desktop_statistics.charts.switch"), say("desktop_statistics.charts.tip")),
        as_figures=(say("desktop_statistics.table.switch"), say("desktop_statistics.table.tip")),
    )


def narrowed(now: RecordFilter, part: Part, key: str) -> RecordFilter:
    """The filter with one part set to the value of a bar; ValueError when it is none of the part's values."""
    if part is Part.KIND:
        return replace(now, kinds=(Kind(key),))
    if part is Part.YEAR:
        return replace(now, years=(int(key) if key else None,))
    if part is Part.TOWN and key.isdigit() and len(key) == 9:
        return now.at_place(PlaceCode(key))
    raise ValueError(key)
