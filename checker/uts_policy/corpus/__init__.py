"""Merge, normalise and link: documents in, the corpus out."""
