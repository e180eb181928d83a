"""From a citizen's text to facts: when, where, who, what about. Reads its own word lists at start, nothing else."""
