"""A charter in a file is that charter, and a slip of the pen is told with what was meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.neighbourhood.charter.strategies import charters

from laag.adapters.charterfile import faults, parse, read, text
from laag.foundation.errors import BadInput
from laag.foundation.words import Lang
from laag.neighbourhood.charter import ARTICLES, Charter, differences


@given(charters(), st.sampled_from(Lang))
def test_what_is_written_is_read_as_the_same_charter(charter, lang):
    assert parse(text(charter, lang)) == charter


@given(charters())
def test_a_file_has_every_article_under_its_own_sentence(charter):
    written = text(charter, Lang.NL).replace("\n# ", " ")
    for one in ARTICLES:
        assert " ".join(one.said(charter).nl.split()) in " ".join(written.split())


@given(st.sampled_from([one for one in ARTICLES if one.table]), st.data())
def test_a_slip_of_the_pen_is_told_with_the_nearest_name_and_its_sentence(one, data):
    at = data.draw(st.integers(0, len(one.field) - 1))
    slip = one.field[:at] + one.field[at + 1 :] if len(one.field) > 3 else one.field + "x"
    if f"{one.table}.{slip}" in {other.name for other in ARTICLES} or not slip:
        return
    (said,) = faults({"name": "Kade", one.table: {slip: 1}})
    assert f"there is no article {one.table}.{slip}; did you mean {one.name}?" in said.en
    assert one.said(Charter("")).en in said.en
    assert one.said(Charter("")).nl in said.nl


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("[market]\nk_percent = 30", "name has to be there"),
        (
            'name = "Kade"\n[market]\nk_percent = 100',
            "market.k_percent is 100; it may be a whole number from 0 to 99",
        ),
        ('name = "Kade"\n[marked]\nk_percent = 30', "there is no marked; did you mean market?"),
        ('name = "Kade"\n[market]\nquorum_percent = 30', "did you mean voting.quorum_percent?"),
        ('name = "Kade"\nmarket = 3', "market is a table; write [market]"),
        ('name = "Kade"\nnam = 3', "there is no nam; did you mean name?"),
        ('name = "Kade"\n[data]\nfloor_homes = 9', "data.floor_homes is 9; it may be a whole number from 10"),
        ('name = "Kade"\n[data]\nfloor_homes = true', "data.floor_homes is True"),
        ('name = "Kade"\n[ladder]\nfirst = ["market"]', "the safety of people and of the grid comes first"),
        ('name = "Kade"\n[voting]\none_vote_per = "person"', "Burgerlijk Wetboek 2:38"),
        ('name = "Kade"\nversion = 0', "version is 0"),
        (
            'name = "Kade"\n[[agreements]]\nname = "a"\ndevise = "ev"',
            "there is no agreements.devise; did you mean device?",
        ),
        ('name = "Kade"\n[[agreements]]\nname = "a"\ndevice = "ev"', "an agreement lacks from_hour, to_hour"),
        ('name = "Kade"\nagreements = "none"', "write each agreement as [[agreements]]"),
        ('name = "Kade"\n[market', "is not TOML"),
        ('name = "Kade"\n[market]\nk_percent = 100\n[data]\nfloor_homes = 1', "(and 1 more)"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_told_what_it_may_be(toml, says):
    with pytest.raises(BadInput) as refused:
        parse(toml)
    assert says in str(refused.value)


@given(
    st.dictionaries(
        st.sampled_from(["name", "market", "voting", "agreements", "version"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=5),
            lambda inner: (
                st.lists(inner, max_size=2)
                | st.dictionaries(st.sampled_from(["rule", "days", "k_percent", "name"]), inner, max_size=2)
            ),
            max_leaves=5,
        ),
    )
)
def test_whatever_stands_there_is_a_charter_or_a_sentence(given_):
    for said in faults(given_):
        assert said.nl
        assert said.en


def test_what_is_left_out_is_as_usual(tmp_path):
    file = tmp_path / "charter.toml"
    file.write_text('name = "Kade"\n[market]\nk_percent = 30\n', "utf-8")
    assert [one.article for one in differences(Charter("Kade"), read(file))] == ["market.k_percent"]


def test_a_file_that_is_not_there_says_so(tmp_path):
    with pytest.raises(BadInput, match="there is no charter at"):
        read(tmp_path / "none.toml")
