"""The commands. Text becomes types here, and results become text."""
