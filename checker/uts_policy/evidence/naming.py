"""Which name a file that was checked has below `inputs/`."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import PurePosixPath

from uts_policy.model.errors import NoVerdictError

RENAMED = "_renamed"
"""Below this lies what cannot keep its path: `_renamed/<16 hex digits of the path's SHA-256>/<a safe name>`."""
_UNSAFE = re.compile(r'[<>:"|?*\\%]')
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})
"""Categories of characters that nobody sees; HFS+ does not see some of them either."""
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")


def stored_names(paths: Iterable[str]) -> Mapping[str, str]:
    """The name below `inputs/` of each path of a report, in their order.

    A path keeps its name, in Unicode's form NFC, where it is relative, stays below the root, and means one file on
    every system that can unpack a bag. Raises NoVerdictError where two differ only by case or by Unicode form.
    """
    names = {path: _stored(path) for path in paths}
    _refuse_collisions(names)
    return names


def is_safe(part: str) -> bool:
    """Whether every system takes this as the name of one file, and every manifest as one line.

    What this version of Unicode does not know yet is safe, since a newer one may have written it.
    """
    return (
        part not in ("", ".", "..", "-")
        and not any(unicodedata.category(each) in _UNSEEN for each in part.replace(" ", ""))
        and not _UNSAFE.search(part)
        and not part.endswith((".", " "))
        and not part.startswith(" ")
        and not _DEVICES.fullmatch(part)
    )


def folded(name: str) -> str:
    """The name as a file system that minds neither case nor Unicode form sees it."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _stored(path: str) -> str:
    name = unicodedata.normalize("NFC", path)
    parts = name.split("/")
    if parts[0] != RENAMED and name.isprintable() and all(map(is_safe, parts)):
        return name
    digest = sha256(path.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{RENAMED}/{digest}/{_made_safe(PurePosixPath(path).name)}"


def _made_safe(name: str) -> str:
    kept = re.sub(r"[^A-Za-z0-9._-]", "_", name).strip(".-") or "file"
    return f"_{kept}" if _DEVICES.fullmatch(kept) else kept


def _refuse_collisions(names: Mapping[str, str]) -> None:
    """Raises NoVerdictError where an unpacked bag would lose a file on a system that ignores case."""
    files: dict[str, str] = {}
    for path, name in names.items():
        twin = files.setdefault(folded(name), path)
        if twin != path:
            raise NoVerdictError(
                f'"{twin}" and "{path}" differ only by case or Unicode form: no bag can hold both on every system',
                "Rename one of the two, or exclude it in the configuration.",
            )
    for path, name in names.items():
        for parent in PurePosixPath(folded(name)).parents:
            twin = files.get(str(parent), path)
            if twin != path:
                raise NoVerdictError(
                    f'"{twin}" is a file, and "{path}" needs a directory of that name: no bag can hold both',
                    "Rename one of the two, or exclude it in the configuration.",
                )
