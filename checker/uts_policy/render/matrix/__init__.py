"""The responsibility matrix, one module per format."""
