"""Every key shares a pot to the last unit, and none can be made to pay more by being two."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.neighbourhood.sharing.streets import made, one_producer, prices

from laag.foundation.errors import BadInput
from laag.neighbourhood.sharing import KEYS, Band, By, Facts, shares, split, weights

AMOUNTS = st.integers(-(10**14), 10**14)


def facts(net, **more):
    buy, sell = prices(net.shape[1])
    members = tuple(f"home-{i:02d}" for i in range(len(net)))
    return Facts(members, net_wh=net, buy_ticks=buy, sell_ticks=sell, **more)


STREET = facts(
    one_producer(8), held={"home-01": 600, "home-03": 400}, bands={"home-00": Band.LOW, "home-05": Band.HIGH}
)


@given(AMOUNTS, st.dictionaries(st.text(min_size=1), st.integers(0, 10**18), min_size=1))
def test_a_split_sums_and_nobody_is_a_unit_from_its_part(amount, each):
    found, whole = split(amount, each), sum(each.values())
    assert sum(found.values()) == amount
    for name, units in found.items():
        assert abs(units * whole - amount * each[name]) < whole or not whole


@given(AMOUNTS, st.dictionaries(st.text(min_size=1), st.integers(0, 10**6), min_size=1))
def test_a_cost_is_shared_as_a_gain_is(amount, each):
    assert split(-amount, each) == {name: -units for name, units in split(amount, each).items()}


@pytest.mark.parametrize("key", KEYS)
@given(amount=AMOUNTS)
def test_every_key_shares_the_pot_exactly(key, amount):
    found = shares(key, amount, STREET)
    assert sum(found.values()) == amount
    assert list(found) == list(STREET.members)


@pytest.mark.parametrize("key", KEYS)
def test_the_order_of_members_changes_no_share(key):
    turned = facts(one_producer(8)[::-1])
    other = Facts(
        STREET.members[::-1],
        net_wh=turned.net_wh,
        buy_ticks=STREET.buy_ticks,
        sell_ticks=STREET.sell_ticks,
        held=STREET.held,
        bands=STREET.bands,
    )
    assert shares(key, 9_999, other) == shares(key, 9_999, STREET)


def in_two(net, row, cut):
    """The home of a row as two connections, by a way of cutting."""
    first = cut(net[row])
    return np.vstack([np.delete(net, row, axis=0), first, net[row] - first])


HALVES = {
    "half of everything": lambda net: net // 2,
    "the roof apart": lambda net: np.minimum(net, 0) - 300 * (net < 0),
}


@pytest.mark.parametrize("cut", HALVES)
@pytest.mark.parametrize("key", KEYS)
def test_a_household_on_two_connections_gets_what_it_would_on_one(key, cut):
    net = one_producer(8)
    known = {"held": {"home-00": 500, "home-07": 500}, "bands": {"home-00": Band.LOW, "two": Band.LOW}}
    one = facts(np.vstack([net[1:], net[:1]]), households={"home-07": "two"}, **known)
    two = facts(in_two(net, 0, HALVES[cut]), households={"home-07": "two", "home-08": "two"}, **known)
    alone = shares(key, 10**9, one)["home-07"]
    both = shares(key, 10**9, two)
    assert both["home-07"] + both["home-08"] == pytest.approx(alone, abs=1)


@pytest.mark.parametrize(
    ("key", "gains"), [("equal", True), ("income_share", True), ("static_shares", False)]
)
def test_without_households_splitting_pays_where_heads_are_counted(key, gains):
    """So the charter counts households: this is what it keeps out."""
    net, held = one_producer(8), {"home-03": 1000}
    alone = shares(key, 10**9, facts(np.vstack([net[1:], net[:1]]), held=held))["home-07"]
    both = shares(key, 10**9, facts(in_two(net, 0, HALVES["half of everything"]), held=held))
    assert (both["home-07"] + both["home-08"] > alone + 1) is gains


def test_a_free_rider_shares_equally_and_by_shapley_not_at_all():
    """It takes part, gives nothing and uses nothing."""
    net = one_producer(8)
    net[2] = 0
    assert shares("equal", 800, facts(net))["home-02"] == 100
    assert shares("shapley", 800, facts(net))["home-02"] == 0
    assert shares("pro_rata", 800, facts(net))["home-02"] == 0


def test_pro_rata_counts_what_a_neighbour_could_use():
    """Two give at noon, of which a third takes a part; a fourth gives when nobody takes."""
    net = np.array([[-100, 0], [-300, 0], [200, 0], [0, -500]])
    assert weights("pro_rata", facts(net, by=By.GIVEN)) == {
        "home-00": 50_000, "home-01": 150_000, "home-02": 0, "home-03": 0
    }  # fmt: skip
    assert weights("pro_rata", facts(net, by=By.USED))["home-02"] == 200_000


def test_announcing_another_plan_moves_no_share():
    """Keys go by meters: there is no baseline to lean on. A meter that gives more at noon is one that gave more at noon."""
    assert "nominated" not in Facts.__slots__


def test_who_says_nothing_of_income_counts_as_middle():
    by = weights("income_share", STREET)
    assert (by["home-00"], by["home-01"], by["home-05"]) == (150, 100, 50)


@given(st.lists(st.sampled_from([*Band, None]), min_size=2, max_size=30))
def test_a_lie_about_income_is_worth_no_more_than_the_scale_allows(said):
    """Who says low and is not gets at most the low weight over the middle one times what it had, and never more than that."""
    low, middle, _ = STREET.scale
    names = tuple(f"h{i:02d}" for i in range(len(said)))
    bands = {name: band for name, band in zip(names, said, strict=True) if band}
    honest = {**bands, names[0]: Band.MIDDLE}
    lie = {**bands, names[0]: Band.LOW}
    before, after = (shares("income_share", 10**9, Facts(names, bands=b))[names[0]] for b in (honest, lie))
    assert before <= after <= before * low // middle + 1


def test_nobody_is_asked_for_more_than_a_key_needs():
    with pytest.raises(BadInput, match="goes by quarter-hours"):
        shares("shapley", 1, Facts(("a", "b")))
    with pytest.raises(BadInput, match="choose one of equal"):
        shares("fairly", 1, Facts(("a",)))
    with pytest.raises(BadInput, match="nobody holds"):
        shares("static_shares", 1, Facts(("a",)))
    with pytest.raises(BadInput, match="never weighs less"):
        Facts(("a",), scale=(50, 100, 150))


def test_a_pot_of_many_is_shared_by_a_sample_that_everybody_can_repeat():
    many = facts(made(40, ptus=96), lot=date(2026, 3, 1).toordinal())
    found = shares("shapley", 10**10, many)
    assert sum(found.values()) == 10**10
    assert found == shares("shapley", 10**10, many)
