"""Which category and department a text speaks of, and why; and the words learnt from corrections."""
