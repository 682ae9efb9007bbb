"""One module per output format: a report in, text or bytes out."""
