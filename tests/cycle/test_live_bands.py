"""A living street under subscribed bands: its bills, its corrections, and who comes, changes and answers."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cycle import limited_street
from tests.cycle.any_street import FIRST, PLACE, after, streets

from laag.adapters import facts
from laag.apps.wiring import Options, terms_of
from laag.cycle import live
from laag.cycle.bands import pooling
from laag.cycle.live import views
from laag.cycle.live.limiting import in_force
from laag.foundation.contracts import NO_LIMIT_WH
from laag.settlement.bands import kw_of, yearly_units
from laag.settlement.books import check, totals
from laag.settlement.policy import POLICIES

DAY = timedelta(days=1)
BANDED = replace(PLACE, terms=terms_of(Options(policy="layered-bandwidth")))
FACTS = BANDED.terms.facts
SIZES = ("2 kW", "4 kW", "8 kW", "3x25A")


def begun():
    return live.begin(BANDED)


def joins(street):
    return [replace(one, connection=SIZES[at % 4]) for at, one in enumerate(street.joins())]


def line(bill, code):
    return next((one for one in bill.lines if one.code == code), None)


@given(streets())
@settings(max_examples=20, deadline=None)
def test_every_bill_is_what_was_posted_and_every_entry_sums_to_zero(street):
    state = after(street.messages(joins(street)), begun())
    lived = views.period(state, FIRST, street.last)
    bills, postings = views.bills(lived)
    check(postings)
    for day in street.dates:
        check(state.day(day).posted)
    for row, one in enumerate(bills):
        booked = int(postings.amount_units[postings.account == row].sum())
        for day in street.dates:
            known = state.day(day)
            booked += totals(known.settled.accounts, known.posted)[f"member/{one.member}"][0]
        assert one.total_units == booked
        assert sum(part.amount_units for part in one.lines[:-1]) == one.total_units


@given(streets())
@settings(max_examples=15, deadline=None)
def test_a_day_in_the_pool_is_the_pool_of_what_was_measured_and_nobody_is_worse_off_than_alone(street):
    state = after(street.messages(joins(street)), begun())
    for day in street.dates:
        known = state.day(day)
        names = [one.member for one in known.members]
        kw = [kw_of(one.connection) for one in known.members]
        metered = known.settled.settled.metered_wh
        found = pooling(names, kw, metered, FACTS)
        assert (known.settled.settled.band_units == found.units).all()
        alone = np.maximum(np.abs(metered) - 250 * np.array(kw)[:, None], 0) * found.ticks
        assert (found.units <= alone).all()


@given(streets(homes=4), st.randoms(use_true_random=False))
@settings(max_examples=10, deadline=None)
def test_who_joined_first_changes_nobodys_bill(street, random):
    every = joins(street)
    one = after(street.messages(every), begun())
    other = after(street.messages(random.sample(every, len(every))), begun())
    for member in street.members:
        ours, theirs = (views.bill(state, member, FIRST, street.last) for state in (one, other))
        assert ours == theirs


@given(streets())
@settings(max_examples=10, deadline=None)
def test_quarter_hours_sum_to_the_lines_of_the_bill_beyond_included(street):
    state = after(street.messages(joins(street)), begun())
    for member in street.members:
        bill = views.bill(state, member, FIRST, street.last)
        for total in bill.days:
            assert int(views.day_of(state, member, total.day).moments.units.sum()) == total.units
        energy = sum(part.amount_units for part in views.energy_lines(bill.bill))
        assert energy == sum(total.units for total in bill.days)


def told(wh, day=FIRST, member="ann", number=1, ptu=None):
    at = np.arange(len(wh)) if ptu is None else np.array(ptu)
    return live.Metered(member, day, number, at, np.array(wh, np.int64))


def settled(state, day, metered=(), again=False):
    count = len(BANDED.grid(day))
    prices = np.full(count, 8_000)
    first = [] if again else [live.Closed(day), live.Priced(day, prices, "exchange")]
    end = [] if again else [live.Imbalanced(day, prices, prices, "operator")]
    return after([*first, *metered, *end, live.Settle(day)], state)


def busy(wh, day=FIRST):
    return np.full(len(BANDED.grid(day)), wh)


def street_of_two():
    some = [live.Joined("ann", FIRST, connection="2 kW"), live.Joined("bob", FIRST, connection="8 kW")]
    return after(some, begun())


def test_who_borrows_reads_that_neighbours_had_it_to_spare_and_who_lends_how_much():
    state = settled(street_of_two(), FIRST, [told(busy(1000)), told(busy(500), member="bob")])
    ann, bob = (views.bill(state, name, FIRST, FIRST).bill for name in ("ann", "bob"))
    assert line(ann, "band").amount_units == 0
    assert (
        "You went 48.0 kWh above your 2 kW; your neighbours had all of that to spare"
        in line(ann, "band").because.en
    )
    assert "Zonder buren om van te lenen was dit € 14,40 meer geweest." in line(ann, "band").counterfactual.nl
    assert line(bob, "band") is None
    assert "neighbours used 48.0 kWh" in line(bob, "network").because.en
    assert "example price" in line(bob, "network").text.en


def test_a_reading_that_comes_late_changes_what_went_beyond_and_the_books_still_close():
    silent = np.arange(48, 92)
    heard = np.delete(np.arange(len(busy(0))), silent)
    state = settled(
        street_of_two(), FIRST, [told(busy(500)[heard], ptu=heard), told(busy(2000), member="bob")]
    )
    before = views.bill(state, "ann", FIRST, FIRST)
    assert line(before.bill, "band") is None
    late = told(np.full(len(silent), 900), number=2, ptu=silent)
    state = settled(state, FIRST, [late], again=True)
    after_all = views.bill(state, "ann", FIRST, FIRST)
    # 400 Wh above its band in each of 44 quarter-hours, and nothing to borrow.
    assert line(after_all.bill, "band").amount_units == 44 * 400 * 30_000
    assert after_all.corrections
    check(state.day(FIRST).posted)


def test_who_joins_later_lends_and_pays_from_its_own_day_on():
    later = FIRST + 2 * DAY
    state = street_of_two()
    state = after([live.Joined("cas", later, connection="17 kW")], state)
    for number, day in enumerate((FIRST, FIRST + DAY, later)):
        meters = [
            told(busy(2500, day), day, number=number + 1),
            told(busy(2000, day), day, "bob", number + 1),
        ]
        if day == later:
            meters.append(told(busy(0, day), day, "cas"))
        state = settled(state, day, meters)
    days = [views.bill(state, "ann", day, day).bill for day in (FIRST, later)]
    assert line(days[0], "band").amount_units == 96 * 2000 * 30_000
    assert line(days[1], "band").amount_units == 0
    cas = views.bill(state, "cas", FIRST, later).bill
    assert cas.first == later
    assert line(cas, "network").amount_units == pytest.approx(yearly_units(FACTS, 17) / 365, abs=1)


def test_a_band_that_changes_is_paid_for_and_lent_day_by_day():
    state = after([live.Changed("ann", FIRST + DAY, "", "8 kW")], street_of_two())
    for number, day in enumerate((FIRST, FIRST + DAY)):
        meters = [
            told(busy(1000, day), day, number=number + 1),
            told(busy(2000, day), day, "bob", number + 1),
        ]
        state = settled(state, day, meters)
    both = line(views.bill(state, "ann", FIRST, FIRST + DAY).bill, "network")
    days = [line(views.bill(state, "ann", day, day).bill, "network") for day in (FIRST, FIRST + DAY)]
    assert both.amount_units == sum(one.amount_units for one in days)
    assert "was 2 kW at first (1 day) and is 8 kW now" in both.because.en
    assert line(views.bill(state, "ann", FIRST + DAY, FIRST + DAY).bill, "band") is None


def test_a_band_that_has_no_price_is_refused_by_those_that_have():
    _state, effects = live.apply(begun(), live.Joined("ann", FIRST, connection="5 kW"))
    (refused,) = effects
    assert "2 kW, 4 kW, 8 kW, 17 kW" in refused.why.en
    _plain, effects = live.apply(live.begin(PLACE), live.Joined("ann", FIRST, connection="4 kW"))
    assert "no tariff of Liander is known" in effects[0].why.en


def test_beside_a_contract_a_band_counts_as_the_connection_whose_place_it_took():
    state = settled(street_of_two(), FIRST, [told(busy(500)), told(busy(500), member="bob")])
    policy = POLICIES["dynamic-2027"]
    rules = (views.Rules(policy, facts.load(policy.facts_day)),)
    found = views.benefit(views.period(state, FIRST, FIRST), rules)
    ann, bob = (found.of(name).instead_units["dynamic-2027"] for name in ("ann", "bob"))
    assert ann == bob


def test_a_full_cable_leaves_more_to_who_subscribes_to_more():
    place = replace(limited_street.FREE, terms=BANDED.terms)
    said = limited_street.messages(limited_street.EVE, most_wh=4_000)
    wide = set(limited_street.NAMES[:6])
    banded = [
        replace(one, connection="8 kW" if one.member in wide else "2 kW")
        if isinstance(one, live.Joined)
        else one
        for one in said
    ]
    state = limited_street.told(banded, live.begin(place))
    (one,) = limited_street.limited(state, limited_street.network())
    state = limited_street.told([one], state)
    known = state.day(limited_street.EVE)
    most = in_force(known, 96)[0]
    is_wide = np.array([member.member in wide for member in known.members])
    both = (most[is_wide] < NO_LIMIT_WH).all(axis=0) & (most[~is_wide] < NO_LIMIT_WH).all(axis=0)
    assert both.any()
    shared_out = most[:, both]
    assert (shared_out[is_wide].min(axis=0) >= shared_out[~is_wide].max(axis=0)).all()
    assert shared_out.min() >= limited_street.SAYS.floor_wh
