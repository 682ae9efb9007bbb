"""The bag before: what a new one says of it."""

from hashlib import sha256
from pathlib import Path

from uts_policy.evidence.archive import TAG_MANIFEST
from uts_policy.evidence.bagit import bag_of, faults
from uts_policy.evidence.layout import LayoutError, entries_of
from uts_policy.evidence.provenance import Previous
from uts_policy.model.errors import NoVerdictError
from uts_policy.model.evidence import Reason

_HINT = "`uts-policy evidence verify` says what is wrong with it."


def read_previous(file: Path) -> Previous:
    """The name and digest of the bag in `file`, which must be whole: a chain to a broken bag would show nothing.

    Its signature is not looked at: whoever follows the chain verifies each bag by itself. Raises NoVerdictError for
    what is no bag, or an altered one, as the strict reader sees it.
    """
    try:
        with file.open("rb") as stream:
            bag = bag_of(stream, entries_of(stream, stream.seek(0, 2)))
            reason = next(faults(bag, lambda _: None), None)
            if reason is None:
                return Previous(name=bag.name, digest=sha256(bag.read(TAG_MANIFEST)).hexdigest())
    except OSError as error:
        raise NoVerdictError(f'the previous bag "{file}" cannot be read: {error.strerror or error}', _HINT) from error
    except LayoutError as error:
        reason = Reason(id=error.reason, message=str(error), path=error.path)
    where = f"{reason.path}: " if reason.path else ""
    raise NoVerdictError(f'the previous bag "{file}" is not whole: {where}{reason.message} ({reason.id})', _HINT)
