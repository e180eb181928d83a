"""How an answer becomes a value of a slot, and how a value is shown."""
