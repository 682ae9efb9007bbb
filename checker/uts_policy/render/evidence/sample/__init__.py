"""The conclusions drawn from a bag, one module per format."""
