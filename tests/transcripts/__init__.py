"""Conversations that a non-programmer can read; play.py replays them."""
