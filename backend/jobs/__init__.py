"""Loops beside the web: claim, do, record. What they do stands in backend/services."""
