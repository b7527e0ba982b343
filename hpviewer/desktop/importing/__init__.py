"""The record keeper's place: files in, previewed, corrected, saved, taken back."""
