"""What the evidence commands show."""
