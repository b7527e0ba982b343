"""The search box and its list of suggestions."""
