"""A newer bundled data set, offered in the window."""
