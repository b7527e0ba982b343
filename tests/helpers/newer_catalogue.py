"""A bundled data set of a later day: one record corrected, one new, one gone, a place renamed, a policy retitled."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from hpviewer import paths
from hpviewer.catalogue.connection import open_writer, transaction
from hpviewer.catalogue.items import ItemKind, stored_value
from hpviewer.catalogue.place_rows import StoredPlace, write_place
from hpviewer.catalogue.places_on_map import PlacesOnMap
from hpviewer.catalogue.policy_rows import StoredPolicy, write_policy
from hpviewer.catalogue.policy_rows import encoded as encoded_policy
from hpviewer.catalogue.recognition import first_record
from hpviewer.catalogue.record_writer import delete_record, write_records
from hpviewer.catalogue.schema import set_meta
from hpviewer.catalogue.writer import Writer
from hpviewer.places.place import PlaceCode
from hpviewer.records.record import Record
from hpviewer.session.own_catalogue import find_catalogue
from tests.helpers.catalogue import bundled_catalogue

NEW_COMMUNITY = PlaceCode("440112006099")
RENAMED = PlaceCode("440112006003")
DATE = "2099-01-01"


def record_ids(path: Path) -> list[str]:
    connection = open_writer(path)
    ids = [row[0] for row in connection.execute("SELECT id FROM records ORDER BY id")]
    connection.close()
    return ids


def stored(path: Path, record_id: str) -> Record | None:
    connection = open_writer(path)
    record = first_record(connection, "r.id = ?", (record_id,))
    connection.close()
    return record


def edit(path: Path, record_id: str, **values: object) -> int:
    """As by hand, in a batch of its own: its number."""
    record = stored(path, record_id)
    assert record is not None
    with Writer(path) as writer:
        return writer.save([replace(record, **values)], "手工", exact=True)[0]  # type: ignore[arg-type]


def make_newer(path: Path) -> dict[str, str]:
    """Change the file at ``path`` into such a data set; which ids were ``corrected``, ``gone`` and ``new``."""
    corrected, gone = record_ids(path)[:2]
    connection = open_writer(path)
    with transaction(connection):
        record = first_record(connection, "r.id = ?", (corrected,))
        assert record is not None
        known = _known(connection)
        delete_record(connection, corrected)
        delete_record(connection, gone)
        write_records(connection, [replace(record, note="更正后的说明", area_ha=12.5)], known)
        value = stored_value(connection, ItemKind.PLACE, RENAMED)
        assert value is not None
        place = msgspec.json.decode(value, type=StoredPlace)
        renamed = msgspec.structs.replace(place, name="改名社区")
        write_place(connection, RENAMED, msgspec.json.encode(renamed))
        added = msgspec.structs.replace(place, code=NEW_COMMUNITY, name="新设社区", names=place.names[:1])
        write_place(connection, NEW_COMMUNITY, msgspec.json.encode(added))
        new = replace(record, id="brand-new", title="新公布的记录", doc_number="新〔2099〕1号")
        new = replace(
            new, communities=(NEW_COMMUNITY,), towns=(PlaceCode("440112006"),), source_url="", source_name=""
        )
        write_records(connection, [new], _known(connection))
        policy_id = next(iter(connection.execute("SELECT id FROM policies ORDER BY id")))[0]
        text = stored_value(connection, ItemKind.POLICY, policy_id)
        assert text is not None
        policy = msgspec.json.decode(text, type=StoredPolicy)
        retitled = replace(policy.policy, title=policy.policy.title + "（修订）")
        write_policy(connection, policy_id, encoded_policy(StoredPolicy(retitled, policy.clauses)))
        set_meta(connection, "data_date", DATE)
        set_meta(connection, "fingerprint", "newer")
    connection.close()
    return {"corrected": corrected, "gone": gone, "new": "brand-new", "policy": policy_id}


def _known(connection: object) -> PlacesOnMap:
    rows = list(
        connection.execute(  # type: ignore[attr-defined]  # an apsw connection
            "SELECT code, name, label_lon, label_lat FROM towns"
            " UNION ALL SELECT code, name, label_lon, label_lat FROM communities"
        )
    )
    return PlacesOnMap(
        names={PlaceCode(code): name for code, name, _, _ in rows},
        positions={PlaceCode(code): (lon, lat) for code, _, lon, lat in rows if lon is not None},
    )


def overtaken_catalogue(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's catalogue with one edit of a record, below ``folder``; a newer data set is bundled."""
    shipped = bundled_catalogue(folder)
    monkeypatch.setattr(paths, "bundled_catalogue", lambda: shipped)
    monkeypatch.setenv("HPVIEWER_HOME", str(folder / "home"))
    catalogue = find_catalogue(None)
    edit(catalogue, record_ids(catalogue)[3], note="我的说明")
    make_newer(shipped)
    return catalogue
