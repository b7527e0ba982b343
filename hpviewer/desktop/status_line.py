"""The line at the bottom: which catalogue, how much it holds, how far its data can be trusted."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from hpviewer.desktop.elided_label import ElidedLabel
from hpviewer.records.results import CatalogueInfo
from hpviewer.session.events import CatalogueOpened
from hpviewer.session.session import Session
from hpviewer.wording import say


class StatusLine(QFrame):
    """Facts of the catalogue at the left, the display scale at the right."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusLine")
        self.setAccessibleName(say("desktop.status.name"))
        self.catalogue = ElidedLabel(say("desktop.status.opening"), role="status")
        self.catalogue.setMaximumWidth(280)
        self.counts = ElidedLabel(role="status")
        self.unlocated = ElidedLabel(role="status")
        self.date = ElidedLabel(role="status")
        self.schematic = ElidedLabel(role="status-warn")
        self.read_only = ElidedLabel(say("desktop.status.read_only"), role="status-warn")
        self.scale = ElidedLabel(role="status")
        self.scale.setToolTip(say("desktop.status.scale_tip"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 16, 0)
        layout.setSpacing(24)
        for label in (self.catalogue, self.counts, self.unlocated, self.date, self.schematic, self.read_only):
            layout.addWidget(label)
        layout.addStretch(1)
        layout.addWidget(self.scale)
        for label in (self.unlocated, self.date, self.schematic, self.read_only):
            label.hide()
        self.scale.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.setFixedHeight(max(26, self.fontMetrics().height() + 8))
        session.subscribe(CatalogueOpened, lambda event: self._show(event.info))
        if session.info is not None:
            self._show(session.info)
        self._show_scale()

    def add_badge(self, badge: QWidget) -> None:
        """Something that counts, at the right before the scale."""
        layout = self.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.insertWidget(layout.indexOf(self.scale), badge)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.setFixedHeight(max(26, self.fontMetrics().height() + 8))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._show_scale()
        return super().event(event)

    def _show(self, info: CatalogueInfo) -> None:
        self.catalogue.set_text(say("desktop.status.catalogue", name=info.name), tip=info.path)
        self.counts.set_text(
            say(
                "desktop.status.counts",
                records=f"{info.records:,}",
                towns=info.towns,
                communities=info.communities,
            )
        )
        self.unlocated.set_text(say("desktop.status.unlocated", count=info.communities_unlocated))
        self.unlocated.setVisible(info.communities_unlocated > 0)
        self.date.set_text(say("desktop.status.date", date=info.data_date))
        self.date.setVisible(bool(info.data_date))
        if info.schematic:
            self.schematic.set_text(say("desktop.status.schematic"), tip=say("desktop.status.schematic_tip"))
        elif info.review_number:
            self.schematic.set_text(say("desktop.status.review", number=info.review_number))
        self.schematic.setProperty("role", "status-warn" if info.schematic else "status")
        self.schematic.style().polish(self.schematic)
        self.schematic.setVisible(info.schematic or bool(info.review_number))
        self.read_only.set_text(say("desktop.status.read_only"), tip=say("desktop.status.read_only_tip"))
        self.read_only.setVisible(info.read_only)

    def _show_scale(self) -> None:
        percent = round(self.devicePixelRatioF() * 100)
        self.scale.setText(say("desktop.status.scale", percent=percent))
        self.scale.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
