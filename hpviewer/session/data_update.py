"""A newer bundled data set for a catalogue: what it would change, and the three answers to it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hpviewer import paths
from hpviewer.cancelling import Wanted, always
from hpviewer.catalogue.backup import put_in_place
from hpviewer.catalogue.holdings import Holdings
from hpviewer.catalogue.kept_backups import KEPT, keep_backup
from hpviewer.catalogue.origin import read_origin, remember_answer
from hpviewer.session.catalogue_difference import CatalogueDifference, compare_catalogues
from hpviewer.session.catalogue_merge import MergeOutcome, merge_catalogue
from hpviewer.session.own_catalogue import is_newer
from hpviewer.session.settings import Settings
from hpviewer.wording import say


@dataclass(frozen=True, slots=True)
class Preview:
    """``untouched``: nothing was imported or edited here, so nothing of the user's can be lost."""

    difference: CatalogueDifference
    untouched: bool


@dataclass(frozen=True, slots=True)
class UpdateOffer:
    update: DataUpdate
    preview: Preview


class DataUpdate:
    """For the catalogue at ``path``; every method may take long and is called from a worker.

    CatalogueError when one of the files cannot be read or the catalogue not written: it is then as it was.
    """

    def __init__(self, path: Path, bundled: Path, kept: int = KEPT) -> None:
        self.path = path
        self.bundled = bundled
        self._kept = kept

    def newer(self) -> bool:
        """Whether the bundled data set is not older than the catalogue's, not in it and not declined."""
        return is_newer(read_origin(self.bundled), read_origin(self.path))

    def preview(self, wanted: Wanted = always) -> Preview:
        with Holdings(self.path) as mine, Holdings(self.bundled) as shipped:
            difference = compare_catalogues(mine, shipped, wanted)
        return Preview(difference, not read_origin(self.path).changed)

    def keep(self) -> None:
        """Leave the catalogue as it is and offer this data set no more."""
        remember_answer(self.path, read_origin(self.bundled).fingerprint)

    def take(self) -> Path:
        """The bundled data set in place of the catalogue, own imports and edits included; the backup's path."""
        date = read_origin(self.path).data_date.replace("-", "")
        backup = keep_backup(self.path, f"data{date}", self._kept)
        put_in_place(self.bundled, self.path)
        return backup

    def redraw(self) -> None:
        """The bundled file in place of a copy with the same facts: what is derived from them may be of an older
        program, such as the layers of the map."""
        put_in_place(self.bundled, self.path)

    def both(self, wanted: Wanted = always) -> MergeOutcome:
        """The new facts as one batch beside what the user imported and edited; undo takes it back."""
        source = say("session.update_source", date=read_origin(self.bundled).data_date)
        return merge_catalogue(self.path, self.bundled, source, wanted, follows=True)


def pending_update(path: Path, settings: Settings) -> DataUpdate | None:
    """What to offer when this catalogue is opened: only for the user's own one, and only if it is to be offered."""
    bundled = paths.bundled_catalogue()
    if settings.new_data == "never" or path != paths.user_catalogue() or not bundled.is_file():
        return None
    update = DataUpdate(path, bundled, settings.backups)
    return update if update.newer() else None


def offered_update(path: Path, settings: Settings, wanted: Wanted = always) -> UpdateOffer | None:
    """The pending update with what it changes. Where no fact changes there is nothing to ask: an untouched copy is
    drawn anew, any other stays."""
    update = pending_update(path, settings)
    if update is None:
        return None
    preview = update.preview(wanted)
    if not preview.difference.empty:
        return UpdateOffer(update, preview)
    if preview.untouched:
        update.redraw()
    return None
