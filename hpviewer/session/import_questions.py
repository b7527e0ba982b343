"""Questions of the import's views that have an answer of their own and change nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hpviewer.errors import HpviewerError
from hpviewer.places.place import Match, PlaceCode
from hpviewer.records.change import RecordChange
from hpviewer.records.record import Record
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.session.change_log import ChangedItem, ChangeLog
from hpviewer.session.executor import Cancel, Executor
from hpviewer.session.import_desk import ImportDesk
from hpviewer.session.import_list import FileList
from hpviewer.session.import_personal import typed_personal
from hpviewer.session.import_work import WorkState
from hpviewer.session.ledger_columns import SheetHead, read_heads
from hpviewer.session.record_entry import Checked, Entry, check, enter


class ImportQuestions:
    """``desk`` and ``queries`` are called from workers; answers come home on the session's thread."""

    def __init__(
        self,
        desk: ImportDesk,
        queries: CatalogueQueries,
        executor: Executor,
        files: FileList,
        work: WorkState,
    ) -> None:
        self._desk = desk
        self._queries = queries
        self._log = ChangeLog(queries)
        self._executor = executor
        self._list = files
        self._work = work

    def check(self, field: str, text: str) -> Checked:
        """Whether a field's text can be used, without using it. A personal number in it is a warning."""
        checked = check(field, text)
        return replace(checked, warning=checked.warning + typed_personal(field, text))

    def changes_of(
        self, batch: int, deliver: Callable[[tuple[RecordChange | ChangedItem, ...]], None]
    ) -> None:
        """What a batch changed, field by field: records, then what else it held. A newer question wins."""

        def work(_: Cancel) -> tuple[RecordChange | ChangedItem, ...]:
            return (*self._desk.changes_of(batch), *self._log.items_beside(batch))

        self._executor.read("import-changes", work, self._work.settle(deliver, "batches"))

    def sheet_heads(self, key: int, deliver: Callable[[int, tuple[SheetHead, ...]], None]) -> None:
        """The first rows of a ledger's sheets, to correct its mapping by; () when they cannot be read."""
        file = self._list.file(key)
        if file is None or file.pasted:
            deliver(key, ())
            return

        def work(_: Cancel) -> tuple[SheetHead, ...]:
            try:
                return read_heads(file.path)
            except HpviewerError:
                return ()

        self._executor.read(
            "import-heads", work, self._work.settle(lambda heads: deliver(key, heads), "mapping")
        )

    def find_places(self, text: str, deliver: Callable[[str, tuple[Match, ...]], None]) -> None:
        """Places that a name, whole or begun, may mean; best first. A newer question wins."""
        self._executor.read(
            "import-places",
            lambda _: tuple(self._queries.reader().resolver.complete(text, 8)),
            self._work.settle(lambda found: deliver(text, found), "places"),
        )

    def enter(
        self,
        texts: dict[str, str],
        towns: tuple[PlaceCode, ...],
        communities: tuple[PlaceCode, ...],
        base: Record | None = None,
    ) -> Entry:
        """A form's texts as a record, with the same checks as an import."""
        entry = enter(texts, towns, communities, base)
        personal = {field: found for field, text in texts.items() if (found := typed_personal(field, text))}
        warnings = {
            field: entry.warnings.get(field, "") + personal.get(field, "")
            for field in (*entry.warnings, *personal)
        }
        return replace(entry, warnings=warnings)
