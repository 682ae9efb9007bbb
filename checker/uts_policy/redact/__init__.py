"""People as pseudonyms: what is read is redacted before anything is made of it."""
