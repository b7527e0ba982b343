"""A file of any kind a notice or policy comes in -> plain text with its paragraphs and table rows."""
