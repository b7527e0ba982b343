"""The map page: rendered once by folium into static files, its layers as JSON. Knows no Qt."""
