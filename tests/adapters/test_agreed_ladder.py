"""A home goes by its neighbourhood's ladder, as far as law and its household let it."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.adapters.neighbourhood.agreed import agreed_ladder, rungs_of
from laag.apps.agent.wishing import putting_first
from laag.home.ladder import Ladder, Rung
from laag.neighbourhood.charter import Charter, LadderTable

FREE = LadderTable().order


def board(ladder):
    """Nothing but its ladder."""
    return SimpleNamespace(ladder=ladder)


def test_the_words_of_a_charter_are_those_of_a_home():
    """Or a home would climb its own ladder, and say nothing."""
    assert agreed_ladder(board(rungs_of(Charter("Kade")))) == Ladder()
    assert [name.upper() for name in rungs_of(Charter("Kade"))] == [rung.name for rung in Rung]


@given(st.permutations(FREE))
def test_every_order_that_a_charter_may_have_is_a_ladder_and_a_household_moves_its_own(order):
    charter = Charter("Kade", ladder=LadderTable(order=tuple(order)))
    agreed = agreed_ladder(board(rungs_of(charter)))
    assert [rung.name.lower() for rung in agreed.order[3:7]] == list(order)
    own = putting_first("own_sun", agreed)
    assert own.place(Rung.OWN_SUN) < own.place(Rung.COMFORT)
    for rung in (Rung.GRID_MARGIN, Rung.AGREEMENT):
        assert own.place(rung) == agreed.place(rung)


@pytest.mark.parametrize(
    "ladder",
    [
        [],
        ["market", *FREE, "minimum", "safety", "emergency"],
        ["minimum", "safety", *FREE, "emergency", "market"],
        ["minimum", "safety", "emergency", "profit", "market"],
        [*rungs_of(Charter("Kade")), "market"],
    ],
)
def test_what_is_no_ladder_moves_nothing_in_a_home(ladder):
    assert agreed_ladder(board(ladder)) == Ladder()
    assert agreed_ladder(None) == Ladder()
