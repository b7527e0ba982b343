"""A notice as text -> its fields, each with the words they came from."""
