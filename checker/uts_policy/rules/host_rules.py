"""What the loader, the schemas and the host find themselves, described as rules are."""

from uts_policy.model.rule import Criterion, FixKind, Level, Profile, Rule

_JUDGEMENT = Criterion(
    source="Judgement of this project", text="No authority was found. What hides a defect must itself be seen."
)
_YAML = Criterion(source="YAML 1.2.2", text="What a YAML processor must accept, and what it must reject.")
_MODEL = Criterion(source="The data model", text="`uts-policy schema declarations` prints the shape of them all.")

_FIXED = (
    (
        "yaml/syntax",
        "Not valid YAML",
        "The file is not YAML 1.2, or needs a construct that this tool does not read.",
        "Repair the line; where it looks right, the fault is often an indentation or a quote on the line above.",
    ),
    (
        "yaml/duplicate-key",
        "Key written twice",
        "One mapping has the same key twice. Most YAML readers keep the last one without a word.",
        "Keep one of the two, or merge their values.",
    ),
    (
        "yaml/encoding",
        "Not UTF-8",
        "The file has bytes that are not UTF-8, or characters that older readers take for the end of a line.",
        "Save the file as UTF-8, and write such a character as an escape in double quotes.",
    ),
    (
        "yaml/tag",
        "Tag that means nothing here",
        "A value carries a tag of its own, such as `!include`. Declarations are plain data.",
        "Write the value itself, without a tag.",
    ),
    (
        "yaml/limit",
        "Beyond a limit",
        "The file is larger or nested deeper than any declaration, or its aliases expand into too much.",
        "Split the file, or write out what the aliases stand for.",
    ),
    (
        "yaml/unreadable",
        "File that cannot be read",
        "A declaration that cannot be read might hold anything, so nothing can be said about the rest.",
        "Grant the right to read it, replace the link by its file, or exclude the path.",
    ),
    (
        "schema/unknown-key",
        "Unknown key",
        "The data model has no such key, so what stands under it would be ignored.",
        "Correct the spelling, or begin the key with `x-` to keep data of your own.",
    ),
    (
        "schema/missing-key",
        "Required key missing",
        "The entry lacks a key without which it says nothing.",
        "Add the key.",
    ),
    (
        "schema/type",
        "Value of the wrong type",
        "The value is of another type than the data model states, often because YAML reads it as a number or as null.",
        "Write the value as the message says; quotes make a string of it.",
    ),
    (
        "schema/value",
        "Value that is not allowed",
        "The value has the right type, and is none of those that the data model allows.",
        "Use one of the values that the message names.",
    ),
    (
        "schema/duplicate-id",
        "Id used twice",
        "Two entries of a section have the same id, so nobody can say which one a reference means.",
        "Give one of the two another id, or merge them.",
    ),
)


_FIXES = {"schema/unknown-key": (FixKind.RESPELL, FixKind.SPACE), "schema/type": (FixKind.QUOTE,)}
"""What can be done about some of their findings: `schema/` says of which, and how."""


def host_rules() -> tuple[Rule, ...]:
    """The rules that no policy file describes, `by` the host. Those of `yaml` and `schema` are fixed."""
    return (*map(_fixed, _FIXED), _WEAKENS, _UNUSED, _LISTED)


def _fixed(row: tuple[str, str, str, str]) -> Rule:
    rule, title, description, remediation = row
    return Rule(
        id=rule,
        level=Level.ERROR,
        profile=Profile.STARTER,
        title=title,
        description=description,
        effect="The declarations cannot be judged: with one part missing the rules would accuse the innocent.",
        remediation=remediation,
        criteria=(_YAML if rule.startswith("yaml/") else _MODEL,),
        subjects=("*",),
        by="host",
        fixed=True,
        fixes=_FIXES.get(rule, ()),
    )


_WEAKENS = Rule(
    id="change/weakens-check",
    level=Level.WARNING,
    profile=Profile.STANDARD,
    title="Change that weakens the check",
    description=(
        "Compared with its base, the change turns a rule off or lowers it, relaxes a parameter or the profile, drops a "
        "requirement, raises what fails the check, changes the engine or a rule of the user's own, narrows what "
        "is read, moves a file to where it is not read, gives the id of a known finding to something else, adds, "
        "extends or widens a waiver, adds to the baseline, empties a section, or states a fact no more that rules "
        "judge. Judged only with `--since`, at the level that the base gives it."
    ),
    effect="A finding disappears because the check looks away, and not because someone now answers.",
    remediation="Let someone who answers for the check agree, or take that part of the change back.",
    waive=(
        "Before the change only: a waiver that comes with it excuses nothing. That somebody agreed shows in the "
        "approval of the change."
    ),
    criteria=(_JUDGEMENT,),
    subjects=("*",),
    by="host",
)

_UNUSED = Rule(
    id="waivers/unused",
    level=Level.NOTE,
    profile=Profile.STANDARD,
    title="Waiver that waives nothing",
    description=(
        "A waiver in force matches no finding of a rule that was evaluated. The defect was repaired, or the waiver "
        "names the wrong rule or entry."
    ),
    effect="Should the defect come back, the waiver hides it, with an approval that was given for another case.",
    remediation="Remove the waiver, or correct its `rule`, `subject` or `key`.",
    waive="Where the defect comes and goes, and the approval was given for whenever it does.",
    criteria=(_JUDGEMENT,),
    subjects=("waivers",),
    by="host",
    fixes=(FixKind.NEAREST, FixKind.REMOVE),
)

_LISTED = Rule(
    id="baseline/fixed",
    level=Level.WARNING,
    profile=Profile.STARTER,
    title="Baseline that lists what is fixed",
    description=(
        "The baseline lists a finding that is no longer there, in a run that read everything the list was made of. It "
        "counts at the level of the rule that had found it, where that is lower. With `--since`, an entry that was "
        "fixed on the base already is known, and the defect itself is new should it come back. Judged only with a "
        "baseline."
    ),
    effect="Should the defect come back, the baseline hides it, with a reason that was given for another day.",
    remediation="Run `uts-policy baseline prune` and commit the file.",
    waive="It cannot be waived. Where defects come and go, set its level in `levels`.",
    criteria=(_JUDGEMENT,),
    subjects=("*",),
    by="host",
)
