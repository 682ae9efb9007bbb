"""Foreign files as grids: one shape for workbooks, CSV, Markdown, HTML and Word."""
