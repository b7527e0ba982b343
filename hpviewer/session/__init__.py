"""One Session: filter, selection, use-cases, events. Knows no Qt."""
