"""What an import would change, or changed: records, and field by field old and new."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from hpviewer.desktop.importing.change_text import NameOf
from hpviewer.desktop.importing.change_tree import ChangeTree
from hpviewer.desktop.importing.changes_model import ChangesModel
from hpviewer.desktop.theme import Theme
from hpviewer.records.change import RecordChange
from hpviewer.session.change_log import ChangedItem
from hpviewer.wording import say

_UNFOLDED = 12
"""Up to this many records are shown unfolded."""


class ChangesView(ChangeTree):
    def __init__(self, name_of: NameOf, theme: Theme, parent: QWidget | None = None) -> None:
        changes = ChangesModel(name_of)
        super().__init__(changes, say("desktop_importing.change.tree"), theme, parent)
        self.changes = changes
        changes.setParent(self)
        self.setObjectName("importChanges")

    def show_changes(self, changes: Sequence[RecordChange | ChangedItem]) -> None:
        self.changes.show_changes(changes)
        if len(changes) <= _UNFOLDED:
            self.expandAll()
        self.share_width()
