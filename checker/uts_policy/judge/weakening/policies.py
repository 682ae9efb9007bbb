"""Weakening by the user's own policies: a rule that is gone, a rule or helper that says something else."""

from collections.abc import Iterator, Mapping

from uts_policy.common.rego import package_of
from uts_policy.judge.weakening.stance import WEAKENS, Stance, Weakening
from uts_policy.model.finding import Violation
from uts_policy.model.place import Location, Span


def by_policies(base: Stance, head: Stance) -> Iterator[Weakening]:
    """Every rule of the user's that is gone or changed, and every helper that is changed.

    Files are told apart by package, so moving one is no change. A helper that is gone and was needed does not compile.
    """
    before, after = _by_package(base), _by_package(head)
    for package, files in sorted(before.items()):
        name, is_rule = _named(package, files)
        now = after.get(package)
        if now is None:
            if is_rule:
                violation = Violation(rule=WEAKENS, path=("policies", name), message=f'Your rule "{name}" is gone.')
                yield Weakening(violation=violation, location=head.written(("policies",)))
        elif sorted(now.values()) != sorted(files.values()):
            what = f'Your rule "{name}"' if is_rule else f'Your policy package "{name}"'
            place, text = next((place, text) for place, text in sorted(now.items()) if text not in files.values())
            yield Weakening(
                violation=Violation(rule=WEAKENS, path=("policies", name), message=f"{what} says something else now."),
                location=_first_difference(place, text, files),
            )


def _by_package(stance: Stance) -> dict[str, dict[str, str]]:
    """The texts of the user's policies by package and place."""
    found: dict[str, dict[str, str]] = {}
    for place, file in stance.own.items():
        package = package_of(file.text)
        if package is not None:
            found.setdefault(package.written, {})[place] = file.text
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
