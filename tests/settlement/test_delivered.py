"""What was sold to the grid operator: delivered, paid for, booked, and told to the household in one sentence."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from laag.adapters import facts
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.settlement import books
from laag.settlement.billing import Outside, bills
from laag.settlement.books import Accounts
from laag.settlement.charges import Terms
from laag.settlement.day import local
from laag.settlement.delivered import Room, Sold, delivered_wh, ordered, paid_units, rooms
from laag.settlement.flexibility import resold, uftp_units
from laag.settlement.insight import MemberPeriod
from laag.settlement.levy import levy_ticks
from laag.settlement.policy import POLICIES

STREET = Accounts(("ann", "bob", "cas"))
LAYERED = POLICIES["layered"]
FACTS = facts.load(LAYERED.facts_day)
ANY = PtuGrid.day(LAYERED.facts_day, AMSTERDAM)
FEW = settings(max_examples=25)


def wh(low, high, ptus=6):
    return arrays(np.int64, (3, ptus), elements=st.integers(low, high))


def a_sale(bought, back, price=20_000):
    return Sold(bought, back, np.abs(bought) * price)


@given(wh(-900, 900), wh(-3000, 3000), wh(-3000, 3000), st.integers(0, 50_000), st.integers(0, 50_000))
def test_paid_by_a_price_per_wh_it_is_what_uftp_says(bought, baseline, metered, price, penalty):
    sale = a_sale(bought, 0 * bought, price)
    expected = np.where(bought == 0, 0, uftp_units(baseline, bought, metered, price, penalty))
    assert (paid_units(sale, baseline, metered, penalty) == expected).all()


@given(wh(-900, 900), wh(-3000, 3000))
def test_who_does_exactly_what_was_ordered_is_paid_exactly_what_was_agreed(bought, baseline):
    paid = np.where(bought != 0, 123_457, 0)
    sale = Sold(bought, 0 * bought, paid)
    assert (paid_units(sale, baseline, baseline - bought, 99_999) == paid).all()
    assert (delivered_wh(sale, baseline, baseline - bought) == np.abs(bought)).all()


energies = wh(-3000, 3000)
prices = arrays(np.int64, (6,), elements=st.integers(-20_000, 60_000))


@given(energies, energies, wh(-900, 900), wh(-400, 900), prices, prices, st.integers(0, 50_000))
def test_every_posting_of_a_day_with_orders_sums_to_zero_in_money_and_energy(
    live, planned, metered, bought, back, resale, imbalance, penalty
):
    lived = live(STREET, LAYERED, FACTS, planned, metered, imbalance, imbalance + 900, imbalance - 900)
    order = ordered(a_sale(bought, back), planned, metered, resale, penalty)
    settled, postings = local(
        STREET, lived.traded, metered, lived.position.day_ahead_units, imbalance, ordered=order
    )
    books.check(postings)
    total = books.totals(STREET, postings)
    assert total["dso"][0] == order.dso_units.sum()
    assert total["gateway"][1] == 0
    for row, name in enumerate(STREET.members):
        assert total[f"member/{name}"] == (settled.charged_units[row].sum(), metered[row].sum())


@given(energies, wh(-900, 900), wh(-400, 900), prices)
def test_a_home_that_does_as_it_sold_deviates_neither_then_nor_when_it_comes_back(
    live, planned, bought, back, resale
):
    order = ordered(a_sale(bought, back), planned, planned - bought + back, resale)
    metered = planned - order.wh
    lived = live(STREET, LAYERED, FACTS, planned, metered, resale, resale, resale)
    settled, _ = local(STREET, lived.traded, metered, lived.position.day_ahead_units, resale, ordered=order)
    assert not settled.deviation_wh.any()
    assert not settled.deviation_units.any()


def test_what_comes_back_to_one_is_not_paid_for_by_another_who_gives_at_that_moment():
    """Ann takes 800 Wh that she put off, just as Bob gives 800: she buys them, he sells them."""
    bought, back = np.array([[0], [800], [0]]), np.array([[800], [0], [0]])
    order = ordered(a_sale(bought, back, 0), 1000 + 0 * bought, 1000 - bought + back, np.array([25_000]))
    none = np.zeros(1, np.int64)
    sale = resold(np.full((3, 1), 1000), order, none + levy_ticks(FACTS), STREET.rank)
    assert sale.units.ravel().tolist() == [20_000_000, -20_000_000, 0]


def billed(live, *given_rooms):
    planned = np.full((3, len(ANY)), 300)
    price = np.full(len(ANY), 9_000)
    lived = live(STREET, LAYERED, FACTS, planned, planned, price, price, price)
    earned = 0 * planned
    earned[0, 0] = -sum(room.paid_units for room in given_rooms) or -1
    member = MemberPeriod("ann", lived.buy_centiticks, lived.sell_centiticks, rooms=given_rooms)
    members = [member, *(replace(member, member=name, rooms=()) for name in STREET.members[1:])]
    made, _ = bills(
        STREET,
        replace(lived.settled, flexibility_units=earned),
        members,
        Terms.over(ANY, LAYERED, FACTS),
        ANY,
        Outside(lived.landed_ticks, lived.export_ticks),
    )
    return made[0].line("flexibility")


GIVEN = Room(72, 76, 1200, 1200, 31_000_000)


def test_the_household_reads_one_plain_sentence(live):
    line = billed(live, GIVEN)
    assert line.because.en == (
        "You used 1.2 kWh less between 18:00 and 19:00 because the cable was full; the grid operator pays €0.31."
    )
    assert line.because.nl == (
        "Je gebruikte tussen 18:00 en 19:00 1,2 kWh minder omdat de kabel vol zat; de netbeheerder betaalt € 0,31."
    )


@pytest.mark.parametrize(
    ("stretches", "says"),
    [
        ([replace(GIVEN, ordered_wh=-1200)], "You used 1.2 kWh more between 18:00 and 19:00"),
        (
            [replace(GIVEN, delivered_wh=400)],
            "you were to shift 1.2 kWh and shifted 0.4 kWh; the grid operator pays",
        ),
        (
            [replace(GIVEN, delivered_wh=0, paid_units=-9_000_000)],
            "for what was missing you pay the grid operator €0.09",
        ),
        ([GIVEN, GIVEN], "You shifted your use 2 times because the cable was full, 2.4 kWh of the 2.4 kWh"),
        ([GIVEN, replace(GIVEN, delivered_wh=0, paid_units=-90_000_000)], "you pay the grid operator €0.59"),
        ([], "At the grid operator's request you used less at busy times."),
    ],
)
def test_it_is_said_as_it_went(live, stretches, says):
    assert says in billed(live, *stretches).because.en


@given(wh(-900, 900, 12))
@FEW
def test_stretches_cover_all_that_was_ordered_and_nothing_else(bought):
    sale = a_sale(bought, 0 * bought)
    given_wh = np.abs(bought)
    quarter = np.arange(40, 52)
    found = rooms(sale, sale.paid_units, given_wh, 0, quarter)
    assert sum(room.ordered_wh for room in found) == bought[0].sum()
    assert sum(room.paid_units for room in found) == sale.paid_units[0].sum()
    assert sum(room.stop_quarter - room.from_quarter for room in found) == np.count_nonzero(bought[0])
