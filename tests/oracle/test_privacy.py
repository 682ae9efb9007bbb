"""What the catalogue says of telephone numbers, plates and addresses, put to the patterns of the rule's page."""

from __future__ import annotations

import pytest

from tests.generate.pools import AS_OF
from tests.oracle.catalogue import verdict

RULE = "privacy/personal-identifier"


def private(text):
    found = verdict({"units": [{"id": "u", "name": "U", "description": text}]}, AS_OF).findings
    return (RULE, "units/u", "") in found


@pytest.mark.parametrize(
    "text",
    [
        "write to jane.doe@example.org",
        "SSN 078-05-1120",
        "call +1 202 555 0143",
        "call (202) 555-0143",
        "call (202)555-0143",
        "call 1-202-555-0143",
        "night // call 202-555-0143",
        "see https://example.org and call 202-555-0143",
        "https://example.org,202-555-0143",
        "call 202\u00a0555\u00a00143",
        "call 202\u202f555\u202f0143",
        "call 202\u2010555\u20100143",
        "call 202\u2011555\u20110143",
        "passport no. X1234567",
        "licence plate AB12 CDE",
        "meet at 12 Main Street",
        *(f"meet at 12 Old {street}" for street in ("St", "Ave", "Rd", "Ln", "Dr", "Blvd")),
        *(f"meet at 12 Old {street}." for street in ("St", "Ave", "Rd", "Ln", "Dr", "Blvd")),
    ],
)
def test_what_identifies_a_person(text):
    assert private(text)


@pytest.mark.parametrize(
    "text",
    [
        "as of 2026-06-15, order 12-04, audit 25-065",
        "Budget code 300 400 5000",
        "number plate ANPR 2",
        "https://202-555-0143/list",
        "https://jane.doe@example.org",
        "12 Main Streets",
    ],
)
def test_what_does_not(text):
    assert not private(text)
