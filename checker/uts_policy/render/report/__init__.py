"""The report of a check, one module per format."""
