"""Times in a text: which runs speak of time, what they fix, and the stretch of time they mean."""
