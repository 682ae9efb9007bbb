"""Questions put to the corpus."""
