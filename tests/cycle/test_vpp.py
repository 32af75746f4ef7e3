"""What the power plant earned, as the charter says: everybody's units together are what there was, and nobody pays for a loss."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laag.cycle.vpp import Gave, shared_out, takes_part
from laag.foundation.errors import BadInput
from laag.neighbourhood.charter import Charter
from laag.neighbourhood.sharing import Facts

NAMES = ("ann", "bob", "cas", "dov")
OURS = Charter("Our street")
FACTS = Facts(
    NAMES,
    net_wh=np.array([[300, -200], [-500, 400], [100, 100], [0, -50]]),
    buy_ticks=np.array([30_000, 30_000]),
    sell_ticks=np.array([5_000, 5_000]),
    held={"ann": 600, "bob": 400},
)
gave = st.builds(
    Gave, st.integers(0, 10**6), st.integers(0, 500), st.integers(0, 10**9), st.integers(0, 10**10)
)


def charter(key="equal", fund=0, kept=500, pot=("balancing",)):
    sharing = replace(OURS.sharing, key=key, fund_permille=fund, pot=pot)
    return replace(OURS, sharing=sharing, vpp=replace(OURS.vpp, least_gain_kept_permille=kept))


@settings(max_examples=60)
@given(
    st.integers(-(10**11), 10**11),
    st.dictionaries(st.sampled_from(NAMES), gave),
    st.sampled_from(("equal", "pro_rata", "income_share", "static_shares", "shapley")),
    st.integers(0, 1000),
    st.integers(0, 1000),
)
def test_members_and_fund_get_what_was_earned_to_the_last_unit(earned, given_, key, fund, kept):
    found = shared_out(earned, given_, charter(key, fund, kept), FACTS)
    assert sum(one.units for one in found.members.values()) + found.fund_units == earned
    assert all(found.members[name].units >= one.asked_units for name, one in given_.items())
    assert set(found.members) == set(NAMES)


def test_out_of_the_box_nobody_is_asked():
    assert not takes_part(OURS)
    assert takes_part(replace(OURS, vpp=replace(OURS.vpp, takes_part=True)))


ANN_AND_BOB = {"ann": Gave(9_000, 30, 1_000, 6_000), "bob": Gave(4_000, 12, 500, 2_000)}


def test_who_gave_gets_what_it_asked_and_keeps_its_part_of_the_rest():
    found = shared_out(9_500, ANN_AND_BOB, charter(fund=100), FACTS)
    assert {name: one.units for name, one in found.members.items()} == {
        "ann": 1_000 + 3_000 + 900,
        "bob": 500 + 1_000 + 900,
        "cas": 900,
        "dov": 900,
    }
    assert found.fund_units == 400


def test_where_balancing_is_no_part_of_the_pot_all_of_it_stays_with_who_gave():
    found = shared_out(9_500, ANN_AND_BOB, charter(pot=("grid",)), FACTS)
    assert [one.units for one in found.members.values()] == [7_000, 2_500, 0, 0]


def test_a_free_rider_gets_of_the_pot_what_the_key_says_and_nothing_of_what_is_kept():
    """Cas gave nothing. Under an equal key he has a share; the charter's kept part is what bounds it."""
    shares = [shared_out(9_500, ANN_AND_BOB, charter(kept=kept), FACTS) for kept in (0, 500, 1000)]
    assert [one.members["cas"].units for one in shares] == [2_000, 1_000, 0]


def test_in_a_month_that_loses_the_fund_bears_it_and_no_member_pays():
    found = shared_out(-4_000, ANN_AND_BOB, charter(), FACTS)
    assert [one.units for one in found.members.values()] == [1_000, 500, 0, 0]
    assert found.fund_units == -5_500


def test_of_who_is_no_member_nothing_can_be_shared():
    with pytest.raises(BadInput, match="no member"):
        shared_out(10, {"eva": Gave(1, 1, 1, 1)}, charter(), FACTS)
