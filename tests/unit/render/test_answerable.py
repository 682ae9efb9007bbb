"""Whose business an entry is: the page says the same as the view that `forecast` asks."""

from tests.generate.asked import ask
from uts_policy.common.fields import sections
from uts_policy.render.html.owners import answerable

CORPORA = 60


def about_entries(corpus):
    return {"entries": [[section, name] for section in sections() for name in sorted(corpus.data[section])]}


def test_the_page_names_the_same_roles_as_the_view_on_random_corpora():
    asked = ask("data.uts.view.answerable.answer", range(CORPORA), about_entries)
    said = [{entry: list(answerable(one.corpus.data, entry)) for entry in one.answer["roles"]} for one in asked]

    assert said == [one.answer["roles"] for one in asked]
    named = [roles for one in said for roles in one.values()]
    assert len(named) > 1000
    assert sum(not roles for roles in named) > len(named) / 20
    assert sum(len(roles) > 1 for roles in named) > len(named) / 200


def test_what_is_no_entry_of_the_corpus_is_nobody_s_business():
    one = ask("data.uts.view.answerable.answer", range(1), about_entries)[0]

    assert answerable(one.corpus.data, "") == ()
    assert answerable(one.corpus.data, "roles/nobody-declared-this") == ()
    assert answerable(one.corpus.data, "schema/anything") == ()
