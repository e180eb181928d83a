"""A city's own model: counted, fitted, calibrated, kept in a file, and measured."""
