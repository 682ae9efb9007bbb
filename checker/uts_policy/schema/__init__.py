"""JSON Schema: is each document well formed? Findings out."""
