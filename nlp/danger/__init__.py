"""Danger, abuse and distress: the signs of them, and how urgent a message is."""
