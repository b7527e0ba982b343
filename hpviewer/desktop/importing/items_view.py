"""The boundaries, project areas or policies of a file before they are saved: what is new, what would change."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from hpviewer.desktop.importing.change_text import NameOf
from hpviewer.desktop.importing.change_tree import ChangeTree
from hpviewer.desktop.importing.items_model import ItemsModel
from hpviewer.desktop.theme import Theme
from hpviewer.session.import_preview import ItemPreview
from hpviewer.wording import say

_UNFOLDED = 3
"""Up to this many items are shown unfolded; more are an overview first."""


class ItemsView(ChangeTree):
    def __init__(self, name_of: NameOf, theme: Theme, parent: QWidget | None = None) -> None:
        items = ItemsModel(name_of)
        super().__init__(items, say("desktop_importing.item.tree"), theme, parent)
        self.items = items
        items.setParent(self)
        self.setObjectName("importItems")
        self._shown: tuple[ItemPreview, ...] = ()

    def needed_height(self) -> int:
        """To show all that is unfolded; of many items, enough is enough."""
        model = self.items
        rows = model.rowCount()
        if rows <= _UNFOLDED:
            rows += sum(model.rowCount(model.index(row, 0)) for row in range(rows))
        return self.header().sizeHint().height() + rows * self.sizeHintForRow(0) + 2 * self.frameWidth()

    def show_items(self, items: Sequence[ItemPreview]) -> None:
        """Shown again as they are, they stay unfolded as they were."""
        if tuple(items) == self._shown:
            return
        self._shown = tuple(items)
        self.items.show_items(items)
        if len(items) <= _UNFOLDED:
            self.expandAll()
        self.share_width()
