"""What the schema is read to say of each field. The expected values are the data model's, written anew."""

from uts_policy.common import fields

SCOPED = {"delegations", "responsibilities", "assignments", "directives", "incident_lines"}
REFERENCES = {
    "units.parent": "units",
    "units.chair": "roles",
    "units.stakeholders": "roles units",
    "roles.unit": "units",
    "roles.reports_to": "roles",
    "roles.replaced_by": "roles",
    "roles.chair": "roles",
    "roles.exposure": "vectors",
    "roles.authorities.authority": "authorities",
    "roles.holders.person": "people",
    "roles.successors": "roles",
    "roles.eligibility.roles": "roles",
    "roles.eligibility.training": "training",
    "roles.incompatible_with": "roles",
    "delegations.delegator": "roles",
    "delegations.delegate": "roles",
    "delegations.authorities": "authorities",
    "responsibilities.requires": "authorities",
    "responsibilities.criteria": "directives recommendations",
    "responsibilities.reviews": "responsibilities",
    "responsibilities.joint_accountability.approved_by": "roles",
    "assignments.responsibility": "responsibilities",
    "assignments.role": "roles",
    "directives.owner": "roles",
    "directives.supersedes": "directives",
    "directives.cites": "directives",
    "directives.assigns.responsibility": "responsibilities",
    "directives.assigns.role": "roles",
    "obligations.directive": "directives",
    "obligations.responsibilities": "responsibilities",
    "training.owner": "roles",
    "training.audience.roles": "roles",
    "training.audience.exposure": "vectors",
    "training_records.person": "people",
    "training_records.module": "training",
    "incident_lines.incident": "incidents",
    "incident_lines.declare": "roles",
    "incident_lines.command": "roles",
    "incident_lines.escalate_to": "incident_lines",
    "incident_lines.notify": "roles",
    "vulnerabilities.assessment": "assessments",
    "vulnerabilities.vectors": "vectors",
    "vulnerabilities.owner": "roles",
    "vulnerabilities.actions": "actions",
    "actions.owner": "roles",
    "actions.requires": "authorities",
    "recommendations.owner": "roles",
    "waivers.approved_by": "roles",
    **{f"{section}.scope.{part}": part for section in SCOPED for part in ("units", "vectors")},
    **{f"roles.authorities.scope.{part}": part for part in ("units", "vectors")},
}
OPEN = {"from": "0001-01-01", "to": "9999-12-31", "until": "9999-12-31"}


def path(field: fields.Field) -> str:
    return ".".join((field.section, *field.route))


def test_every_field_that_names_entries_says_which_sections_they_are_of():
    found = {path(each): " ".join(each.names) for each in fields.references()}
    assert {each: names for each, names in found.items() if each in REFERENCES} == REFERENCES


def test_a_citation_that_may_be_an_id_is_not_a_reference():
    assert [path(each) for each in fields.references() if not each.is_reference] == ["responsibilities.criteria"]


def test_short_forms_are_assignments_and_not_fields_of_the_corpus():
    codes = {"accountable": "A", "responsible": "R", "support": "S", "consulted": "C", "informed": "I"}
    assert fields.short_forms() == codes
    assert not {each.name for each in fields.references()} & fields.short_forms().keys()


def test_a_term_that_is_left_open_has_the_ends_of_the_calendar():
    stated = {(each.name, each.default) for each in fields.every() if each.is_date and each.default is not None}
    assert stated == set(OPEN.items())


def test_lists_and_scopes_are_there_in_the_corpus_and_tags_are_not():
    lists = {each.default is not None for each in fields.every() if each.many and "scope" not in each.route}
    assert lists == {True, False}
    absent = {each.name for each in fields.every() if each.many and each.default is None and "scope" not in each.route}
    assert absent == {"tags"}
    assert {each.section for each in fields.every() if each.route == ("scope",) and each.default == {}} == SCOPED


def test_an_id_that_nobody_wrote_is_made_of_what_the_entry_names():
    made = {section: [each.name for each in fields.made_of(section)] for section in fields.sections()}
    assert {section: names for section, names in made.items() if names} == {
        "assignments": ["responsibility", "role", "code"],
        "training_records": ["person", "module", "completed_on"],
        "moved": ["from"],
    }


def test_a_field_is_found_through_lists_and_mappings_and_an_unknown_one_is_not():
    found = fields.at("roles", ("authorities", "scope", "units"))
    assert found is not None
    assert (found.names, found.many, found.is_owner) == (("units",), True, False)
    assert fields.at("roles", ("authorities", "holder")) is None
    assert fields.at("rolls", ("title",)) is None


def test_free_text_is_told_from_ids_dates_and_choices():
    texts = {each.name for each in fields.every() if each.is_text}
    assert {"title", "limits", "reason", "source", "evidence", "number", "tags", "ref"} <= texts
    assert not texts & {"id", "status", "code", "from", "rule", "subject", "key", "owner", "requires", "seats"}
