"""The window: Qt views of the one Session, wired in app.py."""
