"""Schemas by name."""

import json

import pytest

from uts_policy.model.errors import UsageError
from uts_policy.schema.definitions import NAMES, schema, schema_text


@pytest.mark.parametrize("name", NAMES)
def test_the_text_is_the_file_and_the_schema_is_the_text(name):
    assert json.loads(schema_text(name)) == schema(name)
    assert schema_text(name).endswith("}\n")


def test_a_name_that_is_no_schema_is_a_wrong_command_line():
    with pytest.raises(UsageError, match='there is no schema "roles"') as raised:
        schema_text("roles")
    assert raised.value.hint == f"Use one of: {', '.join(NAMES)}."


def test_no_validator_is_loaded_before_it_is_needed():
    import subprocess
    import sys

    program = (
        "import sys; import uts_policy.schema.validate, uts_policy.schema.validate, uts_policy.schema.definitions; "
        "print(sorted({'jsonschema', 'jsonschema_rs', 'referencing'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
