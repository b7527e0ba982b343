"""Boundary files (GeoJSON, SHP, GPKG, KML) -> shapes of towns and communities, or project areas; nothing is saved."""
