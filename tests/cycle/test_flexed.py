"""From what was chosen to what members sold: not a Wh and not a unit on the way is lost."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.neighbourhood.flexibility.books import NOW, book

from laag.cycle.flexed import sold
from laag.foundation.highs import quiet_highs
from laag.neighbourhood.flexibility import Rule, cheapest

HIGHS = quiet_highs()


@given(st.integers(0, 2**32 - 1), st.sampled_from(list(Rule)))
@settings(max_examples=30)
def test_members_together_sold_what_was_ordered_and_are_paid_what_was_promised(seed, rule):
    need, offers = book(seed, 8)
    chosen = cheapest(need, offers, rule, now=NOW, highs=HIGHS)
    found = sold(chosen, need.connections)
    assert (found.bought_wh.sum(axis=0) == chosen.less_wh.sum(axis=0)).all()
    assert found.paid_units.sum() == chosen.paid_units.sum()
    back = chosen.rebound_wh[chosen.less_wh.any(axis=1)]
    assert (found.comes_back_wh.sum(axis=0) == back.sum(axis=0)).all()


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=10)
def test_who_is_no_member_is_left_to_who_speaks_for_them(seed):
    need, offers = book(seed, 8)
    chosen = cheapest(need, offers, now=NOW, highs=HIGHS)
    none = sold(chosen, ("somebody else",))
    assert not none.bought_wh.any()
    assert not np.any(none.paid_units)
