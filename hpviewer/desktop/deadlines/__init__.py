"""What can still be done, until when."""
