"""Results -> files and documents that other programs read."""
