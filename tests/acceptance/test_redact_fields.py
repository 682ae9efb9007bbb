"""`--redact`: in whatever field of the schema a declared person's id or name stands, no output shows it."""

import json
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from itertools import product
from pathlib import Path
from typing import Any, TypeAlias

import click
import pytest
from jsonschema import Draft202012Validator

from tests.acceptance.command import AS_OF
from tests.acceptance.test_redact import FORMATS, KEY, contents
from uts_policy.cli.app import run, uts_policy
from uts_policy.corpus.build import serialise
from uts_policy.engine.embedded import EmbeddedEngine
from uts_policy.model.corpus import Corpus
from uts_policy.model.evaluation import Evaluation
from uts_policy.model.rule import RuleSet
from uts_policy.schema.definitions import schema

Command: TypeAlias = Callable[..., tuple[int, bytes, bytes]]
PERSON, NAME = "agent-0417", "Quill Ostrander"
SECRETS = (PERSON, "Quill", "Ostrander")
VALUES = {
    "an id or a name": (PERSON, NAME),
    "a mention": (
        f"Ask {NAME} ({PERSON}) first.",
        "Ask QUILL  OSTRANDER, Quill-Ostrander, quill\u00a0ostrander, Quill\nOstrander or Agent\u20110417 first.",
    ),
}
"""Apart, for what has the id for a name would make every mention of it one of a name."""
SCHEMA = schema("declarations")
PEOPLE = [{"id": PERSON, "name": NAME}]
BASE = {
    "units": [{"id": "agency", "name": "Agency"}],
    "people": PEOPLE,
    "roles": [{"id": "chief", "title": "Chief", "unit": "agency", "holders": [{"person": PERSON}]}],
    "responsibilities": [{"id": "duty", "statement": "Keep watch", "accountable": "chief"}],
}


def resolved(node: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in node:
        node = SCHEMA["$defs"][node["$ref"].removeprefix("#/$defs/")] | {k: v for k, v in node.items() if k != "$ref"}
    return node


def types(node: dict[str, Any]) -> list[str]:
    found = node.get("type", [])
    return found if isinstance(found, list) else [found]


def plain(  # noqa: PLR0911 - one for each type
    node: dict[str, Any], name: str
) -> Any:
    """A value that the schema accepts, with nobody in it."""
    node = resolved(node)
    if "enum" in node:
        return node["enum"][0]
    if "const" in node:
        return node["const"]
    if node.get("title") == "date":
        return "2026-01-01"
    if "string" in types(node):
        return f"some-{name}"[:40].lower().replace("_", "-")
    if "object" in types(node):
        return {key: plain(node["properties"][key], key) for key in node.get("required", ())}
    if "array" in types(node):
        return [plain(node["items"], name)]
    if "boolean" in types(node):
        return False
    return node.get("minimum", 1)


def fields(node: dict[str, Any], route: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Every field below a node that can hold a scalar: its route, `*` for an item of a list, and its schema."""
    node = resolved(node)
    if {"string", "integer", "number", "boolean"} & set(types(node)) or "enum" in node:
        yield route, node
    if "array" in types(node) and "items" in node:
        yield from fields(node["items"], (*route, "*"))
    if "object" in types(node) and len(route) < 9:
        for name, inner in node.get("properties", {}).items():
            yield from fields(inner, (*route, name))


def with_value(node: dict[str, Any], route: tuple[str, ...], value: Any, name: str = "") -> Any:
    """What the schema wants at a node, with `value` at the route below it."""
    if not route:
        return value
    node = resolved(node)
    if route[0] == "*":
        return [with_value(node["items"], route[1:], value, name)]
    required = {key: plain(node["properties"][key], key) for key in node.get("required", ())}
    return required | {route[0]: with_value(node["properties"][route[0]], route[1:], value, route[0])}


ALL = tuple(
    route
    for section, node in SCHEMA["properties"].items()
    if section != "schema"
    for route, _ in fields(node, (section,))
)
"""Every field that can hold a scalar."""
BESIDE: dict[tuple[str, ...], dict[str, Any]] = {
    ("roles", "replaced_by"): {"abolished_on": "2026-01-01"},
    ("roles", "chair"): {"collective": True},
}
"""What an entry must say beside a field."""


def merged(values: Sequence[str], *, valid: bool) -> dict[str, Any]:
    """Declarations with an entry for each field that takes a value, or for each that does not, which has it there."""
    check = Draft202012Validator(SCHEMA)
    whole: dict[str, list[Any]] = {section: list(entries) for section, entries in BASE.items()}
    for number, (value, route) in enumerate(product(values, ALL)):
        section = route[0]
        (entry,) = with_value(SCHEMA["properties"][section], route[1:], value)
        own = route[2:] == ("id",)
        if not own and "id" in resolved(resolved(SCHEMA["properties"][section])["items"])["properties"]:
            entry["id"] = f"entry-{number}"
        if section == "training_records" and route[2:] != ("module",):
            entry["module"] = f"module-{number}"  # with person and day it is what tells records apart
        if section == "people" and valid and (own or (route[2:] == ("name",) and value not in (PERSON, NAME))):
            continue  # it stands there already, or would make the sentence somebody's name
        entry |= BESIDE.get((section, *route[2:]), {})
        if check.is_valid({section: [entry]}) == valid:
            whole.setdefault(section, []).append(entry | {"x-own": value})
    return whole


def with_keys(keys: Sequence[str], *, valid: bool) -> dict[str, Any]:
    """Declarations that have the keys in every mapping of every section: as some of one's own, or as unknown ones."""
    own = [f"x-{key}" if valid else key for key in keys]

    def keyed(node: Any) -> Any:
        if isinstance(node, list):
            return [keyed(each) for each in node]
        if not isinstance(node, dict):
            return node
        return {key: {key: 1} for key in own} | {name: keyed(each) for name, each in node.items()}

    whole: dict[str, list[Any]] = {section: list(entries) for section, entries in BASE.items()}
    check = Draft202012Validator(SCHEMA)
    for number, route in enumerate(ALL):
        (entry,) = with_value(SCHEMA["properties"][route[0]], route[1:], "some-text")
        entry |= BESIDE.get((route[0], *route[2:]), {})
        if check.is_valid({route[0]: [entry]}):
            apart = {"id": f"entry-{number}"}
            if "id" not in resolved(resolved(SCHEMA["properties"][route[0]])["items"])["properties"]:
                apart = {"module": f"module-{number}"}  # with person and day it is what tells records apart
            whole.setdefault(route[0], []).append(entry | apart)
    entries = {section: keyed(each) for section, each in whole.items()}
    return entries if valid else entries | {key: [{key: 1}] for key in keys}


VALID = {what: merged(values, valid=True) for what, values in VALUES.items()}


def secrets_in(outputs: dict[str, bytes]) -> list[tuple[str, str]]:
    return [
        (name, text[max(0, text.lower().index(secret.lower()) - 60) :][:120])
        for name, data in outputs.items()
        for text in contents(name, data)
        for secret in SECRETS
        if secret.lower() in text.lower()
    ]


EVALUATED: dict[tuple[str, ...], tuple[Evaluation, ...]] = {}
evaluate_each = EmbeddedEngine.evaluate_each


def once(engine: EmbeddedEngine, corpora: Sequence[Corpus], rule_set: RuleSet) -> tuple[Evaluation, ...]:
    """What the engine says of corpora that it was not asked about before: formats of one command differ in words."""
    key = (rule_set.digest, *(sha256(serialise(each.data).encode()).hexdigest() for each in corpora))
    if key not in EVALUATED:
        EVALUATED[key] = evaluate_each(engine, corpora, rule_set)
    return EVALUATED[key]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Command:
    """Runs a command in this process: exit code, output, and what it says beside."""
    monkeypatch.setattr(EmbeddedEngine, "evaluate_each", once)
    monkeypatch.setenv("UTS_POLICY_REDACT_KEY", KEY)

    def run_in(folder: Path, *arguments: str) -> tuple[int, bytes, bytes]:
        monkeypatch.chdir(folder)
        code = run(arguments)
        return code, *capsysbinary.readouterr()

    return run_in


def checked(command: Command, folder: Path) -> dict[str, bytes]:
    """Every format of one check, of nothing but the form where that is wrong, and what it says beside."""
    named = [part for each in FORMATS for part in ("--format", f"{each}:report.{each}")]
    chosen = ("--redact", "--profile", "strict", "--as-of", AS_OF)
    code, output, errors = command(folder, "check", *chosen, *named, "--format", "text", "-v")
    assert code in {0, 1}, errors.decode()
    return {"text": output, "errors": errors} | {
        f"report.{each}": (folder / f"report.{each}").read_bytes() for each in FORMATS
    }


@pytest.mark.parametrize("valid", [True, False], ids=["valid", "invalid"])
@pytest.mark.parametrize("what", VALUES)
def test_no_format_shows_whom_any_field_names(command: Command, tmp_path: Path, what: str, valid: bool) -> None:  # noqa: FBT001 - a parameter of the test
    written(tmp_path, VALID[what] if valid else merged(VALUES[what], valid=False))
    outputs = checked(command, tmp_path)
    assert secrets_in(outputs) == []
    assert (b"schema/" in outputs["text"]) is not valid


KEYS = (PERSON, NAME, f"{PERSON}-note", f"see {PERSON} about it", "quill_ostrander_note")


@pytest.mark.parametrize("valid", [True, False], ids=["own", "unknown"])
def test_no_format_shows_whom_any_key_names(command: Command, tmp_path: Path, valid: bool) -> None:  # noqa: FBT001 - a parameter of the test
    written(tmp_path, with_keys(KEYS, valid=valid))
    outputs = checked(command, tmp_path)
    code, output, errors = command(tmp_path, "corpus" if valid else "validate", "--redact")
    assert secrets_in(outputs | {"out": output, "errors": errors}) == []
    assert (b"schema/unknown-key" in outputs["text"]) is not valid
    assert code == (0 if valid else 1)


ARGUMENTS: dict[str, tuple[str, ...]] = {
    "diff": ("before", "declarations"),
    "explain": ("1:",),
    "schema": ("declarations", "--with-ids"),
    "who": ("duty",),
    "forecast": ("--days", "400"),
    "what-if": ("departs", PERSON),
    "bundle": ("--with-corpus", "--out", "out.tar.gz"),
}
"""What a command has to be asked, besides `--redact`."""


def leaves(command: click.Command, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command below one, with the words that call it."""
    if not isinstance(command, click.Group):
        yield words, command
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        inner = command.get_command(context, name)
        assert inner is not None
        yield from leaves(inner, (*words, name))


def shapes(command: click.Command) -> tuple[str, ...]:
    """The formats that a command offers; none where it has but one."""
    for param in command.params:
        if "--format" in param.opts:
            if isinstance(param.type, click.Choice):
                return tuple(map(str, param.type.choices))
            return tuple(each.value for each in param.shell_complete(click.Context(command), ""))
    return ()


LEAVES = tuple(leaves(uts_policy))
REDACTING = {
    words: shapes(command)
    for words, command in LEAVES
    if any("--redact" in each.opts and not getattr(each, "hidden", False) for each in command.params)
}
COMMANDS = [
    (*words, *ARGUMENTS.get(words[0], ()), *(("--format", shape) if shape else ()))
    for words, formats in REDACTING.items()
    for shape in (formats or ("",))
]
"""Every command that offers `--redact`, in every format: from the commands themselves, so that none is forgotten."""
REFUSING = {("baseline", "create"), ("baseline", "prune"), ("baseline", "status"), ("evidence", "export"), ("fix",)}
SILENT = {
    ("comment",): "posts what diff wrote",
    ("completion",): "reads no declarations",
    ("evidence", "diff"): "shows what is in bags, which hold exact bytes",
    ("evidence", "keygen"): "reads no declarations",
    ("evidence", "reproduce"): "shows what is in a bag, which holds exact bytes",
    ("evidence", "sample"): "shows what is in a bag, which holds exact bytes",
    ("evidence", "verify"): "shows what is in a bag, which holds exact bytes",
    ("mv",): "writes declarations back",
    ("new", "rule"): "reads no declarations",
    ("rules",): "reads no declarations",
    ("export", "raci"): "writes titles, statements and letters to be edited and imported again",
    ("import", "obligations"): "writes declarations back",
    ("import", "raci"): "writes declarations back",
    ("import", "roster"): "writes declarations back, people by pseudonyms",
    ("reconcile", "obligations"): "shows ids of obligations and statements of a text that it was given",
    ("reconcile", "roster"): "shows people by pseudonyms, made with the key that it needs",
    ("init",): "reads no declarations",
    ("test",): "reads no declarations",
}
"""Commands without `--redact`, and why."""


def test_every_command_redacts_refuses_to_or_has_a_reason_not_to() -> None:
    refusing = {
        words
        for words, command in LEAVES
        if any("--redact" in each.opts and getattr(each, "hidden", False) for each in command.params)
    }
    assert refusing == REFUSING
    assert {words for words, _ in LEAVES} == {*REDACTING, *REFUSING, *SILENT}


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("what", VALUES)
def test_no_command_shows_whom_any_field_names(
    command: Command, tmp_path: Path, words: tuple[str, ...], what: str
) -> None:
    written(tmp_path, VALID[what])
    name = next(each for each in REDACTING if words[: len(each)] == each)
    dated = ("--as-of", AS_OF) if any("--as-of" in each.opts for each in dict(LEAVES)[name].params) else ()
    code, output, errors = command(tmp_path, *words, "--redact", *dated)
    file = f"out.{words[-1]}"
    if "bundle" in words:
        file, output = "out.tar.gz", (tmp_path / "out.tar.gz").read_bytes()
    assert secrets_in({file: output, "errors": errors}) == []
    wanted = {"explain": 2, "check": 1, "history": 3}.get(words[0], 0)  # there is no repository here
    assert (code, bool(output)) == (wanted, words[0] not in {"explain", "history"}), errors.decode()


def written(folder: Path, declarations: dict[str, Any]) -> None:
    for name, data in (("before", BASE), ("declarations", declarations)):
        (folder / name).mkdir()
        (folder / name / "a.yaml").write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
