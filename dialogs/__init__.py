"""The conversation with a citizen, as pure functions over small values."""
