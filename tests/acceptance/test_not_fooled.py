"""What authors tried to get past `check --since --fail-on-weakening`, and honest work beside each, which passes."""

import json
from pathlib import Path

import pytest

from tests.acceptance.command import FAULTY, SOUND, run
from tests.acceptance.repository import Repository, make
from tests.acceptance.test_since import RULE

FILE = "declarations/all.yaml"
CONFIG = "uts-policy.yaml"
UNASSIGNED = ("ownership/unassigned", "responsibilities/lead")
VACANT = ("staffing/vacant", "roles/director")
INSIST = "--fail-on-weakening"


def changed(folder: Path, before: str, after: str, **more: str) -> Repository:
    """A repository with `before` on main, and `after` on a branch."""
    repository = make(folder / "r", **{FILE: before, **more})
    repository.branch()
    repository.commit(**{FILE: after})
    return repository


def messages(outcome) -> list[str]:
    return [each["message"] for each in outcome.report["findings"] if each["rule"] == "change/weakens-check"]


ROLES = """\
units: [{id: agency, name: Agency},
        {id: desk, name: Desk, parent: agency}]
people:
  - {id: p-1}
roles:
  - {id: head, title: Head, unit: agency, holders: [{person: p-1}], successors: []}
  - {id: clerk, title: Clerk, unit: desk, reports_to: head, successors: [head], authorities: [{authority: sign}],
     vacancy: {reason: Hiring, until: 2027-01-01}}
authorities:
  - {id: sign, title: Sign}
responsibilities:
  - {id: lead, statement: Lead the agency, accountable: head, responsible: head, consulted: clerk}
  - {id: file, statement: File each letter, accountable: head}
assignments:
  - {responsibility: file, role: clerk, code: R, from: 2026-01-01, acknowledged_on: 2026-01-01, reviewed_on: 2026-02-01}
incidents:
  - {id: leak, title: Leak}
incident_lines:
  - {id: low, incident: leak, severity: low, declare: head, command: head, escalate_to: high}
  - {id: high, incident: leak, severity: high, declare: head, command: head}
"""


@pytest.mark.parametrize(
    ("stated", "entry", "line"),
    [
        (", holders: [{person: p-1}]", "roles/head", 6),
        (",\n     vacancy: {reason: Hiring, until: 2027-01-01}", "roles/clerk", 7),
        (", successors: []", "roles/head", 6),
        (", reports_to: head", "roles/clerk", 7),
        (", authorities: [{authority: sign}]", "roles/clerk", 7),
        (", responsible: head", "responsibilities/lead", 12),
        (", consulted: clerk", "responsibilities/lead", 12),
        (", acknowledged_on: 2026-01-01", "assignments/file/clerk/R", 15),
        (", reviewed_on: 2026-02-01", "assignments/file/clerk/R", 15),
        (", escalate_to: high", "incident_lines/low", 19),
    ],
)
def test_a_fact_that_an_entry_does_not_state_any_more_is_told_at_the_entry(tmp_path, stated, entry, line):
    assert ROLES.count(stated) == 1
    repository = changed(tmp_path, ROLES, ROLES.replace(stated, ""))
    outcome = repository.check(INSIST)
    assert (outcome.exit, outcome.weakened) == (1, [(entry, f"{FILE}:{line}")])
    repository.git("switch", "-q", "-c", "back")
    repository.write(FILE, ROLES)
    assert repository.check(since="change").weakened == []


def test_the_other_way_of_stating_a_fact_an_empty_list_and_an_end_are_no_silence(tmp_path):
    after = ROLES.replace("successors: [head]", "successors: []").replace("responsible: head, ", "")
    after = after.replace("assignments:\n", "assignments:\n  - {responsibility: lead, role: clerk, code: R}\n")
    after = after.replace("holders: [{person: p-1}]", "vacancy: {reason: Hiring, until: 2027-01-01}")
    assert changed(tmp_path / "a", ROLES, after).check().weakened == []
    ended = ROLES.replace("id: clerk,", "id: clerk, status: abolished, abolished_on: 2026-10-01,")
    ended = ended.replace(", successors: [head], authorities: [{authority: sign}]", "")
    assert changed(tmp_path / "b", ROLES, ended).check().weakened == []


JUDGED = """
judged contains ["roles", id] if {
	some id, _ in input.roles
	not id in _silent
}

not_judged contains {"path": ["roles", id], "fact": "holders", "missing": ["roles", id]} if some id in _silent

_silent := {id | some id in input.not_stated.holders}
"""
NEEDY = RULE.replace("subjects: [units]", "subjects: [roles]\n#   needs: [holders]").replace("not unit.chair", "false")
NEEDY = NEEDY.replace('["units", id]', '["roles", id]') + JUDGED
HELD = ", holders: [{person: p-1}]"


@pytest.mark.parametrize(
    ("after", "weakened", "told"),
    [
        (
            SOUND.replace(HELD, "").replace("director", "chief"),
            [("rules/house/chair", ""), ("rules/staffing/vacant", "")],
            [
                f'"{rule}" was assessed and is not any more: '
                "it is not stated who holds the roles, so the one entry could not be assessed."
                for rule in ("house/chair", "staffing/vacant")
            ],
        ),
        (
            SOUND.replace(HELD, ""),
            [("roles/director", f"{FILE}:6")],
            ['Role "director" no longer states `holders` or `vacancy`, so that is not assessed; it did before.'],
        ),
    ],
    ids=["its entry is replaced", "its entry is silent, which is told there alone"],
)
def test_a_rule_that_is_not_assessed_any_more_is_told_with_what_is_missing(tmp_path, after, weakened, told):
    rules = {CONFIG: "policies: [rules]\n", "rules/house/chair.rego": NEEDY}
    repository = changed(tmp_path, SOUND, after, **rules)
    outcome = repository.check(INSIST)
    assert (outcome.exit, outcome.weakened) == (1, weakened)
    assert messages(outcome) == told
    repository.git("switch", "-q", "-c", "back")
    repository.write(FILE, SOUND)
    assert repository.check(since="change").weakened == []


@pytest.mark.parametrize(
    ("base", "notices"),
    [
        ("profile: starter\n", []),
        (
            "levels: {change/weakens-check: off}\n",
            ['The base turns "change/weakens-check" off; --fail-on-weakening judges it all the same.'],
        ),
    ],
)
def test_the_option_judges_weakening_whatever_profile_and_configuration_say(tmp_path, base, notices):
    repository = make(tmp_path / "r", **{FILE: SOUND, CONFIG: base})
    repository.branch()
    assert repository.check(INSIST).exit == 0
    loose = f"{base[:-2]}, ownership/*: off}}\n" if "levels" in base else f"{base}levels: {{ownership/*: off}}\n"
    repository.write(CONFIG, loose)
    assert repository.check().weakened == []
    outcome = repository.check(INSIST)
    assert (outcome.exit, outcome.weakened) == (1, [("configuration/levels", f"{CONFIG}:{1 if notices else 2}")])
    assert [each for each in outcome.report["notices"] if "judges it" in each] == notices
    assert run("diff", "main", INSIST, cwd=repository.top).returncode == 1
    refused = run("check", "--since", "main", INSIST, "--no-rule", "change/*", cwd=repository.top)
    assert (refused.returncode, b"leaves that out" in refused.stderr) == (2, True)


EMPTY = SOUND.replace("holders: [{person: p-1}]", "holders: []")
MORE = "  - {id: report, statement: Report to the board, accountable: director, responsible: director}\n"


def test_an_empty_chair_that_gets_another_duty_is_a_new_finding(tmp_path):
    repository = changed(tmp_path, EMPTY, EMPTY + MORE)
    outcome = repository.check()
    assert (outcome.exit, VACANT in outcome.new) == (1, True)
    notice = '"staffing/vacant" on "roles/director" was there before and concerns more now, so it is new: '
    assert outcome.report["notices"] == [f'{notice}"responsibilities/report".']
    told = json.loads(run("diff", "main", "--format", "json", cwd=repository.top).stdout)
    assert "staffing/vacant" in [each["rule"] for each in told["findings"]["opened"]]


def test_one_duty_by_another_id_does_not_cover_for_others(tmp_path):
    repository = changed(tmp_path, EMPTY, (EMPTY + MORE).replace("id: lead,", "id: steer,"))
    assert VACANT in repository.check().new


FIRES = """\
units:
  - {id: agency, name: Agency}
  - {id: west, name: West, parent: agency}
people:
  - {id: p-1}
roles:
  - {id: head, title: Head, unit: agency, holders: [{person: p-1}]}
incidents:
  - {id: fire, title: Fire}
  - {id: flood, title: Flood}
incident_lines:
  - {id: l1, incident: fire, declare: head, command: head, scope: {units: [west]}}
  - {id: l2, incident: flood, declare: head, command: head}
"""


def test_a_gap_that_becomes_the_whole_is_a_new_finding(tmp_path):
    line = next(each for each in FIRES.splitlines(keepends=True) if "id: l1" in each)
    outcome = changed(tmp_path, FIRES, FIRES.replace(line, "")).check()
    assert (outcome.exit, ("incident/no-line", "incidents/fire") in outcome.new) == (1, True)


VECTORS = """\
units:
  - {id: agency, name: Agency}
vectors:
  - {id: v1, title: V1}
  - {id: v2, title: V2}
people:
  - {id: p-1}
roles:
  - {id: head, title: Head, unit: agency, holders: [{person: p-1}]}
  - {id: other, title: Other, unit: agency, holders: [{person: p-1}]}
responsibilities:
  - {id: lead, statement: Lead the agency, scope: {units: [north, south]}, responsible: head}
assignments:
  - {id: s, responsibility: lead, role: head, code: A, scope: {units: [south]}}
  - {id: n, responsibility: lead, role: head, code: A, scope: {units: [north], vectors: [v1]}}
"""


def test_a_gap_for_one_vector_that_becomes_one_for_all_is_a_new_finding(tmp_path):
    north_and_south = "  - {id: north, name: N, parent: agency}\n  - {id: south, name: S, parent: agency}\n"
    text = VECTORS.replace("vectors:\n", f"{north_and_south}vectors:\n", 1)
    line = next(each for each in text.splitlines(keepends=True) if "id: n," in each)
    outcome = changed(tmp_path, text, text.replace(line, "")).check()
    assert (outcome.exit, ("ownership/scope-gap", "responsibilities/lead") in outcome.new) == (1, True)


def test_whoever_introduces_the_check_has_none_to_weaken(tmp_path):
    repository = make(tmp_path / "r", README="hello\n")
    repository.branch()
    repository.commit(**{FILE: SOUND, CONFIG: "profile: starter\nlevels: {workload/*: off}\n"})
    outcome = repository.check(INSIST)
    assert (outcome.exit, outcome.weakened) == (0, [])


@pytest.mark.parametrize("rule", ["departed", "placeholder"])
def test_so_is_a_chair_that_only_seems_to_be_taken(tmp_path, rule):
    changes = {"departed": ("{id: p-1}", "{id: p-1, status: departed}"), "placeholder": ("person: p-1", "person: TBD")}
    text = SOUND.replace(*changes[rule])
    outcome = changed(tmp_path, text, text + MORE).check()
    assert {"staffing/departed-holder", "ownership/placeholder-owner"} & {each for each, _ in outcome.new}


def test_what_concerns_as_much_as_before_or_less_stays_known(tmp_path):
    repository = changed(tmp_path / "a", EMPTY + MORE, EMPTY.replace("Lead the agency", "Lead the whole agency"))
    assert VACANT in repository.check().known
    renamed = EMPTY.replace("id: lead,", "id: steer,")
    assert VACANT in changed(tmp_path / "b", EMPTY, renamed).check().known


def test_a_saved_baseline_does_not_hide_it_where_there_is_a_base(tmp_path):
    repository = make(tmp_path / "r", **{FILE: EMPTY, CONFIG: "baseline: known.yaml\n"})
    assert run("baseline", "create", "--reason", "r", "--baseline", "known.yaml", cwd=repository.top).returncode == 0
    repository.commit()
    repository.branch()
    assert VACANT in repository.check().known
    repository.write(FILE, EMPTY + MORE)
    assert VACANT in repository.check().new


GAP = """\
units:
  - {id: agency, name: Agency}
  - {id: north, name: North, parent: agency}
  - {id: port, name: Port, parent: north}
  - {id: south, name: South, parent: agency}
  - {id: east, name: East, parent: agency}
vectors: [{id: travel, title: Travel}, {id: online, title: Online}]
people:
  - {id: p-1}
roles:
  - {id: director, title: Director, unit: agency, holders: [{person: p-1}]}
responsibilities:
  - {id: lead, statement: Lead the agency, responsible: director, scope: {units: [north, south, east]}}
assignments:
  - {responsibility: lead, role: director, code: A, scope: {units: [COVERED]}}
"""
SCOPE_GAP = ("ownership/scope-gap", "responsibilities/lead")


@pytest.mark.parametrize(
    ("before", "after", "new"),
    [
        ("north, south", "north", True),
        ("north, south", "north, east", True),
        ("north", "port", True),
        ("port", "south", True),
        ("north, south, east], vectors: [travel", "north, south, east], vectors: [online", True),
        ("north", "north, south", False),
        ("south", "port, south", False),
        ("port", "north", False),
        ("north], vectors: [travel", "north", False),
        ("north", "north # said twice\n    ", False),
    ],
)
def test_a_gap_that_widens_is_new_and_one_that_narrows_is_known(tmp_path, before, after, new):
    repository = changed(tmp_path, GAP.replace("COVERED", before), GAP.replace("COVERED", after))
    outcome = repository.check("--rule", "ownership/scope-gap")
    assert (SCOPE_GAP in outcome.new, SCOPE_GAP in outcome.known) == (new, not new)


def test_a_unit_that_is_new_below_a_gap_or_replaces_one_does_not_widen_it(tmp_path):
    text = GAP.replace("COVERED", "north")
    grown = text.replace("vectors: [{", "  - {id: pier, name: Pier, parent: south}\nvectors: [{", 1)
    assert SCOPE_GAP in changed(tmp_path / "a", text, grown).check().known
    assert SCOPE_GAP in changed(tmp_path / "b", text, text.replace("south", "souths")).check().known


def test_a_line_of_authority_that_covers_less_than_before_is_new(tmp_path):
    text = GAP.replace("COVERED", "north, south, east") + (
        "incidents: [{id: leak, title: Leak}]\n"
        "incident_lines: [{id: low, incident: leak, declare: director, command: director, scope: {units: [WHERE]}}]\n"
    )
    no_line = ("incident/no-line", "incidents/leak")
    wide, narrow = text.replace("WHERE", "north, south"), text.replace("WHERE", "north")
    assert no_line in changed(tmp_path / "a", wide, narrow).check().new
    assert no_line in changed(tmp_path / "b", narrow, wide).check().known


WAIVER = """\
waivers:
  - id: w
    rule: ownership/unassigned
    subject: responsibilities/lead
    reason: Agreed by the board until somebody is found.
    approved_by: director
    approved_on: 2026-11-01
    expires: 2026-12-31
"""


def test_where_the_base_is_invalid_nothing_that_the_change_brings_hides_what_is_new(tmp_path):
    repository = make(tmp_path / "r", **{FILE: SOUND, "declarations/broken.yaml": "units: [\n"})
    repository.branch()
    repository.git("rm", "-q", "declarations/broken.yaml")
    assert repository.check(INSIST).exit == 3
    assert repository.check().exit == 0
    repository.write(FILE, FAULTY + WAIVER)
    outcome = repository.check()
    assert (outcome.exit, outcome.new) == (1, {UNASSIGNED})
    assert 'hides nothing, for the base cannot be judged: waiver "w".' in outcome.report["notices"][-1]
    repository.write(FILE, FAULTY)
    done = run("baseline", "create", "--reason", "r", "--baseline", "known.yaml", cwd=repository.top)
    assert done.returncode == 0, done.stderr
    assert repository.check("--baseline", "known.yaml").new >= {UNASSIGNED}


def test_a_waiver_that_an_invalid_base_had_holds(tmp_path):
    repository = make(tmp_path / "r", **{FILE: FAULTY + WAIVER, "declarations/broken.yaml": "units: [\n"})
    repository.branch()
    repository.git("rm", "-q", "declarations/broken.yaml")
    outcome = repository.check()
    assert (outcome.exit, outcome.report["counts"]["waived"]) == (0, 1)


@pytest.mark.parametrize(
    ("statement", "waived"), [("Lead the agency well", True), ("Pay informants and keep every receipt", False)]
)
def test_a_waiver_holds_for_what_had_the_id_when_it_was_agreed(tmp_path, statement, waived):
    text = FAULTY + WAIVER
    repository = changed(tmp_path, text, text.replace("Lead the agency", statement))
    outcome = repository.check()
    assert (outcome.exit, UNASSIGNED in outcome.new) == ((0, False) if waived else (1, True))
    assert outcome.weakened == ([] if waived else [("responsibilities/lead", f"{FILE}:8")])


LONG = "Agree with the cities on the use of their cameras and query no informants"


@pytest.mark.parametrize(
    ("before", "after", "known"),
    [
        (LONG, "Query informants", False),
        (LONG, "Agree with the cities on the use of cameras", True),
        ("Lead", "Lead the agency", True),
        ("Lead the agency", "Lead", True),
        ("Lead the agency", "Pay", False),
    ],
)
def test_an_id_is_taken_over_where_less_than_half_of_the_longer_text_is_left(tmp_path, before, after, known):
    text = FAULTY.replace("statement: Lead the agency", "statement: STATEMENT")
    repository = changed(tmp_path, text.replace("STATEMENT", before), text.replace("STATEMENT", after))
    outcome = repository.check()
    assert UNASSIGNED in (outcome.known if known else outcome.new)
    assert bool(outcome.weakened) is not known


def test_a_baseline_hides_nothing_of_an_entry_that_the_base_did_not_declare(tmp_path):
    head, _, duties = FAULTY.partition("responsibilities:\n")
    duties = f"responsibilities:\n{duties}"
    repository = make(tmp_path / "r", **{FILE: head, "declarations/d.yaml": duties, CONFIG: "baseline: known.yaml\n"})
    assert run("baseline", "create", "--reason", "r", "--baseline", "known.yaml", cwd=repository.top).returncode == 0
    (repository.top / "declarations/d.yaml").unlink()
    repository.commit()
    repository.branch()
    repository.write("declarations/d.yaml", duties.replace("Lead the agency", "Pay informants in cash"))
    assert UNASSIGNED in repository.check().new


HELPED = RULE.replace("import rego.v1\n", "import rego.v1\n\nimport data.house.lists\n")
LISTS = 'package house.lists\n\nimport rego.v1\n\nexempt contains "nobody" if true\n'


@pytest.mark.parametrize(
    ("package", "entry"),
    [
        ("house", "policies/house"),
        ("house.lists.more", "policies/house.lists.more"),
        ("house.other", None),
        ("elsewhere", None),
    ],
)
def test_a_new_policy_that_can_change_what_a_rule_means_is_told(tmp_path, package, entry):
    rules = {CONFIG: "policies: [rules]\n", "rules/house/chair.rego": HELPED, "rules/lists.rego": LISTS}
    repository = make(tmp_path / "r", **{FILE: SOUND, **rules})
    repository.branch()
    repository.write("rules/more.rego", f"package {package}\n\nimport rego.v1\n\nother contains 1 if true  # data\n")
    assert repository.check().weakened == ([(entry, "rules/more.rego:1")] if entry else [])
    assert repository.check(INSIST).exit == (1 if entry else 0)


def test_a_helper_that_is_gone_and_was_referred_to_is_told(tmp_path):
    rules = {CONFIG: "policies: [rules]\n", "rules/house/chair.rego": HELPED, "rules/lists.rego": LISTS}
    more = "package house\n\nimport rego.v1\n\nexempt contains 1 if true\n"
    repository = make(tmp_path / "r", **{FILE: SOUND, **rules, "rules/more.rego": more, "rules/x.rego": "package x\n"})
    repository.branch()
    repository.git("rm", "-q", "rules/more.rego", "rules/x.rego")
    assert [entry for entry, _ in repository.check().weakened] == ["policies/house"]


def test_ends_of_lines_are_no_change_of_a_rule(tmp_path):
    rules = {CONFIG: "policies: [rules]\n", "rules/house/chair.rego": RULE}
    repository = changed(tmp_path, SOUND, SOUND + "# honest\n", **rules)
    clone = Repository(tmp_path / "clone")
    repository.git("clone", "-q", "-c", "core.autocrlf=true", "-b", "change", repository.top, clone.top)
    assert b"\r\n" in (clone.top / "rules/house/chair.rego").read_bytes()
    outcome = clone.check(INSIST, since="origin/main")
    assert (outcome.exit, outcome.weakened) == (0, [])


DUTIES = """\
responsibilities:
  - {id: keep-log, statement: Keep the log of vessels that enter at night, accountable: director, responsible: director}
  - {id: count-boats, statement: Count lifeboats and flares each month, accountable: director, responsible: director}
  - {id: inspect, statement: Inspect the moorings once a year, accountable: director, responsible: director}
"""
APART = "declarations/duties.yaml"


def left(folder: Path, **files: str) -> Repository:
    """A branch on which the duties have left the declarations for other files."""
    repository = make(folder / "r", **{FILE: SOUND, APART: DUTIES})
    repository.branch()
    (repository.top / APART).unlink()
    repository.commit(**files)
    return repository


LINES = DUTIES.splitlines(keepends=True)


@pytest.mark.parametrize(
    ("files", "place"),
    [
        ({"old/d.yaml": DUTIES + "# pad\n" * 3_000_000}, "old/d.yaml"),
        ({"old/d.yaml": "# pad\n" * 3_000_000 + DUTIES}, "old/d.yaml"),
        ({f"old/{n}.yaml": line for n, line in enumerate(LINES)}, "old/1.yaml"),
        ({"old/d.txt": DUTIES + "".join(f"# word{n}\n" for n in range(500))}, "old/d.txt"),
    ],
    ids=["large", "padded in front", "in parts", "by another ending"],
)
def test_a_file_leaves_the_check_by_its_size_in_parts_or_by_its_ending(tmp_path, files, place):
    outcome = left(tmp_path, **files).check(INSIST)
    assert (outcome.exit, [each.partition(":")[0] for _, each in outcome.weakened]) == (1, [place])


def test_a_file_that_a_sparse_checkout_leaves_out_is_still_there(tmp_path):
    repository = left(tmp_path, **{"old/d.yaml": DUTIES})
    clone = Repository(tmp_path / "clone")
    repository.git("clone", "-q", "--no-checkout", repository.top, clone.top)
    clone.git("sparse-checkout", "set", "declarations")
    clone.git("checkout", "-q", "change")
    assert not (clone.top / "old").exists()
    assert clone.check(INSIST, since="origin/main").weakened == [("configuration/paths", "old/d.yaml:1")]


@pytest.mark.parametrize(
    "files",
    [
        {f"declarations/d{n}.yaml": "responsibilities:\n" + line for n, line in enumerate(LINES[1:])},
        {"old/notes.md": "We keep the log of vessels that enter at night no more, nor count lifeboats and flares.\n"},
        {
            ".github/workflows/ci.yaml": "on: push\njobs:\n  people:\n    name: x\n    steps:\n"
            "      - {id: inspect, name: once a year, responsible: director, accountable: nobody}\n"
        },
    ],
    ids=["honest parts", "prose", "a workflow"],
)
def test_honest_parts_prose_and_files_of_something_else_are_no_weakening(tmp_path, files):
    assert left(tmp_path, **files).check(INSIST).weakened == []


def test_the_schemas_own_words_make_no_file_alike(tmp_path):
    repository = make(tmp_path / "r", **{FILE: SOUND, "declarations/more.yaml": "people:\n  - {id: p-9, name: p-9}\n"})
    repository.branch()
    repository.git("rm", "-q", "declarations/more.yaml")
    repository.write("ci.yaml", "on: push\njobs:\n  people:\n    name: x\n    steps:\n      - id: a\n        name: b\n")
    assert repository.check(INSIST).weakened == []


@pytest.mark.parametrize("attribute", ["working-tree-encoding=JIS_C6220-1969-RO", "ident", "filter=own"])
@pytest.mark.parametrize("side", ["head", "base"])
def test_what_git_changes_on_its_way_into_the_work_tree_is_no_verdict(tmp_path, attribute, side):
    text = f"{SOUND}# $Id$ ¥\n"
    repository = make(tmp_path / "r", **{FILE: text, ".gitattributes": "*.bin filter=lfs\n*.yaml text eol=crlf\n"})
    line = f"{FILE} {attribute}\n"

    def attributed(to: str) -> None:
        repository.write(".gitattributes", to)
        repository.git("add", ".gitattributes")
        repository.git("commit", "-q", "-m", "attributes")

    if side == "base":
        attributed(line)
    repository.branch()
    assert repository.check().exit == (3 if side == "base" else 0)
    attributed(line if side == "head" else "")
    if side == "head":
        assert repository.check().exit == 0  # git has changed nothing so far
        repository.git("config", "filter.own.smudge", "sed s/Lead/Leave/")
        (repository.top / FILE).unlink()
        repository.git("checkout", "-q", "--", FILE)
    outcome = repository.check()
    assert outcome.exit == 3
    assert f'"{FILE}" as it has stored it (`{attribute.partition("=")[0]}`' in outcome.report["error"]
    assert run("diff", "main", cwd=repository.top).returncode == 3
    assert run("diff", "main", "change", cwd=repository.top).returncode == 0


def test_a_directory_that_becomes_a_submodule_is_compared_with_what_it_was(tmp_path):
    other = make(tmp_path / "other", **{FILE: FAULTY})
    repository = make(tmp_path / "r", **{f"a/{FILE}": SOUND})
    repository.branch()
    repository.git("rm", "-qr", "a")
    repository.git("submodule", "--quiet", "add", other.top, "a")
    repository.commit()
    outcome = repository.check(cwd="a")
    assert (outcome.exit, outcome.new) == (1, {UNASSIGNED})
    assert '"a" is in a submodule of "r", whose history is compared.' in outcome.report["notices"]


def test_a_work_tree_inside_of_another_is_compared_with_its_own_history(tmp_path):
    repository = make(tmp_path / "r", **{FILE: SOUND})
    repository.git("worktree", "add", "-q", "-b", "change", "inner")
    inner = Repository(repository.top / "inner")
    inner.commit(**{FILE: FAULTY})
    assert (inner.check().new, inner.check().report["notices"]) == ({UNASSIGNED}, [])


def test_a_working_directory_that_becomes_a_link_is_compared_with_what_it_was(tmp_path):
    repository = make(tmp_path / "r", **{f"a/{FILE}": SOUND, f"b/{FILE}": SOUND.replace("lead", "steer")})
    repository.branch()
    repository.git("mv", "a", "old")
    (repository.top / "a").symlink_to("b")
    repository.commit()
    for paths in ((), ("declarations",)):
        outcome = repository.check(INSIST, *paths, cwd="a", PWD=str(repository.top / "a"))
        assert (outcome.exit, outcome.weakened[0][0]) == (1, "configuration/paths"), paths


def test_a_clone_of_one_branch_is_told_how_to_fetch_the_other(tmp_path):
    full = make(tmp_path / "full", **{FILE: SOUND})
    full.branch()
    full.commit(**{FILE: FAULTY})
    clone = Repository(tmp_path / "clone")
    full.git("clone", "-q", "--depth", "1", "-b", "change", f"file://{full.top}", clone.top)
    for since in ("main", "origin/main"):
        outcome = clone.check(since=since)
        advice = "git fetch --unshallow origin main:refs/remotes/origin/main"
        assert (outcome.exit, advice in " ".join(outcome.errors.split())) == (3, True)
    clone.git(*advice.split()[1:])
    assert clone.check(since="origin/main").new == {UNASSIGNED}
