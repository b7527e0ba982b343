"""The settings, each saved and applied with the gesture that changes it. Blocks nothing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from hpviewer.desktop.records.value_label import ValueLabel
from hpviewer.desktop.theme import Theme
from hpviewer.errors import HpviewerError
from hpviewer.session.executor import Executor, settle
from hpviewer.session.settings import (
    MOST_BACKUPS,
    NEW_DATA,
    TEXT_SIZES,
    THEMES,
    LoadedSettings,
    Settings,
    load_settings,
    settings_file,
)
from hpviewer.session.settings_file import ensure_file, save_setting
from hpviewer.wording import say


class SettingsDialog(QDialog):
    """Shows what settings.toml says now; ``show_again`` reads it anew."""

    def __init__(self, theme: Theme, executor: Executor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._executor = theme, executor
        self._settings = Settings()
        self.setObjectName("settingsDialog")
        self.setWindowTitle(say("desktop_settings.title"))
        self.setAccessibleName(say("desktop_settings.title"))
        self.setModal(False)
        self.theme_choice = self._combo("theme", THEMES)
        self.text_size = self._combo("text_size", TEXT_SIZES)
        self.catalogue = self._line("catalogue")
        self.new_data = self._combo("new_data", NEW_DATA)
        self.backups = QSpinBox()
        self.backups.setRange(1, MOST_BACKUPS)
        self.backups.setKeyboardTracking(False)
        self.backups.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.backups.valueChanged.connect(lambda value: self._save("backups", value))
        self.slip_template = self._line("slip_template")
        self.pack_key = self._line("pack_key")
        self.message = ValueLabel()
        self.message.setObjectName("settingsMessage")
        self.machine = ValueLabel("muted")
        self.file = ValueLabel("muted")
        self.open_file = QPushButton(say("desktop_settings.open_file"))
        self.close_button = QPushButton(say("desktop_settings.close"))
        self._compose()
        self.show_again()
        self.resize(560, self.sizeHint().height())

    def show_again(self) -> None:
        """Read the file, which an editor may have changed."""
        loaded = load_settings()
        self._settings = loaded.settings
        for key, box in {
            "theme": self.theme_choice,
            "text_size": self.text_size,
            "new_data": self.new_data,
        }.items():
            box.setCurrentIndex(box.findData(getattr(loaded.settings, key)))
        for key, line in self._lines().items():
            line.setText(getattr(loaded.settings, key))
            line.setCursorPosition(0)
        self.backups.blockSignals(True)
        self.backups.setValue(loaded.settings.backups)
        self.backups.blockSignals(False)
        self._apply()
        self._say("\n".join(loaded.notes))
        self._tell_source(loaded)

    # -- composition -----------------------------------------------------------------------------------

    def _compose(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows: dict[str, tuple[QWidget, QHBoxLayout | None]] = {
            "theme": (self.theme_choice, None),
            "text_size": (self.text_size, None),
            "catalogue": (self.catalogue, self._with_browse(self.catalogue, "catalogue")),
            "new_data": (self.new_data, None),
            "backups": (self.backups, None),
            "slip_template": (self.slip_template, self._with_browse(self.slip_template, "slip_template")),
            "pack_key": (self.pack_key, None),
        }
        for key, (field, row) in rows.items():
            field.setObjectName(f"setting_{key}")
            field.setAccessibleName(say(f"desktop_settings.{key}"))
            field.setToolTip(say(f"desktop_settings.tip.{key}"))
            field.setAccessibleDescription(say(f"desktop_settings.tip.{key}"))
            form.addRow(say(f"desktop_settings.{key}"), row or field)
        self.open_file.setAutoDefault(False)
        self.open_file.clicked.connect(self._on_open_file)
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.addWidget(self.open_file)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(form)
        for label in (self.message, self.machine, self.file):
            layout.addWidget(label)
        layout.addStretch(1)
        layout.addLayout(foot)

    def _combo(self, key: str, values: tuple[str, ...]) -> QComboBox:
        box = QComboBox()
        for value in values:
            box.addItem(say(f"desktop_settings.{key}_{value}"), value)
        box.activated.connect(lambda _: self._save(key, box.currentData()))
        return box

    def _line(self, key: str) -> QLineEdit:
        line = QLineEdit()
        line.setPlaceholderText(say(f"desktop_settings.empty.{key}"))
        line.editingFinished.connect(lambda: self._save(key, line.text().strip()))
        return line

    def _lines(self) -> dict[str, QLineEdit]:
        return {"catalogue": self.catalogue, "slip_template": self.slip_template, "pack_key": self.pack_key}

    def _with_browse(self, line: QLineEdit, key: str) -> QHBoxLayout:
        button = QPushButton(say("desktop_settings.browse"))
        button.setAutoDefault(False)
        button.setAccessibleName(say("desktop_settings.browse_for", what=say(f"desktop_settings.{key}")))
        button.clicked.connect(lambda: self._browse(line, key))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(line, 1)
        row.addWidget(button)
        return row

    # -- changes ---------------------------------------------------------------------------------------

    def _save(self, key: str, value: str | int) -> None:
        if value == getattr(self._settings, key):
            return

        def saved(_: object) -> None:
            loaded = load_settings()
            self._settings = loaded.settings
            self._apply()
            self._say(self._effect(key, value))
            self._tell_source(loaded)

        self._executor.write(lambda _: save_setting(key, value), settle(saved, self._on_failed))

    def _apply(self) -> None:
        self._theme.follow_settings(self._settings.theme, self._settings.text_size)

    def _effect(self, key: str, value: str | int) -> str:
        if key in ("catalogue", "slip_template") and value and not Path(str(value)).expanduser().is_file():
            return say("desktop_settings.saved_missing", file=value)
        return say(f"desktop_settings.saved{'_next_start' if key == 'catalogue' else ''}")

    def _browse(self, line: QLineEdit, key: str) -> None:
        dialog = QFileDialog(
            self, say(f"desktop_settings.{key}"), str(Path(line.text()).parent if line.text() else "")
        )
        dialog.setNameFilter(say(f"desktop_settings.files.{key}"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)

        def chosen(file: str) -> None:
            line.setText(str(Path(file)))
            self._save(key, line.text())

        dialog.fileSelected.connect(chosen)
        dialog.open()

    def _on_open_file(self) -> None:
        def show(file: Path) -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))

        self._executor.write(lambda _: ensure_file(), settle(show, self._on_failed))

    def _on_failed(self, error: HpviewerError) -> None:
        self._say("\n".join(part for part in (error.message, error.next_step) if part))

    def _say(self, text: str) -> None:
        self.message.setText(text)
        self.message.setVisible(bool(text))

    def _tell_source(self, loaded: LoadedSettings) -> None:
        names = [say(f"desktop_settings.{key}") for key in sorted(loaded.machine)]
        self.machine.setText(say("desktop_settings.machine", names=say("desktop_settings.joint").join(names)))
        self.machine.setVisible(bool(names))
        self.file.setText(say("desktop_settings.file", file=settings_file()))
