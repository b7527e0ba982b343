"""Compiles the bundled facts into what ships: the catalogue and the map page."""

from __future__ import annotations

from pathlib import Path

from hpviewer.catalogue.builder import build_catalogue
from hpviewer.catalogue.content import Content
from hpviewer.importing.bundled.bundle import Bundle, read_bundled
from hpviewer.importing.bundled.record_rows import PlaceCodes
from hpviewer.mapping.layers import build_layers
from hpviewer.places.gazetteer import Gazetteer, load_gazetteer
from hpviewer.reports.shipped import shipped_headlines, shipped_reports

CATALOGUE_FILE = "catalogue.gpkg"
MAP_FOLDER = "map"


def build_bundled(data: Path, out: Path) -> Path:
    """For the package build: ``out``/catalogue.gpkg and the map page in ``out``/map. The catalogue's path."""
    from hpviewer.mapping.page_store import build_page  # here: brings folium, which a catalogue does not need

    build_page(out / MAP_FOLDER)
    return compile_catalogue(data, out / CATALOGUE_FILE)


def compile_catalogue(data: Path, out: Path) -> Path:
    """`catalogue build`: a folder of readable facts -> one GeoPackage. InputError names file and row."""
    gazetteer = load_gazetteer(data / "places")
    bundle = read_bundled(data, _codes(gazetteer))
    build_catalogue(_content(gazetteer, bundle, data / "reports"), out)
    return out


def _codes(gazetteer: Gazetteer) -> PlaceCodes:
    names = {place.code: place.name for place in gazetteer.towns}
    return PlaceCodes(
        towns={place.name: place.code for place in gazetteer.towns},
        communities={(names[place.town_code], place.name): place.code for place in gazetteer.communities},
    )


def _content(gazetteer: Gazetteer, bundle: Bundle, reports: Path) -> Content:
    return Content(
        dataset=bundle.dataset,
        places=gazetteer.places,
        names=gazetteer.names,
        shapes={shape.code: shape for shape in (*bundle.town_shapes, *bundle.community_shapes)},
        guessed_edges=bundle.guessed_edges,
        water=bundle.water,
        metro_lines=bundle.metro_lines,
        metro_stations=bundle.stations,
        records=bundle.records,
        policies=bundle.policies,
        reports=(*shipped_reports(reports), *shipped_headlines(reports)),
        layers=build_layers(
            {place.code: place for place in gazetteer.places},
            bundle.district,
            bundle.town_shapes,
            bundle.community_shapes,
            bundle.guessed_edges,
            bundle.water,
            bundle.metro_lines,
            bundle.stations,
        ),
    )
