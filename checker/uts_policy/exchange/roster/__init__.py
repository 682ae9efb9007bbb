"""Staff lists: who holds which post, in which unit, and whom it reports to."""
