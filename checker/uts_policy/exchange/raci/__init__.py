"""A responsibility matrix in a grid: found, read, and turned into entries."""
