"""Help out of the common fund: equal, whole cents, never more than there is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.foundation.errors import BadInput
from laag.neighbourhood.people.support import SupportRule, supported

EURO = 10**8


@given(
    st.integers(-(10**12), 10**13),
    st.lists(st.sampled_from([f"m-{n}" for n in range(30)])),
    st.integers(0, 100),
    st.integers(0, 100 * EURO),
)
def test_nobody_gets_more_than_the_charter_or_the_fund_allows(fund, asked, percent, most):
    rule = SupportRule(most, percent)
    done = supported(rule, fund, asked)
    assert done.total_units <= max(fund, 0) * percent // 100
    assert len({units for _, units in done.each}) <= 1
    assert all(0 <= units <= most and units % 10**6 == 0 for _, units in done.each)
    assert [name for name, _ in done.each] == sorted(set(asked), key=str.encode)


def test_others_read_of_ten_homes_or_more_or_nothing():
    nine = supported(SupportRule(), 1_000 * EURO, [f"m-{n}" for n in range(9)])
    ten = supported(SupportRule(), 1_000 * EURO, [f"m-{n}" for n in range(10)])
    assert nine.told is None
    assert ten.told == (10, 250 * EURO)


def test_an_empty_fund_gives_nothing_and_says_so():
    assert supported(SupportRule(), 0, ["m-1"]).each == (("m-1", 0),)


def test_a_rule_that_cannot_be_is_refused():
    with pytest.raises(BadInput):
        SupportRule(share_percent=120)
