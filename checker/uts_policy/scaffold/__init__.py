"""What a user starts from: files that pass their own checks at once."""
