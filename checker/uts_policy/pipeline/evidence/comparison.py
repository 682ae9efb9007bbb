"""From two bags to what changed between them."""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from uts_policy import __version__, resources
from uts_policy.corpus.build import with_views
from uts_policy.engine.interface import Engine
from uts_policy.evidence import comparing
from uts_policy.judge.lineage import lineage
from uts_policy.model.corpus import Corpus
from uts_policy.model.difference import Compared, Difference
from uts_policy.model.evidence import BagDifference, BagSide
from uts_policy.pipeline.evidence.bag import Opened
from uts_policy.rules.catalogue import rule_set
from uts_policy.view.difference import VIEW, JudgedSide, difference


def bag_difference(before: Opened, after: Opened, engine: Engine) -> BagDifference:
    """What changed. Who answers is asked of the declarations of both by views of this version: no rule of a bag runs.

    Each bag keeps its own day. Raises NoVerdictError where a bag does not hold what a bag of ours holds.
    """
    found = comparing.moved(before.results, after.results)
    owners = _owners(before, after, engine)
    return BagDifference(
        before=_side(before),
        after=_side(after),
        circumstances=(
            *comparing.circumstances(before.results, after.results),
            *comparing.configuration(before.effective, after.effective),
        ),
        files=comparing.files(_digests(before), _digests(after)),
        rules=comparing.rules(before.results, after.results),
        opened=found.opened,
        closed=found.closed,
        waived=found.waived,
        uncovered=found.uncovered,
        unjudged=found.unjudged,
        same=found.same,
        owners=None if owners is None else owners.owners,
        renames=() if owners is None else owners.renames,
        titles={} if owners is None else owners.titles,
        notices=tuple(_notices(before, after)),
    )


def _notices(before: Opened, after: Opened) -> Iterator[str]:
    if after.results.as_of < before.results.as_of:
        yield f"{after.name} is of an earlier day than {before.name}: what is told goes back in time."
    for bag in (before, after):
        if bag.corpus is None:
            yield f"{bag.name}: the declarations are invalid, so owners were not compared."


def _side(bag: Opened) -> BagSide:
    return BagSide(name=bag.name, digest=bag.digest, as_of=bag.results.as_of, verdict=bag.results.verdict)


def _digests(bag: Opened) -> Mapping[str, str]:
    return {path: sha256(data).hexdigest() for path, data in bag.members.items()}


def _owners(before: Opened, after: Opened, engine: Engine) -> Difference | None:
    """Whose duties changed hands; None where one of the bags holds no corpus."""
    if before.corpus is None or after.corpus is None:
        return None
    return difference(
        _judged(before.name, before.corpus, engine),
        _judged(after.name, after.corpus, engine),
        tool_version=__version__,
        moves=lineage(before.corpus, after.corpus).renames,
    )


def _judged(name: str, corpus: Corpus, engine: Engine) -> JudgedSide:
    asked = with_views(corpus, VIEW, rules={})
    answer: Mapping[str, Any] = engine.evaluate(asked, rule_set(resources.builtin_policies())).views[VIEW]
    return JudgedSide(compared=Compared(name=name), corpus=corpus, answer=answer, findings=())
