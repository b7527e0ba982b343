"""What another catalogue would change, as a tree: parts with their counts, items, the fields of each."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from hpviewer.desktop.importing.change_text import field_label, value_text
from hpviewer.desktop.theme import Theme
from hpviewer.places.place import PlaceCode
from hpviewer.records.change import ChangeKind
from hpviewer.session.catalogue_difference import CatalogueDifference, Difference, Part
from hpviewer.wording import say

_KINDS = (ChangeKind.ADDED, ChangeKind.UPDATED, ChangeKind.REMOVED)
_COLOURS = {ChangeKind.ADDED: "ok", ChangeKind.UPDATED: "accent", ChangeKind.REMOVED: "warn"}


class ChangeList(QTreeWidget):
    """Fields are shown for records; of other items their name says enough. ``name_of`` names a place."""

    def __init__(
        self, theme: Theme, name_of: Callable[[PlaceCode], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._name_of = theme, name_of
        self._difference: CatalogueDifference | None = None
        self.setObjectName("changeList")
        self.setAccessibleName(say("desktop_update.changes"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHeaderHidden(True)
        self.setColumnCount(2)
        self.setUniformRowHeights(True)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        theme.changed.connect(self._fill)

    def show_difference(self, difference: CatalogueDifference) -> None:
        self._difference = difference
        self._fill()

    def _fill(self) -> None:
        if self._difference is None:
            return
        difference = self._difference
        self.clear()
        for part in Part:
            counts = [(kind, difference.count(part, kind)) for kind in _KINDS]
            words = [say(f"session_update.kind.{kind.value}", count=count) for kind, count in counts if count]
            if not words:
                continue
            entries = difference.of(part)
            top = QTreeWidgetItem(
                [say(f"session_update.part.{part.value}"), say("session_update.joint").join(words)]
            )
            self.addTopLevelItem(top)
            top.addChildren([self._entry(one) for one in entries])
            rest = sum(count for _, count in counts) - len(entries)
            if rest > 0:
                top.addChild(QTreeWidgetItem([say("session_update.more", count=rest), ""]))
        if self.topLevelItemCount() == 1:
            self.expandToDepth(0)

    def _entry(self, one: Difference) -> QTreeWidgetItem:
        mark = (
            say("session_update.own_mark") if one.own else ""
        )  # beside the title it would be the first to be cut
        item = QTreeWidgetItem([one.title, say(f"session_update.change.{one.kind.value}") + mark])
        item.setToolTip(0, one.title)
        item.setForeground(1, self._theme.color("warn" if one.own else _COLOURS[one.kind]))
        if one.part is Part.RECORD and one.kind is ChangeKind.UPDATED:
            for change in one.fields:
                if change.field == "id":
                    continue
                old, new = (
                    value_text(change.field, value, self._name_of) for value in (change.old, change.new)
                )
                text = say("desktop_update.field", field=field_label(change.field), old=old, new=new)
                child = QTreeWidgetItem([text, ""])
                child.setToolTip(0, text)
                child.setData(0, Qt.ItemDataRole.ForegroundRole, self._theme.color("text_muted"))
                item.addChild(child)
        return item
