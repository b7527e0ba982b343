"""Disclosure records, projects, stages, time limits and the filter."""
