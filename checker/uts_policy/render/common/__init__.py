"""What several reports share: escaping, folding, drawing on a terminal, workbooks."""
