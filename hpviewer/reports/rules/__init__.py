"""The rules of the report, one small pure function each."""
