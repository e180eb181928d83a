"""Steps from one schema to the next, in order; a step is never changed once released."""
