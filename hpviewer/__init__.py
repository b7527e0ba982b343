"""hpviewer: the map and lookup tool for land disclosure in Huangpu."""

__version__ = "0.1.0"
