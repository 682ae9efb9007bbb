# ruff: noqa: E501 - a document is one value
"""Small broken documents as people write them, and what `uts-policy fix` may make of each.

Each is a head that is sound, and a part of its own. `REFUSED`: nothing is to be written, whatever is wrong.
"""

HEAD = """\
units:
  - {id: agency, name: Agency}
people:
  - {id: p-1}
"""
ROLES = """\
roles:
  - {id: director, title: Director, unit: agency, holders: [{person: p-1}]}
  - {id: deputy, title: Deputy head, unit: agency, holders: [{person: p-1}]}
"""
DUTY = """\
responsibilities:
  - {id: lead, statement: Lead the agency, accountable: director, responsible: deputy}
"""
WAIVED = (
    HEAD
    + ROLES
    + DUTY.replace("accountable: director, ", "")
    + "waivers:\n"
    + "  - {id: w, rule: ownership/unassigned, subject: responsibilities/lead, reason: none, approved_by: director, approved_on: 2026-11-01, expires: 2026-12-31}\n"
)
REFUSED = None

SAFE = {
    # Titles and names where an id is wanted.
    "name-of-a-stakeholder-unit": (
        HEAD.replace(
            "people:", "  - {id: north, name: North, parent: agency, stakeholders: [Agency, director]}\npeople:"
        )
        + ROLES,
        HEAD.replace(
            "people:", "  - {id: north, name: North, parent: agency, stakeholders: [agency, director]}\npeople:"
        )
        + ROLES,
    ),
    "name-of-a-stakeholder-unit-and-role": (
        HEAD.replace("people:", "  - {id: north, name: North, parent: agency, stakeholders: [Agency]}\npeople:")
        + ROLES.replace("title: Director", "title: Agency"),
        REFUSED,
    ),
    "title-of-who-approved-a-waiver": (
        WAIVED.replace("approved_by: director", "approved_by: Deputy head"),
        WAIVED.replace("approved_by: director", "approved_by: deputy"),
    ),
    # Numbers where text is wanted.
    "octal-title": (
        HEAD + "roles:\n  - id: r\n    title: 007   # agent\n    unit: agency\n",
        HEAD + 'roles:\n  - id: r\n    title: "007"   # agent\n    unit: agency\n',
    ),
    "space-after-colon-in-flow": (
        HEAD + ROLES + "responsibilities: [{id: d, statement: S, accountable:director}]\n",
        HEAD + ROLES + "responsibilities: [{id: d, statement: S, accountable: director}]\n",
    ),
    "space-after-colon-of-a-number": (
        HEAD + "roles: [{id: r, title: T, unit: agency, seats:2}] # two\n",
        HEAD + "roles: [{id: r, title: T, unit: agency, seats: 2}] # two\n",
    ),
    "space-after-colon-of-a-quote": (
        HEAD + 'roles: [{id: r, unit: agency, title:"T"}]\n',
        REFUSED,
    ),
    "space-after-colon-of-a-key-with-a-value": (
        HEAD + "roles: [{id: r, unit: agency, title:T: x}]\n",
        REFUSED,
    ),
    "space-after-colon-twice": (
        HEAD + "roles: [{id: r, unit: agency, title:T, title:U}]\n",
        REFUSED,
    ),
    "tag-of-yaml": (
        HEAD + "roles: [{id: !!int 7, title: &t !!float 1.5, unit: agency}]\n",
        HEAD + 'roles: [{id: "7", title: &t "1.5", unit: agency}]\n',
    ),
    "tag-in-a-list": (
        HEAD + "roles:\n  - {id: r, title: T, unit: agency, tags: [!!int 7, b]}\n",
        HEAD + 'roles:\n  - {id: r, title: T, unit: agency, tags: ["7", b]}\n',
    ),
    "two-keys-near-one": (
        "delegations:\n  - {id: d, delegater: a, delegates: b, authorities: [x]}\n",
        REFUSED,
    ),
    "number-in-flow": (
        HEAD + "roles: [{id: 7, title: T, unit: agency}]\n",
        HEAD + 'roles: [{id: "7", title: T, unit: agency}]\n',
    ),
    "float-title": (
        HEAD + "roles:\n- {id: r, title: 1.50, unit: agency}\n",
        HEAD + 'roles:\n- {id: r, title: "1.50", unit: agency}\n',
    ),
    "hexadecimal-title": (
        HEAD + "roles:\n- {id: r, title: 0x1F, unit: agency}\n",
        HEAD + 'roles:\n- {id: r, title: "0x1F", unit: agency}\n',
    ),
    "exponent-title": (
        HEAD + "roles:\n- {id: r, title: 1e3, unit: agency}\n",
        HEAD + 'roles:\n- {id: r, title: "1e3", unit: agency}\n',
    ),
    "number-of-a-unit": ("units:\n  - id: 112\n    name: Emergency\n", 'units:\n  - id: "112"\n    name: Emergency\n'),
    "number-with-anchor": (
        HEAD + "roles:\n  - id: r\n    title: &t 42\n    unit: agency\n",
        HEAD + 'roles:\n  - id: r\n    title: &t "42"\n    unit: agency\n',
    ),
    "two-numbers-one-line": (
        "units: [{id: 1, name: 2}]\n",
        'units: [{id: "1", name: "2"}]\n',
    ),
    "number-crlf": (
        "units:\r\n- id: 1\r\n  name: One\r\n",
        'units:\r\n- id: "1"\r\n  name: One\r\n',
    ),
    "number-no-end": ("units:\n- name: One\n  id: 1", 'units:\n- name: One\n  id: "1"'),
    "number-byte-order-mark": ("\ufeffunits:\n- {id: 1, name: One}\n", '\ufeffunits:\n- {id: "1", name: One}\n'),
    "number-and-tab": ("units:\n- id: 1\t# tab\n  name: One\n", 'units:\n- id: "1"\t# tab\n  name: One\n'),
    "numbers-in-two-documents": (
        "units:\n- {id: 1, name: One}\n---\nunits:\n- {id: 2, name: Two}\n",
        'units:\n- {id: "1", name: One}\n---\nunits:\n- {id: "2", name: Two}\n',
    ),
    # Keys in another spelling.
    "letter-missing": (HEAD + ROLES + DUTY.replace("accountable", "acountable"), HEAD + ROLES + DUTY),
    "letters-swapped": (HEAD + ROLES + DUTY.replace("statement", "statemnet"), HEAD + ROLES + DUTY),
    "capital-key": (HEAD + ROLES + DUTY.replace("accountable", "Accountable"), HEAD + ROLES + DUTY),
    "section-capital": (HEAD + ROLES.replace("roles", "Roles") + DUTY, HEAD + ROLES + DUTY),
    "section-singular": (HEAD + ROLES + DUTY.replace("responsibilities", "responsibilites"), HEAD + ROLES + DUTY),
    "key-in-quotes": (
        HEAD
        + ROLES
        + 'responsibilities:\n  - id: l\n    "statment": Lead # it\n    accountable: director\n    responsible: deputy\n',
        HEAD
        + ROLES
        + 'responsibilities:\n  - id: l\n    "statement": Lead # it\n    accountable: director\n    responsible: deputy\n',
    ),
    "key-dashes": (
        HEAD + "roles:\n  - {id: r, title: T, unit: agency, holders: [{person: p-1}], kept-vacant: {}}\n",
        REFUSED,
    ),
    "key-right-to-left": (
        'units:\n  - id: agency\n    nmae: "סוכנות"  # שם\n',
        'units:\n  - id: agency\n    name: "סוכנות"  # שם\n',
    ),
    "key-and-number": (
        "units:\n  - id: 5\n    nmae: Five\n",
        'units:\n  - id: "5"\n    name: Five\n',
    ),
    "key-there-already": ("units:\n  - {id: agency, name: Agency, nmae: Office}\n", REFUSED),
    "two-keys-for-one": ("units:\n  - {id: agency, nmae: A, naem: B}\n", REFUSED),
    "key-of-no-meaning": ("units:\n  - {id: agency, name: A, colour: red}\n", REFUSED),
    "key-by-another-word": (HEAD + ROLES + DUTY.replace("accountable", "owner"), REFUSED),
    "section-of-no-meaning": (HEAD + "pets:\n- {id: cat}\n", REFUSED),
    "key-over-wrong-value": (HEAD + ROLES + DUTY.replace("accountable: director", "acountable: {a: b}"), REFUSED),
    # Titles where ids are wanted.
    "title-for-role": (HEAD + ROLES + DUTY.replace(": deputy", ": Deputy head"), HEAD + ROLES + DUTY),
    "title-capitals": (HEAD + ROLES + DUTY.replace(": deputy", ": DEPUTY HEAD"), HEAD + ROLES + DUTY),
    "title-in-quotes": (
        HEAD + ROLES + DUTY.replace(": deputy", ': "Deputy head"'),
        HEAD + ROLES + DUTY.replace(": deputy", ': "deputy"'),
    ),
    "name-for-unit": (HEAD + ROLES.replace("unit: agency", "unit: Agency") + DUTY, HEAD + ROLES + DUTY),
    "title-in-list": (
        HEAD + ROLES + DUTY.replace(": deputy", ": [Deputy head]"),
        HEAD + ROLES + DUTY.replace(": deputy", ": [deputy]"),
    ),
    "title-in-block-list": (
        HEAD
        + ROLES
        + "responsibilities:\n- id: l\n  statement: Lead\n  accountable: director\n  responsible:\n  # who\n  - Deputy head  # x\n",
        HEAD
        + ROLES
        + "responsibilities:\n- id: l\n  statement: Lead\n  accountable: director\n  responsible:\n  # who\n  - deputy  # x\n",
    ),
    "title-of-two": (HEAD + ROLES.replace("Deputy head", "Director") + DUTY.replace(": deputy", ": Director"), REFUSED),
    "title-twice-same": (
        HEAD
        + ROLES.replace("id: director", "id: head-a")
        .replace("id: deputy", "id: head-b")
        .replace("Deputy head", "Head")
        .replace("title: Director", "title: Head")
        + DUTY.replace("accountable: director", "accountable: Head").replace(
            "responsible: deputy", "responsible: head-b"
        ),
        REFUSED,
    ),
    "person-for-role": (HEAD + ROLES + DUTY.replace("accountable: director", "accountable: p-1"), REFUSED),
    "nobody-called-so": (HEAD + ROLES + DUTY.replace("accountable: director", "accountable: Treasurer"), REFUSED),
    # What no repair touches.
    "not-yaml": ("units: [\n", REFUSED),
    "unclosed-quote": ('units:\n  - {id: a, name: "A}\n', REFUSED),
    "tab-indentation": ("units:\n\t- id: 7\n", REFUSED),
    "merge-conflict": ("<<<<<<< ours\nunits: []\n=======\nunits: [{id: 7}]\n>>>>>>> theirs\n", REFUSED),
    "empty": ("", REFUSED),
    "only-comments": ("# nothing yet\n", REFUSED),
    "a-list": ("- units\n- roles\n", REFUSED),
    "a-word": ("units\n", REFUSED),
    "duplicate-key-beside-number": (
        "units:\n  - {id: 7, name: A, name: B}\n",
        'units:\n  - {id: "7", name: A, name: B}\n',
    ),
    "duplicate-id": ("units:\n  - {id: a, name: A}\n  - {id: a, name: B}\n", REFUSED),
    "no-value": ("units:\n  - id:\n    name: A\n", REFUSED),
    "truth-value": ("units:\n  - {id: true, name: A}\n", REFUSED),
    "number-for-a-date": (HEAD + "roles:\n  - {id: r, title: T, unit: agency, abolished_on: 20}\n", REFUSED),
    "number-that-is-no-id": ("units:\n  - {id: -1.5e3, name: A}\n", REFUSED),
    "huge-number": ("units:\n  - {id: 99999999999999999999, name: A}\n", REFUSED),
    "custom-tag": ("units:\n  - {id: !x 7, name: A}\n", 'units:\n  - {id: !x "7", name: A}\n'),
    "merge-key": ("units:\n  - &a {id: a, name: A}\n  - {<<: *a, id: b}\n", REFUSED),
    "number-behind-an-alias": (
        HEAD + "roles:\n  - {id: r, title: &t 7, unit: agency}\n  - {id: s, title: *t, unit: agency}\n",
        HEAD + 'roles:\n  - {id: r, title: &t "7", unit: agency}\n  - {id: s, title: *t, unit: agency}\n',
    ),
    "missing-key": ("units:\n  - {id: a}\n", REFUSED),
    "not-utf-8": (b"units:\n  - {id: 7, name: \xe9}\n", REFUSED),
    "utf-16": ("units: [{id: 7}]\n".encode("utf-16"), REFUSED),
    "bare-carriage-returns": ("units:\r- id: 7\r  name: A\r", 'units:\r- id: "7"\r  name: A\r'),
}
"""By name: before, and after the safe repairs."""

UNSAFE = {
    "one-near-name": (
        HEAD + ROLES + DUTY.replace(": deputy", ": deputyy, x-note: 1"),
        HEAD + ROLES + DUTY.replace(": deputy", ": deputy, x-note: 1"),
    ),
    "two-near-names": (
        HEAD
        + ROLES.replace("id: director", "id: lead-a").replace("id: deputy", "id: lead-b")
        + DUTY.replace("accountable: director", "accountable: lead-c").replace(
            "responsible: deputy", "responsible: lead-b"
        ),
        REFUSED,
    ),
    "abolished-role": (
        HEAD
        + ROLES
        + "  - {id: old, title: Old, unit: agency, abolished_on: 2020-01-01, replaced_by: deputy}\n"
        + DUTY.replace("accountable: director", "accountable: old"),
        HEAD
        + ROLES
        + "  - {id: old, title: Old, unit: agency, abolished_on: 2020-01-01, replaced_by: deputy}\n"
        + DUTY.replace("accountable: director", "accountable: deputy"),
    ),
    "abolished-role-without-successor": (
        HEAD
        + ROLES
        + "  - {id: old, title: Old, unit: agency, abolished_on: 2020-01-01}\n"
        + DUTY.replace("accountable: director", "accountable: old"),
        REFUSED,
    ),
    "abolished-in-a-row": (
        HEAD
        + ROLES
        + "  - {id: old, title: Old, unit: agency, abolished_on: 2020-01-01, replaced_by: older}\n"
        + "  - {id: older, title: Older, unit: agency, abolished_on: 2021-01-01, replaced_by: deputy}\n"
        + DUTY.replace("accountable: director", "accountable: old"),
        HEAD
        + ROLES
        + "  - {id: old, title: Old, unit: agency, abolished_on: 2020-01-01, replaced_by: older}\n"
        + "  - {id: older, title: Older, unit: agency, abolished_on: 2021-01-01, replaced_by: deputy}\n"
        + DUTY.replace("accountable: director", "accountable: deputy"),
    ),
    "abolished-in-a-circle": (
        HEAD
        + ROLES
        + "  - {id: old, title: Old, unit: agency, abolished_on: 2020-01-01, replaced_by: older}\n"
        + "  - {id: older, title: Older, unit: agency, abolished_on: 2021-01-01, replaced_by: old}\n"
        + DUTY.replace("accountable: director", "accountable: old"),
        REFUSED,
    ),
    "one-of-two-waivers": (
        HEAD
        + ROLES
        + DUTY.replace("accountable: director, ", "")
        + "waivers:\n"
        + "  - {id: w, rule: ownership/unassigned, subject: responsibilities/lead, reason: none, approved_by: director, approved_on: 2026-11-01, expires: 2026-12-31}\n"
        + "  # idle\n"
        + "  - {id: v, rule: ownership/no-performer, subject: responsibilities/lead, reason: none, approved_by: director, approved_on: 2026-11-01, expires: 2026-12-31} # v\n",
        HEAD
        + ROLES
        + DUTY.replace("accountable: director, ", "")
        + "waivers:\n"
        + "  - {id: w, rule: ownership/unassigned, subject: responsibilities/lead, reason: none, approved_by: director, approved_on: 2026-11-01, expires: 2026-12-31}\n",
    ),
    "unused-waiver": (
        HEAD
        + ROLES
        + DUTY
        + "waivers:\n  # kept\n\n  # idle\n  - id: w\n    rule: ownership/unassigned\n    subject: responsibilities/lead\n    reason: none\n    approved_by: director\n    approved_on: 2026-11-01\n    expires: 2026-12-31\n",
        HEAD + ROLES + DUTY + "waivers: []\n  # kept\n\n",
    ),
    "successor-that-would-name-itself": (
        HEAD
        + "roles:\n  - {id: old, title: Old, unit: agency, abolished_on: 2020-01-01, replaced_by: new}\n"
        + "  - {id: new, title: New, unit: agency, reports_to: old, successors: [old], holders: [{person: p-1}]}\n",
        REFUSED,
    ),
    "name-of-the-unit-itself": (
        HEAD.replace("people:", "  - {id: north, name: North, parent: North}\npeople:") + ROLES,
        REFUSED,
    ),
    "waiver-of-a-misspelt-rule": (
        WAIVED.replace("ownership/unassigned", "ownership/unasigned"),
        WAIVED,
    ),
    "waiver-of-what-is-written-in-short": (
        WAIVED.replace("ownership/unassigned", "reference/unknown").replace(": deputy}", ": unheard-of}"),
        REFUSED,
    ),
    "waiver-of-a-rule-that-is-like-none": (
        WAIVED.replace("ownership/unassigned", "ownership/nowhere-near"),
        REFUSED,
    ),
}
"""Likewise with `--unsafe`."""
