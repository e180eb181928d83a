"""A question in the middle, and matters that are not ours: answered, then back to where it was."""
