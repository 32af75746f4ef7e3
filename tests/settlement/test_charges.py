"""Yearly amounts by the day, to the last unit; bills in whole cents that add up."""

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from laag.adapters import facts
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.settlement.books import Accounts
from laag.settlement.charges import Terms, charges, roundings
from laag.settlement.day import Settled
from laag.settlement.policy import POLICIES, half_even
from laag.settlement.sums import own

NETTING, LAYERED = POLICIES["netting-2026"], POLICIES["layered"]
NOW = facts.load(NETTING.facts_day)
days_of_the_year = st.dates(date(2025, 1, 1), date(2027, 12, 31))


def terms(first=date(2025, 1, 1), days=365, policy=NETTING):
    return Terms(policy, NOW, first, days)


def home(offtake_wh, fed_in_wh):
    buy, sell = np.array([[offtake_wh]]), np.array([[fed_in_wh]])
    none = np.zeros((1, 1), np.int64)
    return Settled(buy - sell, buy, buy * 12_140, sell, -sell * 6070, *(none,) * 14)


@given(days_of_the_year, st.integers(1, 364), st.integers(0, 10**12))
def test_365_days_in_any_two_parts_add_up_to_the_year(first, days, yearly):
    start = terms(first, days)
    rest = terms(date.fromordinal(first.toordinal() + days), 365 - days)
    assert start.share_of(yearly) + rest.share_of(yearly) == yearly


def test_a_clock_change_day_costs_what_any_day_costs():
    for day, quarters in ((date(2025, 3, 30), 92), (date(2025, 10, 26), 100)):
        grid = PtuGrid.day(day, AMSTERDAM)
        assert len(grid) == quarters
        assert Terms.over(grid, NETTING, NOW).days == 1


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_netting_frees_the_lesser_of_offtake_and_feed_in(offtake, fed_in):
    charged = charges(own(home(offtake, fed_in), 0), "3x25A", terms())
    assert charged.netted_wh == min(offtake, fed_in)
    assert charged.taxed_wh == max(offtake - fed_in, 0)
    assert charged.vat_base_units == (
        charged.taxed_wh * 12_140
        + charged.tax_units
        + charged.network_units
        + charged.fixed_fee_units
        + charged.reduction_units
    )


def behind_one_gateway(agreed_wh, metered_wh, price_ticks, later_wh=None):
    """A home that bought and sold what was agreed, amended that, and settled what it did otherwise, at one price for all."""
    agreed, metered = np.array([agreed_wh]), np.array([metered_wh])
    later = agreed if later_wh is None else np.array([later_wh])
    buy, sell, off = np.maximum(agreed, 0), np.maximum(-agreed, 0), metered - later
    more, less = np.maximum(later - agreed, 0), np.maximum(agreed - later, 0)
    none = np.zeros_like(agreed)
    traded = (buy, buy * price_ticks, sell, -sell * price_ticks)
    amended = (more, more * price_ticks, less, -less * price_ticks, none, none)
    return Settled(metered, *traded, none, off, off * price_ticks, none, *amended, *(none,) * 4)


some_wh = st.integers(-5000, 5000)


@given(st.lists(st.tuples(some_wh, some_wh, some_wh), min_size=1, max_size=8), st.integers(-9000, 40_000))
def test_at_one_price_a_home_pays_vat_on_what_it_took_whatever_had_been_agreed_and_amended(ptus, price_ticks):
    agreed, metered, later = map(list, zip(*ptus, strict=True))
    settled = behind_one_gateway(agreed, metered, price_ticks, later)
    charged = charges(own(settled, 0), "3x25A", terms(policy=LAYERED))
    taken_wh = sum(wh for wh in metered if wh > 0)
    yearly = charged.network_units + charged.fixed_fee_units + charged.reduction_units
    assert charged.vat_base_units == taken_wh * price_ticks + yearly


def test_the_yearly_step_is_charged_only_where_the_contract_has_it_and_feed_in_reaches_it():
    with_step = Terms(named_step(), NOW, date(2025, 1, 1), 365)
    costs = [
        charges(own(home(0, fed_in), 0), "3x25A", with_step).feed_in_cost_units
        for fed_in in (2_499_999, 2_500_000)
    ]
    assert costs == [0, half_even(300 * 10**8 * 100, 121)]
    assert charges(own(home(0, 2_500_000), 0), "3x25A", terms()).feed_in_cost_units == 0


def named_step():
    return type(NETTING)(
        "netting-2026, yearly step",
        NETTING.facts_day,
        NETTING.supply,
        NETTING.feed_in,
        netting=True,
        cost_per_year_of_feed_in=True,
    )


@given(st.lists(st.integers(-(10**11), 10**11), min_size=1, max_size=12))
def test_bills_are_whole_cents_and_their_sum_is_rounded_once(exact):
    street = Accounts(tuple(f"m{i:02d}" for i in range(len(exact))))
    rounding = roundings(exact, street)
    bills = [units + rest for units, rest in zip(exact, rounding, strict=True)]
    assert all(bill % 10**6 == 0 for bill in bills)
    assert sum(bills) == half_even(sum(exact), 10**6) * 10**6
    assert all(abs(rest) < 10**6 for rest in rounding)


@given(st.lists(st.integers(-(10**9), 10**9), min_size=2, max_size=6), st.randoms())
def test_the_last_cents_go_by_remainder_and_name_never_by_place(exact, shuffle):
    names = [f"m{i}" for i in range(len(exact))]
    order = list(range(len(exact)))
    shuffle.shuffle(order)
    here = dict(zip(names, roundings(exact, Accounts(tuple(names))), strict=True))
    moved = [names[i] for i in order]
    assert dict(zip(moved, roundings([exact[i] for i in order], Accounts(tuple(moved))), strict=True)) == here
