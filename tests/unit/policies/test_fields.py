"""`uts/lib/fields.rego` says what the schema of the declarations says."""

from tests.generate.rego_fields import FILE, text


def test_the_fields_of_the_rules_are_current():
    assert FILE.read_text(encoding="utf-8") == text(), "run `make generate`"
