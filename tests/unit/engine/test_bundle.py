"""A bundle is made of its rule set alone, to the byte."""

import gzip
import io
import json
import tarfile
from dataclasses import dataclass
from hashlib import sha256

from uts_policy.engine.bundle import bundle
from uts_policy.model.rule import PolicyFile
from uts_policy.rules.catalogue import rule_set

RULES = rule_set(
    (
        PolicyFile(path="main.rego", text="package main\n"),
        PolicyFile(path="uts/rules/a/b.rego", text="package uts.rules.a.b\n\n# Größe 🛰\n"),
        PolicyFile(path="uts/rules/a/b_test.rego", text="package uts.rules.a.b_test\n"),
        PolicyFile(path="ours.rego", text='package ours["x y"]\n', builtin=False),
    )
)


@dataclass(frozen=True)
class Backwards:
    """Signs by turning round, so that a test can read it."""

    algorithm: str = "none"

    def sign(self, data: bytes) -> bytes:
        return data[::-1]


def entries(data: bytes) -> dict[str, bytes]:
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        return {entry.name: archive.extractfile(entry).read() for entry in archive}


def test_a_bundle_holds_the_rules_without_tests_their_digest_and_a_manifest():
    found = entries(bundle(RULES))
    assert found.pop(".manifest") == (
        b'{"rego_version":1,"revision":"%s","roots":["main","ours","uts","uts_ruleset"]}' % RULES.digest.encode()
    )
    assert found.pop("uts_ruleset/data.json") == b'{"digest":"%s"}' % RULES.digest.encode()
    assert found == {file.path: file.text.encode() for file in RULES.files}


def test_the_corpus_is_data_with_a_root_of_its_own():
    found = entries(bundle(RULES, corpus={"b": "ä\u2028<", "a": [1, 0.5]}))
    assert found["uts_corpus/data.json"] == '{"a":[1,0.5],"b":"ä\\u2028<"}'.encode()
    assert "uts_corpus" in json.loads(found[".manifest"])["roots"]


def test_the_bytes_depend_on_nothing_but_the_rules():
    # Whoever changes this digest changes what every server of every user compares.
    assert sha256(bundle(RULES)).hexdigest() == "64197d46f589bfb789b74dfb2e1a9e4e5999ba2f45a07bb376da4c1f556eaf81"


def test_a_bundle_larger_than_a_block_is_whole_and_stored_as_it_is():
    text = "package ours\n" + "".join(f"# {number}\n" for number in range(40_000))
    rules = rule_set((PolicyFile(path="ours.rego", text=text),))
    made = bundle(rules)
    assert entries(gzip.decompress(made).ljust(1))["ours.rego"] == text.encode()
    assert text.encode()[:60_000] in made


def test_a_signature_covers_every_other_file():
    found = entries(bundle(RULES, signer=Backwards()))
    (token,) = json.loads(found.pop(".signatures.json"))["signatures"]
    assert token.startswith("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.")
    assert found == entries(bundle(RULES))
