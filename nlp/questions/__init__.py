"""Questions about the office found in what a citizen tells, and matters that are not its own."""
