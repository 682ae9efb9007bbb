"""Where a change is discussed: GitHub's pull requests, and the one comment that is kept there."""
