"""What holds for every edit of every document: the data are what was meant, and nobody's text is touched."""

import copy
import re

from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from tests.unit.edit.samples import read
from tests.unit.load.samples import routes, source
from tests.unit.load.written import documents, mappings, values, words
from uts_policy.edit.changes import AddItem, AddKey, EditRefusedError, Remove, RenameKey, SetValue
from uts_policy.edit.layout import Layout
from uts_policy.edit.splice import spliced

ours = settings(
    deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
_COMMENT = re.compile(r"# why[0-9]+")
_scalars = st.one_of(words, st.integers(-9, 9), st.booleans(), st.none())
_new_values = st.one_of(_scalars, st.lists(_scalars, max_size=3), mappings, values)


@st.composite
def files(draw):
    """The text of one to three documents, with a comment of its own name wherever there is one, and some aliases."""
    text = ""
    for _ in range(draw(st.integers(1, 3))):
        written, _ = draw(documents())
        eol = "\r\n" if "\r\n" in written else "\n"
        anchors = sorted(set(re.findall(r"(?<=: &)n[0-9]+", written)))
        if anchors and draw(st.booleans()) and not written.rstrip().endswith(("...", "}")):
            written += f"{eol}again: *{draw(st.sampled_from(anchors))}{eol}"
        if text:
            text += "..." + eol
        text += written + ("" if written.endswith("\n") else eol)
        text = text.removesuffix("..." + eol)
    if draw(st.booleans()):
        text = text.rstrip("\r\n")
    number = iter(range(10**6))
    text = re.sub("# why|# end", lambda _: f"# why{next(number)}", text)
    return ("\ufeff" if draw(st.booleans()) else "") + text


@st.composite
def changes(draw, loaded):
    """Up to three changes that fit the documents."""
    found = []
    for _ in range(draw(st.integers(1, 3))):
        document = draw(st.sampled_from(loaded))
        route = draw(st.sampled_from(list(routes(document.data))))
        value = Layout(source(""), document).value(route)
        kinds = ["set", "remove"] if route else []
        if route and isinstance(route[-1], str):
            kinds.append("rename")
            beside = Layout(source(""), document).value(route[:-1])
        if isinstance(value, dict):
            kinds.append("key")
        if isinstance(value, list):
            kinds.append("item")
        match draw(st.sampled_from(kinds)):
            case "set":
                change = SetValue(document=document.index, route=route, value=draw(_new_values))
            case "remove":
                change = Remove(document=document.index, route=route)
            case "rename":
                change = RenameKey(
                    document=document.index,
                    route=route,
                    key=draw(words.filter(lambda key, there=beside: key not in there)),
                )
            case "key":
                change = AddKey(
                    document=document.index,
                    route=route,
                    key=draw(words.filter(lambda key, there=value: key not in there)),
                    value=draw(_new_values),
                )
            case _:
                change = AddItem(document=document.index, route=route, value=draw(_new_values))
        found.append(change)
    return found


def meant(data, wanted):
    """The data after the changes, made one by one on a copy without anything shared: an oracle of its own."""
    data = copy.deepcopy({"root": unshared(data)})
    order = sorted(wanted, key=lambda each: (isinstance(each, Remove), isinstance(each, RenameKey)))
    for change in [each for each in order if not isinstance(each, Remove | RenameKey)]:
        *upper, last = ("root", *change.route)
        around = data
        for step in upper:
            around = around[step]
        match change:
            case SetValue():
                around[last] = change.value
            case AddKey():
                around[last][change.key] = change.value
            case AddItem():
                around[last].append(change.value)
    # From the last to the first, and from the leaves to the root, so that every route still leads there.
    for change in sorted(
        [each for each in order if isinstance(each, Remove | RenameKey)],
        key=lambda each: [(str(type(step)), step) for step in each.route],
        reverse=True,
    ):
        *upper, last = ("root", *change.route)
        around = data
        for step in upper:
            around = around[step]
        if isinstance(change, Remove):
            del around[last]
        else:
            pairs = [(change.key if key == last else key, value) for key, value in around.items()]
            around.clear()
            around.update(pairs)
    return data["root"]


def unshared(value):
    """A copy in which nothing stands for two places."""
    if isinstance(value, dict):
        return {key: unshared(inner) for key, inner in value.items()}
    return [unshared(inner) for inner in value] if isinstance(value, list) else value


@ours
@given(files(), st.data())
def test_an_edit_makes_what_was_meant_and_touches_nothing_else(text, data):
    file = source(text)
    loaded, problems = read(file)
    assume(loaded and not problems)
    wanted = list({repr(each): each for each in data.draw(changes(loaded))}.values())
    edited, refused = attempted(file, loaded, wanted)
    if refused is not None:
        event(refused.message.split(": ", 1)[1])
        assert refused.hint
        assert refused.location.file == file.path
        # What can be made is made: nothing else than these is a reason.
        aliased, commented = "*n" in text, "# why" in text
        assert (
            twice(wanted)
            or "two changes meet" in refused.message
            or "has an anchor" in refused.message
            or ("alias" in refused.message and aliased)
            or ("comment" in refused.message and commented)
        ), refused.message
        return
    event("done")
    again, faults = read(edited.after)
    assert faults == ()
    expected = [meant(each.data, [c for c in wanted if c.document == each.index]) for each in loaded]
    assert [each for each in expected if each] == [each.data for each in again if each.data]
    # Every byte outside of the splices is where it was.
    assert edited.after.data.startswith(b"\xef\xbb\xbf") == text.startswith("\ufeff")
    done, at = 0, 0
    for begin, end, new in edited.splices:
        kept = file.text[done:begin]
        assert edited.after.text[at : at + len(kept) + len(new)] == kept + new
        done, at = end, at + len(kept) + len(new)
    assert edited.after.text[at:] == file.text[done:]
    # A splice takes away what a change is about, with the signs and the white space beside it, and no one's comment.
    own = [extent(file, loaded[index_of(loaded, each)], each, wanted) for each in wanted]
    for begin, end, _ in edited.splices:
        outside = "".join(
            character
            for offset, character in enumerate(file.text[begin:end], start=begin)
            if not any(first <= offset < last for first, last in own)
        )
        assert not outside.strip(" \t\r\n,"), (text, wanted, edited.splices)


def twice(wanted):
    """Whether two changes give one mapping the same key."""
    given = [
        (each.document, each.route if isinstance(each, AddKey) else each.route[:-1], each.key)
        for each in wanted
        if isinstance(each, AddKey | RenameKey)
    ]
    return len(set(given)) < len(given)


def attempted(file, loaded, wanted):
    """The file after the changes, or why there is none."""
    try:
        return spliced(file, loaded, wanted, read), None
    except EditRefusedError as refused:
        return None, refused


def index_of(loaded, change):
    return next(place for place, each in enumerate(loaded) if each.index == change.document)


def extent(file, document, change, wanted):
    """The stretch that a change may rewrite: the item or pair to the end of its line, or the value."""
    layout = Layout(file, document)
    match change:
        case Remove():
            begin, end = layout.begin(change.route), layout.stretch(change.route)[1]
            parent = layout.stretch(change.route[:-1])
            gone = [each.route for each in wanted if isinstance(each, Remove) and each.document == change.document]
            around = change.route[:-1]
            whole = around or layout.bracket(around) == "{"
            lines = layout.bracket(around) == "-"  # then every item goes with its line, as it does beside others
            if whole and not lines and all(child in gone for child in layout.children(around)):
                return parent
            end = layout.line_end(end, change.route) if layout.ends_line(end) else end
            if isinstance(change.route[-1], int) and layout.bracket(around) == "-":
                # Comment lines that are about an entry: right above it and in its column, right below it and deeper.
                pad = " " * layout.column(begin)
                above = re.search(rf"(?:^{pad}#[^\r\n]*(?:\r\n?|\n))+{pad}\Z", file.text[:begin], re.MULTILINE)
                below = re.match(rf"(?:(?:\r\n?|\n){pad}[ \t]+#[^\r\n]*)+", file.text[end:])
                begin -= len(above.group()) if above else 0
                end += len(below.group()) if below else 0
            return begin, end
        case SetValue():
            begin, end = layout.stretch(change.route)
            return begin, end
        case RenameKey():
            return layout.key(change.route)
        case _:
            return layout.stretch(change.route)
