import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uts_policy.common.nearest import nearest


@pytest.mark.parametrize(
    ("word", "choices", "found"),
    [
        ("uts-incident-comander", ["uts-incident-commander", "uts-incident-command"], "uts-incident-commander"),
        ("watch-direktor", ["watch-director", "watch-directors"], "watch-director"),
        ("watch-dierctor", ["watch-director"], "watch-director"),
        ("Watch_Director", ["watch-director"], "watch-director"),
        ("watch director", ["watch-director"], "watch-director"),
        ("ab", ["ac", "aa"], "aa"),
        ("unit", ["parent", "chair"], None),
        ("role", ["roles", "rule"], "roles"),
        ("ownr", ["owner", "owned"], "owner"),
        ("x", ["y"], None),
        ("x", ["x"], "x"),
        ("", ["", "a"], None),
        ("word", [], None),
        ("same", ["sane", "same"], "same"),
        ("İd", ["id"], "id"),
        ("\U0010ffff\U0010ffffa", ["\U0010ffff\U0010ffff", "\U0010ffff\U0010ffffb"], "\U0010ffff\U0010ffff"),
    ],
)
def test_the_nearest_is_the_one_with_the_fewest_differences_if_there_are_few(word, choices, found):
    assert nearest(word, choices) == found


def test_a_guess_may_be_further_off_and_only_the_nearest_is_guessed():
    assert nearest("nite-van", ["night-van", "night-bus"]) is None
    assert nearest("nite-van", ["night-van", "night-bus"], guessing=True) == "night-van"
    assert nearest("nite-van", ["kitchen", "board"], guessing=True) is None
    assert nearest("x", ["y"], guessing=True) is None


def differences(one, other):
    """Optimal string alignment, by its definition."""
    table = {(-1, -1): 0}
    for i in range(len(one)):
        table[i, -1] = i + 1
    for j in range(len(other)):
        table[-1, j] = j + 1
    for i in range(len(one)):
        for j in range(len(other)):
            ways = [table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (one[i] != other[j])]
            if i and j and one[i] == other[j - 1] and one[i - 1] == other[j]:
                ways.append(table[i - 2, j - 2] + 1)
            table[i, j] = min(ways)
    return table[len(one) - 1, len(other) - 1]


WORDS = st.text("abc-", min_size=2, max_size=14)


@settings(deadline=None, max_examples=500)
@given(WORDS, st.lists(WORDS, max_size=20))
def test_it_is_what_a_comparison_with_every_choice_would_find(word, choices):
    allowed = min(1 if len(word) < 5 else 2 if len(word) < 12 else 3, len(word) - 1)
    ranked = sorted((differences(word, choice), choice) for choice in choices)
    expected = ranked[0][1] if ranked and ranked[0][0] <= allowed else None
    assert nearest(word, choices) == expected


@given(st.permutations(["role-1", "role-2", "role-3", "role-11"]))
def test_the_order_of_the_choices_makes_no_difference(choices):
    assert nearest("role-", choices) == "role-1"


@pytest.mark.parametrize(
    "word",
    [
        "d\u0456r\u0435ct\u043er",
        "dire\u200bct\u00ador",
        "\uff44\uff49\uff52\uff45\uff43\uff54\uff4f\uff52",
        "d\u0131re\u217dtor",
    ],
)
def test_characters_that_look_alike_are_no_difference(word):
    assert nearest(word, ["director", "inspector"]) == "director"


def test_a_dash_is_a_hyphen():
    assert nearest("uts\u2013a\u2013b", ["uts-a-b", "uts-b-b"]) == "uts-a-b"
