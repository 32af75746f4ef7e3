"""Pictures of a street are sums of what was ordered, cleared and measured, and nobody can be recognised in them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cycle.any_street import FIRST, PLACE, Street, after, home, streets

from laag.cycle import live
from laag.cycle.live import views
from laag.foundation.contracts import NO_LIMIT_WH, Side

DAY = timedelta(days=1)


@given(streets(), st.integers(0, 91))
@settings(max_examples=25)
def test_a_picture_holds_every_order_once_and_what_was_accepted_balances(street, ptu):
    state = after(street.messages())
    market = state.day(street.last).market
    picture = views.market_of(state, street.last, ptu)
    orders = market.orders
    for side, steps in ((Side.BUY, picture.demand), (Side.SELL, picture.supply)):
        here = (orders.ptu == ptu) & (orders.side == side)
        assert sum(step.wh for step in steps) == int(orders.quantity_wh[here].sum())
        assert all(0 <= step.accepted_wh <= step.wh for step in steps)
    bought = sum(step.accepted_wh for step in picture.demand)
    sold = sum(step.accepted_wh for step in picture.supply)
    assert (bought, sold) == (picture.bought_wh, picture.sold_wh)
    assert bought + picture.street.exported_wh == sold + picture.street.imported_wh
    assert not [name for name in street.members if name in repr(picture)]


@given(streets(homes=16, days=1), st.integers(0, 91))
@settings(max_examples=10)
def test_steps_stand_in_merit_order(street, ptu):
    picture = views.market_of(after(street.messages()), street.last, ptu)
    asked = [np.inf if step.limit_ticks is None else step.limit_ticks for step in picture.demand]
    offered = [-np.inf if step.limit_ticks is None else step.limit_ticks for step in picture.supply]
    assert asked == sorted(asked, reverse=True)
    assert offered == sorted(offered)
    assert len(set(asked + offered)) > 2


def test_a_kind_of_device_that_few_homes_have_is_not_named():
    def kinds(homes):
        state = after(Street(homes, 1, 4).messages())
        pictures = [views.market_of(state, FIRST, ptu) for ptu in range(96)]
        return {step.device for one in pictures for step in (*one.demand, *one.supply)}

    assert kinds(6) == {"load", "pv", "other"}  # three with panels, two with a battery
    assert kinds(7) == {"load", "pv", "battery"}
    assert kinds(2) == {"other"}


def test_a_market_that_is_not_cleared_has_no_picture():
    state = after(Street(2, 1, 4).joins())
    assert views.market_of(state, FIRST, 0) is None
    assert views.market_of(after(Street(2, 1, 4).messages()), FIRST, 96) is None


@given(streets())
@settings(max_examples=15)
def test_what_goes_through_the_gateway_is_the_sum_of_all_homes(street):
    state = after(street.messages())
    gateway, *cables = views.flows(state, street.last)
    known = state.day(street.last)
    assert np.array_equal(gateway.agreed_wh, known.market.nominated_wh)
    assert np.array_equal(gateway.metered_wh, known.settled.readings.wh.sum(axis=0))
    assert gateway.homes == street.homes
    assert (gateway.import_max_wh, cables[0].import_max_wh, cables[1].import_max_wh) == (15_000, 5_000, None)
    cleared = known.market.clearings
    for layer, cable in enumerate(cables, 1):
        rows = slice(layer * known.market.ptus, (layer + 1) * known.market.ptus)
        assert np.array_equal(cable.agreed_wh, cleared.imported_wh[rows] - cleared.exported_wh[rows])


def test_a_cable_that_carries_more_than_it_may_is_seen():
    state = after(Street(2, 1, 4).joins())
    wh = np.array([5_000, 5_001, -5_001, 0])
    state = after([live.Closed(FIRST), live.Metered("member-000", FIRST, 0, np.arange(4), wh)], state)
    street, north, south = views.flows(state, FIRST)
    assert north.beyond.tolist() == [1, 2]
    assert south.beyond.tolist() == street.beyond.tolist() == []
    assert north.complete[:5].tolist() == [True, True, True, True, False]
    assert street.agreed_wh is None
    assert not street.complete.any()  # the other home's meter was not heard


@given(streets(days=1))
@settings(max_examples=15)
def test_no_more_is_shared_than_was_given_or_taken(street):
    share = views.local_share(after(street.messages()), FIRST)
    assert 0 <= share.from_neighbours_wh <= min(share.taken_wh, share.given_wh)
    assert 0 <= share.agreed_percent <= 100
    assert 0 <= share.metered_percent <= 100


def test_a_day_that_is_not_settled_has_no_share_yet():
    assert views.local_share(after(Street(2, 1, 4).joins()), FIRST) is None


@given(streets(days=1, silent=True, late=False), st.integers(0, 96))
@settings(max_examples=15)
def test_a_meter_is_silent_where_it_told_nothing_of_what_is_over(street, over):
    state = after(street.messages())
    grid = PLACE.grid(FIRST)
    now = grid.start + over * timedelta(minutes=15) + views.silence.LATE
    silent = {one.member: one for one in views.missing(state, now) if one.day == FIRST}
    for member in street.members:
        unheard = np.flatnonzero(~state.day(FIRST).measured[member][:over])
        told = silent[member].stretches if member in silent else ()
        assert [ptu for start, end in told for ptu in range(start, end)] == unheard.tolist()


def test_a_member_that_never_spoke_is_silent_from_its_first_day_on():
    state = after([live.Joined("ann", FIRST + DAY)])
    now = datetime(2026, 3, 30, 12, tzinfo=UTC)
    today, yesterday = views.missing(state, now)
    assert (today.day, yesterday.day) == (FIRST + 2 * DAY, FIRST + DAY)
    assert yesterday.stretches == ((0, 92),)
    assert yesterday.quarters == 92
    assert today.stretches == ((0, 54),)
    quarter = PLACE.grid(yesterday.day).quarter_of_day(PLACE.zone)
    assert "between 00:00 and 24:00: 92 quarter-hours" in views.said_of(yesterday, quarter).en


def test_what_was_agreed_is_compared_where_every_meter_was_heard():
    street = Street(3, 1, 8, silent=True)
    state = after(street.messages())
    kept = views.expected_against_actual(state, FIRST)
    heard = np.all([state.day(FIRST).measured[member] for member in street.members], axis=0)
    assert kept.ptu.tolist() == np.flatnonzero(heard).tolist()
    off = kept.metered_wh - kept.agreed_wh
    assert kept.mean_error_wh == pytest.approx(np.abs(off).mean())
    assert kept.bias_wh == pytest.approx(off.mean())
    assert f"{kept.error_percent}%" in kept.said.en


def test_where_nothing_was_measured_nothing_is_compared():
    messages = [one for one in Street(2, 1, 8).messages() if not isinstance(one, live.Metered | live.Settle)]
    kept = views.expected_against_actual(after(messages), FIRST)
    assert kept.error_percent is None
    assert np.isnan(kept.mean_error_wh)
    assert "Nothing has been measured" in kept.said.en
    assert views.expected_against_actual(after([]), FIRST) is None


def test_a_home_is_compared_with_ten_others_or_with_nobody():
    def others(homes):
        street = Street(homes, 1, 2)
        return views.like_mine(after(street.messages()), street.members[0], FIRST, FIRST)

    assert others(10).others is None
    assert "not yet ten other homes" in others(10).said.en
    assert others(11).others.homes == 10
    assert "10 huizen zonder laadpaal of warmtepomp" in others(11).said.nl


def test_the_homes_most_alike_are_compared_where_there_are_enough():
    street = Street(36, 1, 2)
    state = after(street.messages())
    with_panels = views.like_mine(state, street.members[1], FIRST, FIRST)
    assert with_panels.others.homes == 11  # one of twelve with panels and no battery
    assert with_panels.others.group.en == "homes with solar panels"
    assert "zonnepanelen" in with_panels.said.nl
    taken = [np.maximum(state.day(FIRST).metered[street.members[at]], 0).sum() for at in range(36)]
    alike = [at for at in range(36) if at % 2 and at % 3 and at != 1]
    assert with_panels.taken_wh == taken[1]
    assert with_panels.others.taken_wh == sum(int(taken[at]) for at in alike) // 11


def test_a_home_is_compared_with_its_own_last_week():
    street = Street(2, 8, 3)
    member = street.members[0]
    state = after(street.messages())
    week_later = FIRST + 7 * DAY
    like = views.like_mine(state, member, week_later, week_later)
    assert (like.earlier.first, like.earlier.last) == (FIRST, FIRST)
    assert like.earlier.taken_wh == views.like_mine(state, member, FIRST, FIRST).taken_wh
    assert views.like_mine(state, member, FIRST, FIRST).earlier is None
    assert views.like_mine(state, "stranger", FIRST, FIRST) is None


def test_last_year_goes_before_last_week_where_the_log_still_has_it():
    street = Street(2, 8, 3)
    state = after(street.messages())
    last_year = views.period(state, FIRST + DAY, FIRST + 2 * DAY)
    like = views.like_mine(state, street.members[0], street.last, street.last, (last_year,))
    assert (like.earlier.first, like.earlier.last) == (FIRST + DAY, FIRST + 2 * DAY)


def test_the_hour_that_comes_twice_in_autumn_has_a_picture_for_each():
    autumn = replace(PLACE, first_day=FIRST.replace(month=10, day=25))
    rows, wh = home(np.random.default_rng(1), 100, 1)
    state = live.begin(autumn)
    day, ticks = autumn.first_day, np.full(100, 8_000)
    state = after(
        [
            live.Joined("ann", day),
            live.Ordered("ann", day, 0, rows),
            live.Closed(day),
            live.Priced(day, ticks, "exchange"),
            live.Metered("ann", day, 1, np.arange(100), wh),
            live.Imbalanced(day, ticks, ticks, "operator"),
            live.Settle(day),
        ],
        state,
    )
    assert views.market_of(state, day, 99).quarter == 95
    assert views.market_of(state, day, 8).quarter == views.market_of(state, day, 12).quarter == 8
    assert len(views.day_of(state, "ann", day).moments.units) == 100


def test_no_limit_is_none_in_a_picture():
    state = after(Street(3, 1, 4).messages())
    north, south = views.market_of(state, FIRST, 50).cables
    assert (north.import_max_wh, south.import_max_wh) == (5_000, None)
    assert NO_LIMIT_WH > 5_000
