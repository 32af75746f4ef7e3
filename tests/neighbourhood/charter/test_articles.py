"""One article for every rule, a sentence for every article, and code that reads each."""

import ast
from dataclasses import fields, is_dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.neighbourhood.charter.strategies import charters, values

from laag.foundation.errors import BadInput
from laag.neighbourhood.charter import ARTICLES, Agreement, Charter, article, differences, digest

HEADER = {"name", "version"}
"""What a charter says of itself; nobody votes on it."""


def _fields():
    """Every field of a charter by its article's name."""
    charter = Charter("Our street")
    for one in fields(Charter):
        value = getattr(charter, one.name)
        if is_dataclass(value):
            yield from (f"{one.name}.{inner.name}" for inner in fields(value))
        elif one.name not in HEADER:
            yield one.name if one.name == "agreements" else f"market.{one.name}"


def test_every_field_has_one_article_and_every_article_a_field():
    assert sorted(_fields()) == sorted(one.name for one in ARTICLES)


def _reads(module, field):
    spec = find_spec(module)
    root = Path(spec.origin).parent if spec.submodule_search_locations else Path(spec.origin)
    files = sorted(root.rglob("*.py")) if root.is_dir() else [root]
    nodes = (node for file in files for node in ast.walk(ast.parse(file.read_text("utf-8"))))
    return any(isinstance(node, ast.Attribute) and node.attr == field for node in nodes)


def _is_there(module):
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


@pytest.mark.parametrize("one", ARTICLES, ids=lambda one: one.name)
def test_no_article_is_dead(one):
    """The module that it names is there, and reads that field."""
    is_read = _is_there(one.read_in) and _reads(one.read_in, one.field)
    assert is_read, f"nothing in {one.read_in} reads {one.field}"


@given(st.data(), st.sampled_from(ARTICLES))
def test_what_is_put_is_what_is_read_and_nothing_else_changes(data, one):
    charter, value = data.draw(charters()), data.draw(values(one))
    after = one.put(charter, value)
    assert one.of(after) == value
    assert [was.article for was in differences(charter, after)] in ([], [one.name])


@given(st.data(), st.sampled_from(ARTICLES))
def test_a_value_is_one_line_of_text_and_the_text_is_that_value(data, one):
    value = data.draw(values(one))
    text = one.may.text(value)
    assert "\n" not in text
    assert one.read(text) == value


@given(st.data(), st.sampled_from(ARTICLES))
def test_every_value_has_a_sentence_in_both_languages(data, one):
    said = one.sentence(data.draw(values(one)))
    for text in (said.nl, said.en):
        assert text[0].isupper() or text[0] in "„“"
        assert text[-1] in ".?"
        assert "None" not in text


@given(charters(), charters())
def test_charters_that_differ_have_other_digests(one, other):
    assert (digest(one) == digest(other)) == (
        one == other or (not differences(one, other) and one.name == other.name)
    )


def test_a_digest_is_the_same_next_year():
    """It stands in every settled day: an article that is added must not change what older charters are called."""
    assert digest(Charter("Our street", k_percent=30)) == (
        "e33b40dfb035c656c0bb078bbdc2c06ba5ae96f1b5bbcec46900b515cf55a7a0"
    )


@pytest.mark.parametrize(
    ("name", "wrong", "says"),
    [
        ("market.k_percent", 100, "market.k_percent is 100; it may be a whole number from 0 to 99"),
        ("market.k_percent", "30", "a whole number from 0 to 99"),
        ("data.floor_homes", 9, "a whole number from 10"),
        ("voting.majority_percent", 49, "a whole number from 50 to 99"),
        ("ladder.first", ("market",), "minimum, safety, emergency in this order and nothing else"),
        ("ladder.order", ("comfort", "comfort", "own_sun", "agreement"), "each once, in any order"),
        ("sharing.key", "by_lot", "one of equal"),
        ("grid.flexibility_bought", 1, "true (yes) or false (no)"),
        ("agreements", (Agreement("a|b", "ev", 17, 20),), "a name of its own"),
        ("agreements", (Agreement("a", "ev", 17, 17),), "hours from 0 to 24 that differ"),
    ],
)
def test_what_an_article_may_not_be_is_refused_and_told_what_it_may(name, wrong, says):
    with pytest.raises(BadInput) as refused:
        article(name).put(Charter("Our street"), wrong)
    assert says in str(refused.value)


def test_what_law_fixes_says_where_it_says_so():
    fixed = {one.name: one.fixed for one in ARTICLES if one.fixed}
    assert set(fixed) == {"ladder.first", "ladder.last", "voting.one_vote_per"}
    assert all(one.why.nl and one.why.en and one.source for one in fixed.values())
