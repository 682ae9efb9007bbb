"""Reports full of text that breaks careless code."""

from hypothesis import strategies as st

from tests.generate.hostile import hostile_strings
from tests.unit.render.reports import finding, report, source
from uts_policy.model.finding import AppliedWaiver, Finding, RelatedPlace, Status
from uts_policy.model.place import Location, Span
from uts_policy.model.report import Report
from uts_policy.model.rule import Level, NotAssessed

RULES = ("reference/unknown", "ownership/unassigned", "schema/value", "yaml/syntax")
FILES = (
    "roles.yaml",
    "a b/Zoë:%20.yaml",
    "x#y?[z](1){0}.yaml",
    "../up.yaml",
    "/abs/ü.yaml",
    "not-utf8-\udce4.yaml",
    "-",
)


@st.composite
def findings(draw: st.DrawFn, number: int) -> Finding:
    text = hostile_strings()
    line, column = draw(st.integers(1, 99)), draw(st.integers(1, 99))
    span = Span(line=line, column=column, end_line=line + draw(st.integers(0, 2)), end_column=column + 1)
    place = draw(st.none() | st.sampled_from(FILES).map(lambda file: Location(file=file, span=span)))
    waiver = draw(st.none() | st.builds(AppliedWaiver, id=text, reason=text, approved_by=text, expires=text))
    return finding(
        identity=f"1:{number:032x}",
        rule=draw(st.sampled_from(RULES)),
        level=draw(st.sampled_from(Level)),
        message=draw(text),
        remediation=draw(text),
        entry=draw(text),
        cause=draw(text),
        location=place,
        related=tuple(draw(st.lists(st.builds(RelatedPlace, message=text, entry=text, location=st.just(place))))),
        waiver=waiver,
        status=draw(st.sampled_from(Status)),
    )


@st.composite
def reports(draw: st.DrawFn) -> Report:
    made = [draw(findings(number)) for number in range(draw(st.integers(0, 4)))]
    return report(
        *made,
        sources={name: source(name, "a: 1\n") for name in FILES},
        not_assessed=tuple(NotAssessed(rule="training/lapsed", reason=draw(hostile_strings())) for _ in range(1)),
        notices=tuple(draw(st.lists(hostile_strings(), max_size=2))),
    )
