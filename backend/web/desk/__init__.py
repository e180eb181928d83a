"""The handlers' desk: one module a page, and the words that it says."""
