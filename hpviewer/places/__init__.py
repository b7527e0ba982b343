"""Towns, communities, former names and readings: a name as written -> a place, and why."""
