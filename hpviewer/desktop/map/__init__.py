"""The map in the middle of the window."""
