"""The sheet that the holder of a role signs: Markdown, and a page with a sheet of paper for each role."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from uts_policy.common.words import number
from uts_policy.model.mandate import Mandates, MandateSheet
from uts_policy.render.common.fold import by_urgency
from uts_policy.render.common.markdown import escaped
from uts_policy.render.common.terminal import listed, term
from uts_policy.render.html.environment import rendered
from uts_policy.render.interface import Style
from uts_policy.render.queries.chain import called, citation_words, extent_words, following
from uts_policy.render.queries.portfolio import HEADINGS, STATES, ending_words


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateTable:
    """A part of a sheet: a heading, the heads of columns, and rows of text. Without rows, `empty` says so."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSheet:
    """A sheet in words. `facts` are label and text; `signers` who signs, none on a reminder."""

    title: str
    role: str
    facts: tuple[tuple[str, str], ...]
    tables: tuple[MandateTable, ...]
    signers: tuple[str, ...]


def as_markdown(mandates: Mandates, style: Style) -> str:  # noqa: ARG001 - every format has this signature
    """All sheets, one below the other; nothing that an author wrote is markup."""
    return "\n".join(
        "".join(f"{line}\n" for line in _markdown(mandates, shown(mandates, each))) for each in mandates.sheets
    )


def as_html(mandates: Mandates, style: Style) -> str:  # noqa: ARG001 - every format has this signature
    """A page; printed, each sheet begins a sheet of paper."""
    sheets = [shown(mandates, each) for each in mandates.sheets]
    return rendered("mandate.html", {"mandates": mandates, "sheets": sheets, "title": _title(mandates, sheets)})


def _title(mandates: Mandates, sheets: list[ShownSheet]) -> str:
    what = "Reminder" if mandates.open_only else "Mandate"
    name = f"{what}: {sheets[0].title}" if len(sheets) == 1 else f"{what}s of {number(len(sheets), 'role')}"
    return f"{name}, {mandates.organisation}" if mandates.organisation else name


def shown(mandates: Mandates, sheet: MandateSheet) -> ShownSheet:
    """A sheet in words; of a reminder, what is open and what ends."""
    mandate = sheet.mandate
    findings = MandateTable(
        title="Open findings",
        heads=("Level", "What was found", "What to do"),
        rows=tuple((each.level.value, each.message, each.remediation) for each in by_urgency(sheet.findings)),
        empty="None.",
    )
    ends = MandateTable(
        title="Dates",
        heads=("Last day", "What ends"),
        rows=tuple((each["on"], ending_words(each)) for each in mandate["ends"]),
        empty="Nothing has an end that is stated.",
    )
    tables = (
        (findings, ends)
        if mandates.open_only
        else (*_duties(mandate), _powers(mandate), *_others(mandate), ends, findings)
    )
    return ShownSheet(
        title=mandate.get("title", sheet.role),
        role=sheet.role,
        facts=tuple(_facts(mandate)),
        tables=tables,
        signers=() if mandates.open_only else ("Holder of the role", "For the organisation"),
    )


def _facts(mandate: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    post, titles = mandate["post"], mandate["titles"]
    if mandate["state"] in STATES:
        yield "Standing", STATES[mandate["state"]]
    if "unit" in post:
        yield "Unit", titles[post["unit"]]
    if "reports_to" in post:
        yield "Reports to", titles[post["reports_to"]]
    if mandate["holders"]:
        held = [
            f"{called(mandate, each['person'])}, {each['kind']} {term(each)}".strip() for each in mandate["holders"]
        ]
        yield "Held by", "; ".join(held)
    elif mandate["state"] == "living":
        yield "Held by", "nobody" if mandate["stated"]["holders"] else "not stated"
    if mandate["state"] == "living" and not mandate["everyone"]:
        yield "Deputy", _entitled(following(mandate), titles)


def _duties(mandate: Mapping[str, Any]) -> Iterator[MandateTable]:
    for code, heading in HEADINGS.items():
        rows = tuple(
            (
                each["criticality"],
                " ".join(each["statement"].split()),
                _where(each, mandate["titles"]),
            )
            for each in mandate["duties"]
            if each["code"] == code
        )
        if rows or code == "A":
            heads = ("Criticality", "Responsibility", "Where and when")
            yield MandateTable(title=heading, heads=heads, rows=rows, empty="Nothing.")


def _where(duty: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    parts = [_entitled(extent_words(duty["scope"]), titles), term(duty)]
    return " ".join(part for part in parts if part) or "everywhere"


def _entitled(text: str, titles: Mapping[str, str]) -> str:
    """The text with a title in place of each quoted id that has one."""
    return re.sub('"([^"]+)"', lambda found: titles.get(found[1], found[1]), text)


def _powers(mandate: Mapping[str, Any]) -> MandateTable:
    rows = tuple(
        (
            power["title"],
            _basis(power),
            "yes" if power["may_pass"] else "no",
        )
        for power in mandate["powers"]
    )
    return MandateTable(
        title="Powers", heads=("Power", "Instrument", "May pass on"), rows=rows, empty="None is declared."
    )


def _basis(power: Mapping[str, Any]) -> str:
    """The written act by which the role has a power, else that it does not."""
    if power["state"] != "held":
        words = {"lapsed": "lapsed", "none": "not held", "not-stated": "not stated"}[power["state"]]
        return f"{words}, and needed for {listed(power['needed'])}" if power["needed"] else words
    found = []
    for grant in power["grants"]:
        if grant["delegations"]:
            last = grant["delegations"][-1]
            found.append(f"{citation_words(last.get('instrument')) or last['delegation']} {term(last)}".strip())
        else:
            own = (citation_words(each.get("source")) for each in grant["origin"]["grants"])
            found += [each or "its own, without an instrument" for each in own]
    return "; ".join(dict.fromkeys(found)) or "held elsewhere"


def _others(mandate: Mapping[str, Any]) -> Iterator[MandateTable]:
    if mandate["passed_on"]:
        titles = mandate["titles"]
        rows = tuple(
            (titles[each["delegate"]], listed([titles[name] for name in each["authorities"]]), term(each))
            for each in mandate["passed_on"]
        )
        yield MandateTable(title="Passed on", heads=("To", "Powers", "When"), rows=rows)
    if mandate["modules"]:
        standing = {True: "mandatory", False: "voluntary"}
        modules = tuple((each["title"], standing[each["mandatory"]]) for each in mandate["modules"])
        yield MandateTable(title="Training", heads=("Module", "Standing"), rows=modules)


def _markdown(mandates: Mandates, sheet: ShownSheet) -> Iterator[str]:
    what = "Reminder" if mandates.open_only else "Mandate"
    yield f"# {what}: {escaped(sheet.title)}"
    yield ""
    if mandates.organisation:
        yield f"{escaped(mandates.organisation)}, as of {mandates.as_of} (UTC)"
    else:
        yield f"As of {mandates.as_of} (UTC)"
    yield ""
    for label, text in sheet.facts:
        yield f"- {label}: {escaped(text)}"
    for table in sheet.tables:
        yield from ("", f"## {table.title}", "")
        if not table.rows:
            yield table.empty
            continue
        yield f"| {' | '.join(table.heads)} |"
        yield f"|{'---|' * len(table.heads)}"
        for row in table.rows:
            yield f"| {' | '.join(escaped(cell) for cell in row)} |"
    if sheet.signers:
        yield from ("", "## Signatures", "", "| Who | Name | Date | Signature |", "|---|---|---|---|")
        for signer in sheet.signers:
            yield f"| {signer} | | | |"
