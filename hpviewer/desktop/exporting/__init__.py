"""Files of what the filter shows."""
