"""What is too large to be a boundary file of a district, and refusals with a next step."""

from __future__ import annotations

from hpviewer.errors import InputError
from hpviewer.importing.bounded_zip import Limits
from hpviewer.wording import say

_MB = 1024 * 1024
LARGEST_FILE = 200 * _MB
LARGEST_KML = 64 * _MB
"""Its parser keeps the whole document, at about eight times the file."""
MOST_FEATURES = 100_000
MOST_VERTICES = 5_000_000
MOST_COLUMNS = 400
MOST_LAYERS = 200
LONGEST_VALUE = 500
"""Characters of an attribute that are kept; names and codes are far shorter."""
CONTAINER = Limits(
    file_size=LARGEST_FILE,
    members=500,
    member_size=LARGEST_FILE,
    total_size=400 * _MB,
    ratio=300,
    ratio_from=4 * _MB,
    nesting=1,
)
"""For KMZ and zipped shapes. A table of blanks (dbf) packs 150 times; archives inside are measured, never read."""

_NEXT = {
    "missing": "check_path",
    "not_a_file": "check_path",
    "unreadable": "close_elsewhere",
    "file_size": "split",
    "features": "split",
    "vertices": "split",
    "columns": "fewer_columns",
    "layers": "one_layer",
    "views": "one_layer",
    "unknown_layer": "one_layer",
    "external": "export_again",
    "foreign_datum": "to_cgcs2000",
    "unknown_crs": "give_crs",
    "outside": "give_crs",
    "parts": "all_parts",
    "unknown_kind": "kinds",
    "nothing_inside": "kinds",
    "no_polygons": "polygons",
    "no_features": "polygons",
}


def refusal(key: str, **values: object) -> InputError:
    """``key`` of importing_boundaries.file; its next step is the one of _NEXT, or to export the file again."""
    return InputError(
        say(f"importing_boundaries.file.{key}", **values),
        say(f"importing_boundaries.file_next.{_NEXT.get(key, 'export_again')}"),
    )
