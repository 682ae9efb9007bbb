"""What an auditor gets: a bag of everything that a check rested on, and what it found."""
