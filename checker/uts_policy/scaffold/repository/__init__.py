"""The files of a new repository of declarations, which are copied as they are."""
