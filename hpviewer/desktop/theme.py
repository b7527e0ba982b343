"""Light and dark: tokens by meaning, one style sheet made from them, the font of the interface."""

from __future__ import annotations

import tomllib
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from hpviewer import paths
from hpviewer.desktop.fonts import interface_family

_POINTS = 9.75  # 13 px at 96 dpi; in points, so that the desktop's own text size counts

_SCHEMES = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}
_SCALES = {"normal": 1.0, "large": 1.15, "larger": 1.3}

_Role = QPalette.ColorRole
_PALETTE = {
    _Role.Window: "bg",
    _Role.WindowText: "text",
    _Role.Base: "surface",
    _Role.AlternateBase: "surface_alt",
    _Role.Text: "text",
    _Role.Button: "surface",
    _Role.ButtonText: "text",
    _Role.BrightText: "warn",
    _Role.Highlight: "accent",
    _Role.HighlightedText: "on_accent",
    _Role.Link: "accent",
    _Role.LinkVisited: "accent",
    _Role.ToolTipBase: "surface",
    _Role.ToolTipText: "text",
    _Role.PlaceholderText: "text_faint",
    _Role.Accent: "accent",
    _Role.Light: "surface",
    _Role.Midlight: "hover",
    _Role.Mid: "border",
    _Role.Dark: "border_strong",
    _Role.Shadow: "border_strong",
}


class Theme(QObject):
    """The look of the application.

    Follows the desktop's light or dark setting unless ``scheme`` or follow() says otherwise. Colours are named
    by meaning: token("accent") gives "#1f6f8b". Widgets only mark themselves (objectName, property ``role``).
    """

    changed = Signal()  # light became dark or back, or text another size; the style sheet is already applied

    def __init__(self, app: QApplication, scheme: Qt.ColorScheme = Qt.ColorScheme.Unknown) -> None:
        super().__init__(app)
        self._app = app
        self._override = scheme
        style = paths.resources() / "style"
        self._tokens: dict[str, dict[str, str]] = tomllib.loads(
            (style / "tokens.toml").read_text(encoding="utf-8")
        )
        self._template = Template((style / "hpviewer.qss").read_text(encoding="utf-8"))
        self._applied: tuple[bool, float] | None = None
        self._scale = 1.0
        self._family = interface_family()
        app.setStyle("Fusion")  # the same measures on Windows, UOS and Kylin; the style sheet does the rest
        self._apply()
        app.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)

    @property
    def dark(self) -> bool:
        scheme = self._override
        if scheme == Qt.ColorScheme.Unknown:
            scheme = self._app.styleHints().colorScheme()
        return scheme == Qt.ColorScheme.Dark

    @property
    def family(self) -> str:
        """The font family in use; empty when Qt chose it."""
        return self._family

    @property
    def text_scale(self) -> float:
        """How much larger than usual text is; 1 at first."""
        return self._scale

    def token(self, name: str) -> str:
        """A colour as #rrggbb; KeyError for a name that is not in tokens.toml."""
        return self._tokens["dark" if self.dark else "light"][name]

    def tokens(self) -> dict[str, str]:
        """All colours of the present scheme, for pages that set them as style variables."""
        return dict(self._tokens["dark" if self.dark else "light"])

    def color(self, name: str) -> QColor:
        return QColor(self.token(name))

    def follow(self, scheme: Qt.ColorScheme) -> None:
        """Light or Dark whatever the desktop says; Unknown follows the desktop again."""
        self._override = scheme
        self._apply()

    def follow_settings(self, theme: str, text_size: str) -> None:
        """``system``, ``light`` or ``dark``; ``normal``, ``large`` or ``larger`` text."""
        self._scale = _SCALES[text_size]
        self.follow(_SCHEMES[theme])

    def _on_scheme_changed(self, _scheme: Qt.ColorScheme) -> None:
        self._apply()

    def _apply(self) -> None:
        wanted = (self.dark, self._scale)
        if wanted == self._applied:
            return
        first = self._applied is None
        if self._applied is None or self._applied[1] != self._scale:
            font = QFont(self._family) if self._family else self._app.font()
            font.setPointSizeF(_POINTS * self._scale)
            self._app.setFont(font)
        self._applied = wanted
        palette = QPalette()
        for role, name in _PALETTE.items():
            palette.setColor(role, self.color(name))
        for role in (_Role.Text, _Role.ButtonText, _Role.WindowText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.color("text_faint"))
        self._app.setPalette(palette)
        icons = (paths.resources() / "icons").as_posix()
        mode = "dark" if self.dark else "light"
        values = self._tokens[mode] | self._sizes() | {"icons": icons, "mode": mode}
        self._app.setStyleSheet(self._template.substitute(values))
        if not first:
            self.changed.emit()

    def _sizes(self) -> dict[str, str]:
        sizes = self._tokens["size"]
        if self._scale == 1:
            return sizes
        return {name: f"{float(size.removesuffix('pt')) * self._scale:g}pt" for name, size in sizes.items()}
