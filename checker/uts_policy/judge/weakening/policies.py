"""Weakening by the user's own policies: a rule that is gone, a rule or helper that says something else."""

import re
from collections.abc import Collection, Iterator, Mapping

from uts_policy.common.rego import package_of
from uts_policy.judge.weakening.stance import WEAKENS, Stance, Weakening
from uts_policy.model.finding import Violation
from uts_policy.model.place import START, Location, Span

_ASIDE = re.compile(r'(\[\s*"[^"\\]*"\s*\])|#[^\n]*|`[^`]*`|"(?:[^"\\\n]|\\.)*"')
"""A step of a reference, which stays; comments and texts."""
_REFERENCE = re.compile(r'(?<![\w."])data\b((?:\s*\.\s*[A-Za-z_]\w*|\[\s*"[^"\\]*"\s*\])*)')
_STEP = re.compile(r'[A-Za-z_]\w*|(?<=")[^"\\]*(?=")')
Steps = tuple[str, ...]


def by_policies(base: Stance, head: Stance) -> Iterator[Weakening]:
    """Every rule of the user's that is gone or changed, and every helper that is changed or can change what one means.

    Files are told apart by package, so moving one is no change. A package that is new, or a helper that is gone, can
    change what a rule of the base means where it lies in, above or below a package that one is in or refers to.
    """
    before, after = _by_package(base), _by_package(head)
    for package, files in sorted(before.items()):
        name, is_rule = _named(package, files)
        now = after.get(package)
        if now is None:
            if is_rule or _touches(_path(files), _used(before, but=package)):
                what = f'Your rule "{name}"' if is_rule else f'Your policy package "{name}"'
                violation = Violation(rule=WEAKENS, path=("policies", name), message=f"{what} is gone.")
                yield Weakening(violation=violation, location=head.written(("policies",)))
        elif sorted(now.values()) != sorted(files.values()):
            what = f'Your rule "{name}"' if is_rule else f'Your policy package "{name}"'
            place, text = next((place, text) for place, text in sorted(now.items()) if text not in files.values())
            yield Weakening(
                violation=Violation(rule=WEAKENS, path=("policies", name), message=f"{what} says something else now."),
                location=_first_difference(place, text, files),
            )

    yield from _added(before, after)


def _added(before: "_Packages", after: "_Packages") -> Iterator[Weakening]:
    """The packages that are new, and in, above or below one that a rule of the base is in or refers to.

    Our own packages no file of the user's can add to.
    """
    used = _used(before)
    for package, files in sorted(after.items()):
        if package not in before and _touches(_path(files), used):
            name, is_rule = _named(package, files)
            what = f'Your rule "{name}"' if is_rule else f'Your policy package "{name}"'
            message = f"{what} is new, and can change what a rule from before means."
            yield Weakening(
                violation=Violation(rule=WEAKENS, path=("policies", name), message=message),
                location=Location(file=min(files), span=START),
            )


def _used(packages: "_Packages", but: str = "") -> Collection[Steps]:
    """The packages that the user's policies are in and refer to; those of package `but` are not asked."""
    found: set[Steps] = set()
    for package, files in packages.items():
        if package != but:
            found.add(_path(files))
            for text in files.values():
                bare = _ASIDE.sub(lambda found: found[1] or " ", text)
                found.update(tuple(_STEP.findall(each)) for each in _REFERENCE.findall(bare))
    return found


def _touches(package: Steps, used: Collection[Steps]) -> bool:
    """Whether a package is one of these, or lies above or below one. A bare `data` lies above all."""
    return any(package[: len(each)] == each[: len(package)] for each in used)


def _path(files: Mapping[str, str]) -> Steps:
    found = package_of(next(iter(files.values())))
    return found.path if found else ()


_Packages = Mapping[str, Mapping[str, str]]


def _by_package(stance: Stance) -> dict[str, dict[str, str]]:
    """The texts of the user's policies by package and place."""
    found: dict[str, dict[str, str]] = {}
    for place, file in stance.own.items():
        package = package_of(file.text)
        if package is not None:
            # Which ends of lines a checkout writes is the machine's choice.
            found.setdefault(package.written, {})[place] = file.text.replace("\r\n", "\n")
    return found


def _named(package: str, files: Mapping[str, str]) -> tuple[str, bool]:
    """The id of the rule that a package stands for, or the package; and whether it is a rule."""
    found = package_of(next(iter(files.values())))
    rule = found.rule if found else ""
    return rule or package, bool(rule)


def _first_difference(place: str, text: str, before: Mapping[str, str]) -> Location:
    """The first line of a file that is not what it was; of a file that has only lost lines, the last one."""
    old = before.get(place, next(iter(before.values()))).splitlines()
    new = text.splitlines()
    line = next((number for number, each in enumerate(new) if number >= len(old) or each != old[number]), len(new) - 1)
    line = max(line, 0)
    width = len(new[line]) if new else 0
    return Location(file=place, span=Span(line=line + 1, column=1, end_line=line + 1, end_column=width + 1))
