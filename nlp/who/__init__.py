"""People, numbers and organisations named in a text."""
