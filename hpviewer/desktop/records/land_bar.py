"""The land classes of a record as one stacked bar with a legend."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from hpviewer.desktop.plain_tip import plain_tip
from hpviewer.desktop.records.figures import hectares
from hpviewer.desktop.records.flow_layout import FlowLayout
from hpviewer.desktop.records.links import INSET
from hpviewer.desktop.records.record_text import land_classes
from hpviewer.desktop.records.value_label import ValueLabel
from hpviewer.desktop.theme import Theme
from hpviewer.records.record import LandClass
from hpviewer.wording import say

_BAR_HEIGHT = 12
_SWATCH = 10
_SHADES = 6
_LEAST = 2.0  # px: a class of 0.1 % is still to be seen


class LandBar(QWidget):
    """Bar and legend. Farm land in greens, building land and unused land in colours of their own; sub-classes
    are shades of their class, in the same order in bar and legend."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._bar = _Bar(self)
        self._legend = QWidget()
        self._flow = FlowLayout(self._legend, gap=12)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(INSET, 4, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._bar)
        layout.addWidget(self._legend)
        self._classes: tuple[LandClass, ...] = ()
        theme.changed.connect(self._on_theme_changed)

    def show_classes(self, classes: tuple[LandClass, ...]) -> None:
        """Hides itself when there is nothing to show."""
        self._classes = tuple(one for one in classes if one.hectares > 0)
        self._draw()
        self.setVisible(bool(self._classes))

    def _on_theme_changed(self) -> None:
        self._draw()

    def _draw(self) -> None:
        colours = self._colours()
        self._bar.show_parts(_leaves(self._classes, colours))
        self._bar.setAccessibleName(say("desktop_records.land.accessible"))
        self._bar.setAccessibleDescription(land_classes(self._classes))
        self._bar.setToolTip(plain_tip(land_classes(self._classes)))
        self._flow.clear()
        for one, colour in zip(self._classes, colours, strict=True):
            self._flow.addWidget(_Entry(one, None if one.parts else colour))
            for number, part in enumerate(one.parts):
                self._flow.addWidget(_Entry(part, _shade(colour, number)))

    def _colours(self) -> list[QColor]:
        farm = 0
        colours = []
        for one in self._classes:
            if one.name == say("desktop_records.land.building"):
                colours.append(self._theme.color("warn"))
            elif one.name == say("desktop_records.land.unused"):
                colours.append(self._theme.color("hatch"))
            else:
                colours.append(_shade(self._theme.color("ok"), farm))
                farm += 1
        return colours


class _Bar(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parts: list[tuple[float, QColor]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(200, _BAR_HEIGHT)

    def show_parts(self, parts: list[tuple[float, QColor]]) -> None:
        self._parts = parts
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        total = sum(area for area, _ in self._parts)
        if total <= 0:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()), 3, 3)
        painter.setClipPath(outline)
        free = self.width() - _LEAST * len(self._parts)
        left = 0.0
        for area, colour in self._parts:
            width = _LEAST + free * area / total
            painter.fillRect(QRectF(left, 0, width + 0.5, self.height()), colour)
            left += width


class _Entry(QWidget):
    """Swatch and text of the legend. A class with sub-classes has no swatch: theirs follow it."""

    def __init__(self, one: LandClass, colour: QColor | None) -> None:
        super().__init__()
        self._colour = colour
        self._label = ValueLabel(role="" if colour is None else "muted")
        heading = say("desktop_records.land.class", name=one.name, hectares=hectares(one.hectares))
        self._label.setText(heading if colour is None else land_classes((one,)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_SWATCH + 6 if colour is not None else 0, 0, 0, 0)
        layout.addWidget(self._label)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._colour is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour)
        line = min(self.height(), self._label.fontMetrics().height())
        painter.drawRoundedRect(QRectF(0, (line - _SWATCH) / 2 + 1, _SWATCH, _SWATCH), 2, 2)


def _leaves(classes: tuple[LandClass, ...], colours: list[QColor]) -> list[tuple[float, QColor]]:
    """Parts of the bar; what a class has beyond its sub-classes keeps the colour of the class."""
    leaves = []
    for one, colour in zip(classes, colours, strict=True):
        named = sum(part.hectares for part in one.parts)
        scale = (
            min(1.0, one.hectares / named) if named > 0 else 1.0
        )  # a sum that does not add up stays inside
        for number, part in enumerate(one.parts):
            leaves.append((part.hectares * scale, _shade(colour, number)))
        if one.hectares > named:
            leaves.append((one.hectares - named, colour if not one.parts else _shade(colour, len(one.parts))))
    return [leaf for leaf in leaves if leaf[0] > 0]


def _shade(colour: QColor, number: int) -> QColor:
    """The colour, then further ones of the same hue; begins again after six."""
    hue, saturation, lightness = colour.hslHueF(), colour.hslSaturationF(), colour.lightnessF()
    step = number % _SHADES
    towards = 0.86 if lightness < 0.5 else 0.28  # dark tokens grow lighter, light ones darker
    shaded = lightness + (towards - lightness) * step / _SHADES
    return QColor.fromHslF(max(hue, 0.0), saturation * (1 - 0.06 * step), shaded)
