"""Whole reports: which there are, and how one is put together of figures and of citizens' words, masked."""
