"""Data packs: the catalogue by USB stick."""
