"""A history as a table: a row a moment."""

import csv
import io

from uts_policy.model.history import History
from uts_policy.render.interface import Style

HEADS = ("day", "commit", "valid", "errors", "warnings", "notes", "unanswered", "not_stated", "stated", "asked")


def render(history: History, style: Style) -> str:  # noqa: ARG001 - every format has this signature
    """No cell holds what an author wrote: none can become a formula."""
    buffer = io.StringIO(newline="")
    rows = csv.writer(buffer, lineterminator="\n")
    rows.writerow(HEADS)
    for each in history.moments:
        if each.fault:
            rows.writerow((each.day, each.commit, "no", *[""] * (len(HEADS) - 3)))
        else:
            counts = (each.at("error"), each.at("warning"), each.at("note"), each.unanswered)
            rows.writerow((each.day, each.commit, "yes", *counts, each.not_stated, each.stated, each.asked))
    return buffer.getvalue()
