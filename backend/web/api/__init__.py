"""The REST API: one module a subject, and the document made of the same rows."""
