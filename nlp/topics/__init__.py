"""Likeness of letters: similar cases, and hot topics."""
