"""Column switch, place cascade, facets and chips: what narrows the result."""
