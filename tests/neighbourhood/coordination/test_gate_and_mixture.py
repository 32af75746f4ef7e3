"""The gateway's line, the nearest sum, mixtures of rounds and masks: properties of the arithmetic."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.foundation.errors import BadInput
from laag.neighbourhood.coordination import Gate, masked
from laag.neighbourhood.coordination.masks import unmasked_sum
from laag.neighbourhood.coordination.mixed import mixed

limits = st.sampled_from([0.0, 3.0, 40.0, np.inf])
prices = st.floats(-0.2, 0.6)


@st.composite
def gates(draw: st.DrawFn, count: int = 4) -> Gate:
    """Any gateway whose export price is not above its landed price."""
    landed = np.array(draw(st.lists(prices, min_size=count, max_size=count)))
    below = np.array(draw(st.lists(st.floats(0.0, 0.3), min_size=count, max_size=count)))
    return Gate(landed, landed - below, draw(limits), draw(limits), draw(st.floats(0.0, 2.0)))


sums_kw = st.lists(st.floats(-80, 80), min_size=4, max_size=4).map(np.array)


@given(gates(), sums_kw, st.floats(0.1, 50.0), st.floats(-100, 100))
def test_no_sum_costs_less_with_its_distance_than_the_nearest(gate: Gate, wished, reach, other):
    """In every quarter-hour by itself."""

    def weighs(kw):
        return gate.each_eur(kw) * 4 + (kw - wished) ** 2 / (2 * reach)

    nearest = weighs(gate.nearest_kw(wished, reach))
    assert (nearest <= weighs(np.full(4, other)) + 1e-7).all()


@given(gates(), sums_kw, st.floats(0.1, 50.0))
def test_the_price_it_leaves_lies_between_one_kwh_less_and_one_more(gate: Gate, wished, reach):
    """So it can be the price that is settled."""
    near = gate.nearest_kw(wished, reach)
    price = (wished - near) / reach
    hair = 1e-4
    more = (gate.each_eur(near + hair) - gate.each_eur(near)) * 4 / hair
    less = (gate.each_eur(near) - gate.each_eur(near - hair)) * 4 / hair
    assert (price <= more + 1e-5).all()
    assert (price >= less - 1e-5).all()


@given(gates(), sums_kw)
def test_what_the_gateway_asks_is_never_below_its_bound(gate: Gate, street):
    """At any price inside: cost - price x sum >= the least there is."""
    price = (gate.landed_eur_per_kwh + gate.export_eur_per_kwh) / 2
    assert gate.cost_eur(street) - float(price @ street) / 4 >= gate.least_eur(price) - 1e-9


def test_no_price_outside_the_gateways_own_has_a_bound():
    """Dearer than every import, cheaper than every export."""
    gate = Gate(np.array([0.3]), np.array([0.1]))
    assert gate.least_eur(np.array([0.31])) == gate.least_eur(np.array([0.09])) == -np.inf


def test_a_gateway_that_would_trade_with_itself_is_refused():
    """Or there would be money in passing energy through a meter and back."""
    with pytest.raises(BadInput, match="lower the export price"):
        Gate(np.array([0.2, 0.1]), np.array([0.1, 0.2]))


rounds = st.lists(
    st.tuples(
        st.lists(st.integers(-9000, 9000), min_size=4, max_size=4).map(np.array), st.integers(-500, 500)
    ),
    min_size=1,
    max_size=6,
)


@given(gates(), rounds)
def test_a_mixture_is_never_dearer_than_its_best_round(gate: Gate, told):
    """And its shares are one together."""
    found = mixed(gate, [wh for wh, _ in told], [cents for _, cents in told])
    alone = [gate.cost_eur(wh / 250) + cents / 100 for wh, cents in told]
    assert found.eur <= min(alone) + 1e-9
    assert found.shares.min() >= 0
    assert found.shares.sum() == pytest.approx(1)


@given(
    st.lists(st.lists(st.integers(-5000, 5000), min_size=3, max_size=3), min_size=2, max_size=6),
    st.integers(0, 99),
)
def test_masks_cancel_and_hide(told, number):
    """The sum is the sum; what one home hands in is not what it said."""
    names = [f"home {i}" for i in range(len(told))]
    secrets = {frozenset((a, b)): f"{a}{b}".encode() for a in names for b in names if a < b}
    handed = [
        masked(
            name,
            np.array(wh),
            {other: secrets[frozenset((name, other))] for other in names if other != name},
            number,
        )
        for name, wh in zip(names, told, strict=True)
    ]
    assert unmasked_sum(handed).tolist() == np.sum(told, axis=0).tolist()
    assert all((one != np.array(wh)).any() for one, wh in zip(handed, told, strict=True))
