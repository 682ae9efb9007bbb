"""HTML pages, each one file: nothing outside it is loaded."""
