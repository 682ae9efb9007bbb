"""Where a repository ends: which files belong to it, and which programs of the machine do not come from it.

A pull request can change every file of its repository, and links in it may lead anywhere. So what a file of the
repository names has to lie inside, and a program that is started has to lie outside.
"""

import os
from collections.abc import Mapping
from pathlib import Path

_GIT = ".git"
_SUFFIX = ".exe" if os.name == "nt" else ""


def work_tree(path: Path) -> Path | None:
    """The nearest directory, `path` itself or one above it, that git's own `.git` marks; None where there is none.

    Links in `path` are not resolved: a link that leads out of a repository still belongs to it. No commit can hold an
    entry named `.git`, so the author of a change cannot move this boundary.
    """
    absolute = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links
    return next((each for each in (absolute, *absolute.parents) if os.path.lexists(each / _GIT)), None)


def checkout(path: Path) -> Path:
    """The directory that was checked out around `path`, submodules as a part of it; `path` itself in no repository."""
    found = top = work_tree(path)
    # A `.git` that is a file marks a submodule, or another work tree of the same repository.
    while top is not None and (top / _GIT).is_file() and top.parent != top:
        top = work_tree(top.parent)
        found = top or found
    return found or path


def lies_within(path: Path, top: Path) -> bool:
    """Whether a path, links resolved, is `top` or below it, and no part of git's own directory there."""
    real, real_top = os.path.realpath(path), os.path.realpath(top)
    if real == real_top:
        return True
    prefix = os.path.join(real_top, "")  # noqa: PTH118 - real paths are str here
    # NOTE: `.git/config` may hold the token with which a runner has fetched the repository.
    return real.startswith(prefix) and not is_gits_own(real[len(prefix) :])


def leads_out(path: Path) -> bool:
    """Whether a path that begins in a repository ends outside of it, or in git's own directory, by a link on the way.

    The link is a file of the repository, so the author of a change may have put it there. A path that begins outside
    of any repository, or that names git's directory itself, leads nowhere that its writer did not mean.
    """
    top = work_tree(path)
    if top is None or lies_within(path, top):
        return False
    return not is_gits_own(os.path.relpath(os.path.abspath(path), top))  # noqa: PTH100 - resolve() would follow links


def is_gits_own(inside: str) -> bool:
    """Whether a path below the top of a repository leads into a `.git`, of a submodule as well."""
    return _GIT in inside.replace(os.sep, "/").lower().split("/")


def find_program(name: str, environment: Mapping[str, str], outside: Path) -> str | None:
    """The absolute path of a program on `PATH`; None where there is none.

    What lies in `outside`, a directory, is passed over, and so are relative entries of PATH: a file of the checkout
    must never run. Windows, and `shutil.which` there, would look into the working directory first.
    """
    real_outside = Path(os.path.realpath(outside))
    for entry in environment.get("PATH", "").split(os.pathsep):
        directory = entry.strip('"')
        if not os.path.isabs(directory):  # noqa: PTH117 - an empty entry means the working directory
            continue
        file = Path(directory, name if name.lower().endswith(_SUFFIX) else name + _SUFFIX)
        real = Path(os.path.realpath(file))
        if real_outside in (real, *real.parents) or real_outside in Path(os.path.realpath(directory), "x").parents:
            continue
        if file.is_file() and os.access(file, os.X_OK):
            return str(file)
    return None
