"""What a member reads of its share: how much of how much, by which key, and one comparison."""

from dataclasses import replace

import numpy as np
import pytest

from laag.cycle.shares import why_this_share
from laag.neighbourhood.charter import Charter
from laag.neighbourhood.sharing import KEYS, Band, Facts
from laag.neighbourhood.sharing.agreed import leaving, shared
from laag.neighbourhood.sharing.holdings import Leaving

STREET = Charter("Our street")
FACTS = Facts(
    ("ann", "bob", "eve"),
    net_wh=np.array([[-1000, 0], [600, 0], [400, 200]]),
    buy_ticks=np.array([25_000, 25_000]),
    sell_ticks=np.array([7_000, 7_000]),
    held={"ann": 250, "bob": 750},
    bands={"eve": Band.LOW},
)
POT = 96_00000000


def by(key, **rules):
    return replace(STREET, sharing=replace(STREET.sharing, key=key, **rules))


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("pot", [POT, -POT, 7])
def test_the_fund_and_members_have_exactly_the_pot(key, pot):
    found = shared(pot, by(key, fund_permille=100), FACTS)
    assert found.fund_units + sum(found.members.values()) == pot
    assert found.fund_units == (pot // 10 if pot > 0 else 0)


def test_equal_says_of_how_many():
    said = why_this_share("eve", shared(POT, STREET, FACTS), FACTS)
    assert (
        said.en
        == "You received €32.00 of the €96.00 that was earned together: the same for each of 3 households."
    )
    assert (
        said.nl
        == "Je kreeg € 32,00 van de € 96,00 die samen is verdiend: ieder van de 3 huishoudens evenveel."
    )


def test_shapley_says_what_would_be_missed():
    """Ann's roof is all there is: alone it saves nothing, and without it nobody does."""
    said = why_this_share("ann", shared(POT, by("shapley"), FACTS), FACTS).en
    assert said.startswith("You received €48.00 of the €96.00")
    assert said.endswith("Without your home €0.18 less would have been saved.")


def test_parts_say_which_part():
    assert (
        "25% of what members hold" in why_this_share("ann", shared(POT, by("static_shares"), FACTS), FACTS).en
    )


def test_means_never_say_which_band():
    found = shared(POT, by("income_share"), FACTS)
    said = why_this_share("eve", found, FACTS)
    assert found.members["eve"] > found.members["ann"]
    assert not any(word in said.en + said.nl for word in ("low", "laag", "high", "hoog"))


def test_a_cost_and_a_fund_are_said():
    assert why_this_share("bob", shared(-POT, STREET, FACTS), FACTS).en.startswith(
        "You paid €32.00 of the €96.00 that it cost"
    )
    assert (
        "(after €9.60 for the community fund)"
        in why_this_share("bob", shared(POT, by("equal", fund_permille=100), FACTS), FACTS).en
    )


def test_the_charter_says_how_means_weigh_and_where_parts_go():
    level = by("income_share", low_income_percent=100, high_income_percent=100)
    assert set(shared(POT, level, FACTS).members.values()) == {POT // 3}
    assert leaving(by("equal", part_of_who_leaves="others")) is Leaving.OTHERS


@pytest.mark.parametrize("key", KEYS)
def test_what_a_broken_agreement_costs_is_the_funds_and_no_neighbours(key):
    broke = replace(FACTS, kept_permille={"ann": 900})
    before, after = (shared(POT, by(key, fund_permille=50), facts) for facts in (FACTS, broke))
    assert after.members["ann"] == before.members["ann"] * 900 // 1000
    assert {name: after.members[name] for name in ("bob", "eve")} == {
        name: before.members[name] for name in ("bob", "eve")
    }
    assert after.fund_units + sum(after.members.values()) == POT
    assert after.first_units == before.fund_units


def test_what_was_lost_is_said_to_who_lost_it_and_to_nobody_else():
    broke = replace(FACTS, kept_permille={"ann": 900})
    found = shared(POT, STREET, broke)
    assert why_this_share("ann", found, broke).en.endswith("€3.20 of your share went to the community fund.")
    assert why_this_share("bob", found, broke) == why_this_share("bob", shared(POT, STREET, FACTS), FACTS)
    assert shared(-POT, STREET, broke).members == shared(-POT, STREET, FACTS).members
