"""Small pure helpers that several packages need."""
