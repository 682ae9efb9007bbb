"""The catalogue of rules, read from METADATA; their selection; the portability check."""
