"""One module per command, whole."""
