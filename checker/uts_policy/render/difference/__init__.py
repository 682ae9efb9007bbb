"""What a change means, one module per format."""
