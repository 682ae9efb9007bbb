"""What changed between two bags, one module per format."""
