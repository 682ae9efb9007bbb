"""Composition: files → documents → corpus → verdict → report, one module per job. Callers import that module."""
