"""A file becomes domain objects and an account of what was read; nothing here saves anything."""
