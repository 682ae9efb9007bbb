"""Changes to declarations, spliced into the text that people wrote: every other byte stays."""
