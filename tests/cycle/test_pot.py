"""What the grid operator paid, put together: only where the charter says so, and always all of it."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from laag.cycle.pot import grid_pot
from laag.neighbourhood.charter import Charter
from laag.neighbourhood.sharing import Facts

NAMES = ("ann", "bob", "cas")
OURS = Charter("Our street")
FACTS = Facts(
    NAMES,
    net_wh=np.array([[300, -200], [-500, 400], [100, 100]]),
    buy_ticks=np.array([30_000, 30_000]),
    sell_ticks=np.array([5_000, 5_000]),
)


def charter(key="equal", fund=0, pot=("grid",)):
    return replace(OURS, sharing=replace(OURS.sharing, key=key, fund_permille=fund, pot=pot))


paid = st.dictionaries(st.sampled_from(NAMES), st.integers(-(10**9), 10**9))


@settings(max_examples=60)
@given(paid, st.sampled_from(("equal", "pro_rata", "shapley")), st.integers(0, 1000))
def test_what_members_give_up_and_get_and_the_fund_gets_is_nothing_more_or_less(paid, key, fund):
    found = grid_pot(charter(key, fund), paid, FACTS)
    if not found:
        assert not any(paid.values())
        return
    whole = sum(paid.values())
    expected_fund = whole * fund // 1000 if whole > 0 else 0
    assert -sum(one.units for one in found.values()) == expected_fund
    assert sum(one.put_units for one in found.values()) == whole


def test_out_of_the_box_each_keeps_what_the_grid_operator_paid_it():
    assert grid_pot(OURS, {"ann": 5_000}, FACTS) == {}


def test_who_gave_nothing_shares_where_all_agreed_to_that():
    found = grid_pot(charter(), {"ann": 900, "bob": 300}, FACTS)
    assert [found[name].units for name in NAMES] == [-500, 100, 400]
