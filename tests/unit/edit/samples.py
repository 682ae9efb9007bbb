"""Short ways to edit a text and to read what came of it."""

from tests.unit.load.samples import source
from uts_policy.edit.changes import Change
from uts_policy.edit.splice import Edited, spliced
from uts_policy.load.yaml import parse
from uts_policy.model.document import Source


def read(file: Source):
    """The loader, as the pipeline passes it in."""
    loaded = parse(file)
    return loaded.documents, loaded.problems


def edited(text: str | bytes, *changes: Change) -> Edited:
    """The file before and after."""
    file = source(text)
    return spliced(file, read(file)[0], changes, read)


def after(text: str | bytes, *changes: Change) -> str:
    """The text after the changes, its line ends and its byte order mark as they are."""
    return edited(text, *changes).after.data.decode()
