"""data/dataset.toml: the name and date of the bundled data, its sources and its boundary notice."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec

from hpviewer.errors import InputError
from hpviewer.records.dataset import Dataset
from hpviewer.wording import say


def read_dataset(path: Path) -> Dataset:
    """InputError when the file is missing, or a field is missing or of another type."""
    try:
        dataset = msgspec.toml.decode(path.read_bytes(), type=Dataset)
    except OSError:
        raise InputError(
            say("importing_bundled.unreadable", file=path.name), say("importing_bundled.restore", path=path)
        ) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(
            say("importing_bundled.dataset", file=path.name, problem=error), say("importing_bundled.fix_json")
        ) from None
    assert isinstance(dataset.data_date, dt.date)
    return dataset
