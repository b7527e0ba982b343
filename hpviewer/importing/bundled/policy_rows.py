"""data/policies.csv -> policy documents (metadata only, no text)."""

from __future__ import annotations

from pathlib import Path

from hpviewer.importing.bundled.rows import Row, read_rows
from hpviewer.policies.policy import Policy
from hpviewer.records.column import SourceKind

COLUMNS = (
    "id", "title", "doc_number", "unified_number", "issuer", "issued", "effective", "expires", "kind",
    "source_kind", "source_url", "note",
)  # fmt: skip


def read_policies(path: Path) -> list[Policy]:
    """All policies, in file order. InputError names every row that cannot be used."""
    return read_rows(path, COLUMNS, _policy, key=lambda policy: policy.id)


def _policy(row: Row) -> Policy:
    return Policy(
        id=row.required("id"),
        title=row.required("title"),
        doc_number=row.text("doc_number"),
        unified_number=row.text("unified_number"),
        issuer=row.text("issuer"),
        issued=row.date("issued"),
        effective=row.date("effective"),
        expires=row.date("expires"),
        kind=row.required("kind"),
        source_kind=row.choice("source_kind", SourceKind),
        source_url=row.text("source_url"),
        note=row.text("note"),
    )
