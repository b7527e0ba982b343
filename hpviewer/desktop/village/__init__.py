"""My village: one page about one community, to read, print and hand over."""
