"""The project of the selected record: its timeline, stages and links."""
