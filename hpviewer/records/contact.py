"""Whom a record names to be asked: contact, telephone, address. They stand in its note, as a notice words them.

A notice that is brought in leaves them there (`contact_note`); a person may write them there, too. A record has no
field of its own for it, so that the note's masking, history and export hold for them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from hpviewer.records.record import Record

_LABELS = (
    r"联系人|联系方式|联系电话|联系地址|联系部门|咨询电话|咨询地址|办公地址|办公电话"
    r"|登记地点|登记地址|办理地点|受理地点|受理地址"
)
_LABELLED = re.compile(rf"(?:补偿)?(?:{_LABELS})[:：][^；;。\n]+")

_MOBILE = re.compile(r"(?:86)?1[3-9]\d{9}")


def contact_of(record: Record) -> str:
    """The labelled parts of the note that tell whom to ask, as written; empty where there is none."""
    parts = [found[0].strip() for found in _LABELLED.finditer(record.note)]
    return "；".join(dict.fromkeys(parts))


def contact_note(contacts: Sequence[str], phones: Sequence[str], places: Sequence[str] = ()) -> str:
    """A note that `contact_of` reads back; empty when all are. Mobile numbers are a person's own: they are not kept."""
    phones = [one for one in phones if not _MOBILE.fullmatch(re.sub(r"\D", "", one))]
    pairs = (("联系人", contacts), ("联系电话", phones), ("办理地点", places))
    return "；".join(f"{label}：{'、'.join(values)}" for label, values in pairs if values)
