"""Which entry was which: records that the base lacks, and claims that are not believed."""

import pytest

from uts_policy.common.fields import sections
from uts_policy.common.former_names import former_names
from uts_policy.judge.lineage import lineage
from uts_policy.model.corpus import Corpus


def corpus(roles, **moves):
    data = {section: {} for section in sections()}
    data["roles"] = {id_: {"id": id_} for id_ in roles}
    data["moved"] = {f"roles/{one}": {"from": f"roles/{one}", "to": f"roles/{two}"} for one, two in moves.items()}
    names = former_names(data)
    data["links"] = {"first_names": names.first, "former_names": names.now}
    return Corpus(data=data, origins={}, details={})


@pytest.mark.parametrize(
    ("base", "head", "renames", "refused"),
    [
        (corpus("a"), corpus("b", a="b"), {"a": "b"}, ""),
        (corpus("a"), corpus("c", a="b", b="c"), {"a": "c"}, ""),
        (corpus("b", a="b"), corpus("c", a="b", b="c"), {"b": "c"}, ""),
        (corpus("ab"), corpus("ab", a="b", b="a"), {"a": "b", "b": "a"}, ""),
        (corpus("a"), corpus("a", a="b", b="a"), {}, ""),
        (corpus("a", a="b", b="a"), corpus("b", a="b"), {"a": "b"}, ""),
        (corpus("b", a="b"), corpus("c", a="c"), {"b": "c"}, ""),
        (corpus("b", a="b"), corpus("b"), {}, ""),
        (corpus("ab"), corpus("ab", a="b"), {}, "a"),
        (corpus("ab"), corpus("b", a="b"), {}, "a"),
        (corpus("ab"), corpus("c", a="c", b="c"), {}, "ab"),
        (corpus("abc"), corpus("bc", a="b", b="c"), {}, "ab"),
        (corpus("a"), corpus("ab", a="b"), {"a": "b"}, ""),
        (corpus("ab", a="t", b="a", t="b"), corpus("bx", b="x", a="t", t="b"), {"a": "x"}, ""),
        (corpus("ab", a="t", b="a", t="b"), corpus("ab"), {"a": "b", "b": "a"}, ""),
        (corpus("bc", a="b"), corpus("bc", a="c"), {}, "ab"),
    ],
    ids=[
        *(
            "one",
            "chain",
            "only what is new",
            "swap",
            "there and back",
            "and away again",
            "a record rewritten",
            "taken out",
        ),
        *("both stay", "one goes", "two become one", "over one that goes", "the id is taken again"),
        *("after a swap", "a swap is taken back", "the record of one is given to another"),
    ],
)
def test_records_that_the_base_lacks_rename_and_no_two_become_one(base, head, renames, refused):
    found = lineage(base, head)
    assert found.renames == ({"roles": renames} if renames else {})
    assert found.refused == {f"roles/{each}" for each in refused}
