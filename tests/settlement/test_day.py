"""A settled day: every entry closes, the state gets its tax, the nation its money, the gateway its fee."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from laag.adapters import facts
from laag.settlement import books, day
from laag.settlement.books import Accounts
from laag.settlement.flexibility import Ordered
from laag.settlement.levy import levy_ticks
from laag.settlement.policy import POLICIES, net_value

STREET = Accounts(("dov", "ann", "bob", "cas"))
FACTS = {name: facts.load(policy.facts_day) for name, policy in POLICIES.items()}
PTUS = 6

energies = arrays(np.int64, (4, PTUS), elements=st.integers(-4000, 4000))
ticks = arrays(np.int64, (PTUS,), elements=st.integers(-50_000, 90_000))


@pytest.mark.parametrize("name", POLICIES)
@given(planned=energies, metered=energies, day_ahead=ticks, shortage=ticks, surplus=ticks)
def test_every_entry_closes_and_the_nation_is_paid(
    live, name, planned, metered, day_ahead, shortage, surplus
):
    lived = live(STREET, POLICIES[name], FACTS[name], planned, metered, day_ahead, shortage, surplus)
    books.check(lived.postings)
    total = books.totals(STREET, lived.postings)
    assert total["nation/day_ahead"][0] == -lived.position.day_ahead_units.sum()
    assert total["nation/imbalance"][0] == -lived.position.imbalance_units.sum()
    assert total["gateway"][1] == 0, "the gateway keeps no energy"
    for row, member in enumerate(STREET.members):
        assert total[f"member/{member}"] == (lived.settled.charged_units[row].sum(), metered[row].sum())


@given(planned=energies, metered=energies, day_ahead=ticks, shortage=ticks, surplus=ticks)
def test_behind_one_gateway_tax_is_due_on_what_was_imported_in_the_end(
    live, planned, metered, day_ahead, shortage, surplus
):
    now = FACTS["layered"]
    lived = live(STREET, POLICIES["layered"], now, planned, metered, day_ahead, shortage, surplus)
    total = books.totals(STREET, lived.postings)
    imported = np.maximum(metered.sum(axis=0), 0).sum()
    assert total["tax/energy"][0] == -levy_ticks(now) * imported
    bought = np.maximum(planned.sum(axis=0), 0).sum()
    assert total["gateway"][0] == -net_value(now, "gateway_import_fee") * bought, "its fee, and nothing else"


@given(planned=energies, metered=energies, day_ahead=ticks, shortage=ticks, surplus=ticks)
def test_the_tax_shares_of_the_buyers_are_the_levy_on_what_was_cleared(
    live, planned, metered, day_ahead, shortage, surplus
):
    lived = live(
        STREET, POLICIES["layered"], FACTS["layered"], planned, metered, day_ahead, shortage, surplus
    )
    assert (lived.settled.tax_units.sum(axis=0) == lived.traded.levy_units).all()
    assert not lived.settled.tax_units[lived.settled.bought_wh == 0].any()


@given(planned=energies, metered=energies, day_ahead=ticks, order=st.permutations(range(4)))
def test_a_bill_does_not_depend_on_who_comes_first(live, planned, metered, day_ahead, order):
    again = Accounts(tuple(STREET.members[i] for i in order))
    for name, policy in POLICIES.items():
        one = live(
            STREET, policy, FACTS[name], planned, metered, day_ahead, day_ahead + 1000, day_ahead - 1000
        )
        other = live(
            again,
            policy,
            FACTS[name],
            planned[order],
            metered[order],
            day_ahead,
            day_ahead + 1000,
            day_ahead - 1000,
        )
        assert books.totals(STREET, one.postings) == books.totals(again, other.postings)


@given(planned=energies, day_ahead=ticks, sold=arrays(np.int64, (4, PTUS), elements=st.integers(0, 900)))
def test_flexibility_sold_is_paid_by_the_dso_and_resold_by_the_gateway(live, planned, day_ahead, sold):
    lived = live(
        STREET, POLICIES["layered"], FACTS["layered"], planned, planned, day_ahead, day_ahead, day_ahead
    )
    ordered = Ordered(sold, sold * 5000, day_ahead + 700)
    settled, postings = day.local(
        STREET, lived.traded, planned - sold, lived.position.day_ahead_units, day_ahead, ordered=ordered
    )
    books.check(postings)
    total = books.totals(STREET, postings)
    assert total["dso"] == (5000 * sold.sum(), 0)
    assert total["nation/intraday"] == ((sold * (day_ahead + 700)).sum(), sold.sum())
    assert not settled.deviation_units.any(), "delivering what was ordered is no deviation"


def test_orders_are_summed_per_member_and_quarter_hour():
    member, ptu, wh = np.array([1, 0, 1]), np.array([2, 0, 2]), np.array([5, 6, 7])
    assert day.per_member(member, ptu, wh, members=2, ptus=3).tolist() == [[6, 0, 0], [0, 0, 12]]


def test_days_side_by_side_are_one_period(live):
    rng = np.random.default_rng(3)
    parts = [
        live(
            STREET,
            POLICIES["law-2027"],
            FACTS["law-2027"],
            *rng.integers(-500, 500, (2, 4, n)),
            *rng.integers(0, 9000, (3, n)),
        )
        for n in (92, 100)
    ]
    assert day.side_by_side([part.settled for part in parts]).metered_wh.shape == (4, 192)


def test_facts_of_another_day_settle_the_same_homes():
    assert levy_ticks(facts.load(date(2027, 1, 1))) < levy_ticks(FACTS["layered"])
