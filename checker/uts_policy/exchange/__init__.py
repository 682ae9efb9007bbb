"""Ways in and out: what other people's files say, as entries of declarations, and back."""
