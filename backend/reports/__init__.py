"""A report is a title and a query; what it is written out as is a renderer's affair."""
