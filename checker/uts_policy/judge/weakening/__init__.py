"""What a change does to the check itself: every way of looking away that its base did not have."""
