"""Homes amend coming quarter-hours: rounds trade the differences, and the tax follows what the street has."""

from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cycle.any_street import FIRST, PLACE, Street, after, logged

from laag.cycle import live
from laag.cycle.live.agenda import due, next_at, round_gate, settled_at
from laag.cycle.live.views import bill, day_of, past
from laag.foundation.contracts import ANY_PRICE
from laag.neighbourhood.market import RULES
from laag.settlement.books import Cause, check, totals

MINUTE = timedelta(minutes=1)
LEVY = PLACE.terms.levy_ticks


@dataclass(frozen=True)
class Amending(Street):
    """A street whose homes also amend, with an intraday market that is there for some quarter-hours."""

    quoted: float = 0.7

    def day(self, day, number):
        said = super().day(day, number)
        gate = next(at for at, one in enumerate(said) if isinstance(one, live.Priced))
        return [*said[: gate + 1], *self.rounds(day, number, said[gate].day_ahead_ticks), *said[gate + 1 :]]

    def rounds(self, day, number, day_ahead):
        rng = np.random.default_rng([self.seed, day.toordinal(), 5])
        some = np.sort(rng.choice(len(day_ahead), 12, replace=False))
        there = some[rng.random(len(some)) < self.quoted]
        mid = day_ahead[there] + rng.integers(-4_000, 4_000, len(there))
        told = [
            live.Intraday(
                day, there, mid + rng.integers(0, 300, len(mid)), mid - rng.integers(0, 300, len(mid)), "x"
            )
        ]
        wanted = set()
        for name in self.members:
            rows = changes(rng, some, day_ahead)
            wanted |= set(rows.ptu.tolist())
            told.append(live.Amended(name, day, number, rows))
        return [*told, *(live.RoundClosed(day, ptu, bool(rng.random() < 0.9)) for ptu in sorted(wanted))]

    def messages(self, joins=None):
        numbers = dict.fromkeys(self.members, 0)
        counted = []
        for one in super().messages(joins):
            if hasattr(one, "number"):
                one = replace(one, number=numbers[one.member])  # noqa: PLW2901 - each sends one more
                numbers[one.member] += 1
            counted.append(one)
        return counted


def changes(rng, ptus, day_ahead):
    at = np.sort(rng.choice(ptus, int(rng.integers(1, 9))))
    side = rng.integers(0, 2, len(at))
    limit = day_ahead[at] + rng.integers(-6_000, 16_000, len(at))
    taker = rng.random(len(at)) < 0.2
    limit = np.where(taker, np.where(side == 1, ANY_PRICE, -ANY_PRICE), limit)
    return live.Rows(2 * np.ones_like(at), at, side, rng.integers(1, 3_000, len(at)), limit)


def amending(**fixed):
    shape = {"homes": st.integers(1, 6), "days": st.just(2), "seed": st.integers(0, 2**32)}
    more = {"quoted": st.sampled_from([0.0, 0.7, 1.0])}
    return st.builds(Amending, **(shape | more | {name: st.just(value) for name, value in fixed.items()}))


def ruled(rule):
    return replace(PLACE, terms=replace(PLACE.terms, charter=replace(PLACE.terms.charter, rule=rule)))


@given(amending(), st.sampled_from(sorted(RULES)))
@settings(max_examples=25, deadline=None)
def test_every_posting_sums_to_zero_and_the_tax_office_gets_its_levy_on_what_was_taken(street, rule):
    state = after(street.messages(), live.begin(ruled(rule)))
    for day in street.dates:
        known = state.day(day)
        assert known.rounds
        check(known.posted)
        taken = known.settled.readings.wh.sum(axis=0)
        paid, _ = totals(known.settled.accounts, known.posted)["tax/energy"]
        assert -paid == int((LEVY * np.maximum(taken, 0)).sum())


@given(amending())
@settings(max_examples=15, deadline=None)
def test_a_round_changes_positions_and_nothing_is_lost_on_the_way_to_the_nation(street):
    state = after(street.messages())
    for day in street.dates:
        known, done = state.day(day), state.day(day).settled
        changed = sum((one.changed_wh for one in known.rounds.values()), np.zeros(street.homes, np.int64))
        before, now = known.market.traded.cleared_wh, known.market.cleared_wh
        assert np.array_equal((now - before).sum(axis=1), changed)
        assert np.array_equal(now, done.settled.agreed_wh)
        assert np.array_equal(done.settled.deviation_wh, done.readings.wh - now)
        books = totals(done.accounts, known.posted)
        assert books["nation/intraday"][1] == -int(changed.sum())
        assert books["nation/intraday"][0] == -sum(one.nation_units for one in known.rounds.values())
        assert books["gateway"][1] == 0


@given(amending())
@settings(max_examples=15, deadline=None)
def test_no_cable_is_asked_to_carry_more_than_it_can(street):
    state = after(street.messages())
    for day in street.dates:
        known = state.day(day)
        layers = PLACE.layers(known.members)
        at = list(known.rounds)
        for layer in range(len(layers.names)):
            behind = np.ones(street.homes, np.bool_) if layer == 0 else layers.of_member == layer
            position = known.market.cleared_wh[behind][:, at].sum(axis=0)
            assert (position <= layers.import_max_wh[layer]).all()
            assert (-position <= layers.export_max_wh[layer]).all()


@given(amending(quoted=0.0))
@settings(max_examples=15, deadline=None)
def test_without_an_intraday_price_neighbours_trade_alone_and_nobody_is_worse_off_than_outside(street):
    state = after(street.messages())
    for day in street.dates:
        known = state.day(day)
        for one in known.rounds.values():
            traded = one.traded
            assert not one.changed_wh.sum()
            assert (traded.bought_units <= traded.bought_wh * one.landed_ticks).all()
            assert (-traded.sold_units >= traded.sold_wh * one.export_ticks).all()
            assert one.landed_ticks == known.market.landed_ticks[one.ptu]
            assert not traded.levy_units.any()
        assert Cause.INTRADAY not in known.posted.cause[known.posted.account >= street.homes]


@given(amending())
@settings(max_examples=15, deadline=None)
def test_nobody_trades_beyond_the_limit_of_an_amendment(street):
    state = after(street.messages())
    for day in street.dates:
        for one in state.day(day).rounds.values():
            orders, filled = one.orders, one.clearings
            sign = np.where(orders.side == 1, 1, -1)
            priced = np.abs(orders.limit_ticks) < ANY_PRICE
            worse = sign * (sign * filled.fill_units - orders.limit_ticks * filled.fill_wh)
            assert (worse[priced] < 1).all()
            assert (filled.fill_wh <= orders.quantity_wh).all()


@given(amending())
@settings(max_examples=8, deadline=None)
def test_bills_hold_what_was_amended_and_a_day_is_the_sum_of_its_quarter_hours(street):
    state = after(street.messages())
    for member in street.members:
        written = bill(state, member, FIRST, street.last)
        energy = sum(line.amount_units for line in written.bill.lines if line.code in ENERGY_LINES)
        assert energy == sum(day.units for day in written.days)
        one = day_of(state, member, FIRST)
        assert one.units == sum(line.amount_units for line in one.lines)
        assert np.array_equal(one.moments.metered_wh - one.moments.cleared_wh, one.moments.deviation_wh)


ENERGY_LINES = {
    "market_purchase",
    "energy_tax",
    "market_sale",
    "intraday_purchase",
    "intraday_sale",
    "deviation",
    "flexibility",
}


def test_the_log_alone_gives_every_round_again():
    street = Amending(4, 2, 11)
    state, events = logged(street.messages())
    assert any("round" in event.facts for event in events if event.kind == "round_closed")
    found = past.from_log(PLACE, events, street.last, street.last)
    assert found.again
    assert all(one.same for one in found.again)
    ours, theirs = state.day(street.last).market, found.state.day(street.last).market
    assert np.array_equal(ours.cleared_wh, theirs.cleared_wh)


def cleared(homes=3, seed=5):
    """A street whose first day is cleared, and its next number."""
    said = Street(homes, 1, seed).messages()
    return after(said[: 1 + next(at for at, one in enumerate(said) if isinstance(one, live.Priced))])


def rows(ptu, wh=500, side=1, limit=ANY_PRICE):
    return live.Rows(*(np.array([value]) for value in (2, ptu, side, wh, limit)))


def test_a_later_list_takes_the_place_of_an_earlier_one_as_long_as_a_round_is_open():
    state = cleared()
    name = next(iter(state.members))
    state = after(
        [live.Amended(name, FIRST, 5, rows(40)), live.Amended(name, FIRST, 6, rows(41, 700))], state
    )
    assert state.waiting_rounds(FIRST) == (41,)
    state = after([live.RoundClosed(FIRST, 41)], state)
    none = live.Rows(*(np.zeros(0, np.int64),) * 5)
    state = after([live.Amended(name, FIRST, 7, rows(42)), live.Amended(name, FIRST, 8, none)], state)
    assert state.waiting_rounds(FIRST) == ()


@pytest.mark.parametrize(
    ("message", "says"),
    [
        (lambda name: live.Amended(name, FIRST + timedelta(days=1), 9, rows(3)), "not cleared yet"),
        (lambda name: live.Amended(name, FIRST, 9, rows(30)), "up to 40"),
        (lambda name: live.Amended(name, FIRST, 0, rows(60)), "come already"),
        (lambda _: live.Amended("stranger", FIRST, 9, rows(60)), "no member"),
        (lambda name: live.Amended(name, FIRST, 9, rows(60, 0)), "outside 1 to"),
        (lambda _: live.RoundClosed(FIRST, 40), "closed already"),
        (lambda _: live.RoundClosed(FIRST, 50), "nobody wanted"),
        (lambda _: live.RoundClosed(FIRST + timedelta(days=1), 50), "not cleared yet"),
        (lambda _: quotes([50], [100], [101]), "less than selling"),
        (lambda _: quotes([50, 50], [1, 1], [0, 0]), "there twice"),
        (lambda _: quotes([50], [1, 1], [0]), "2 prices to buy"),
        (lambda _: quotes([50], [10**9], [0]), "beyond what"),
        (lambda _: quotes([96], [1], [0]), "0 to 95"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_way_out(message, says):
    state = cleared()
    name = next(iter(state.members))
    state = after([live.Amended(name, FIRST, 5, rows(40)), live.RoundClosed(FIRST, 40)], state)
    same, (refused,) = live.apply(state, message(name))
    assert says in refused.why.en
    assert refused.why.nl
    assert same is state


def quotes(ptu, buy, sell):
    return live.Intraday(FIRST, *(np.array(column) for column in (ptu, buy, sell)), "x")


def test_a_street_that_imports_and_sells_back_gets_the_tax_back():
    """One home, everything at any price: 500 Wh fewer at 60 EUR/MWh, and the levy on them."""
    state = cleared(homes=1)
    (name,) = state.members
    ptu = int(np.argmax(state.day(FIRST).market.cleared_wh[0]))
    assert state.day(FIRST).market.cleared_wh[0, ptu] >= 500
    sale = live.Amended(name, FIRST, 5, rows(ptu, 500, 0, -ANY_PRICE))
    state, (done,) = live.apply(
        after([sale, quotes([ptu], [6_200], [6_000])], state), live.RoundClosed(FIRST, ptu)
    )
    export = 6_000 - PLACE.terms.export_fee_ticks
    assert done.round.traded.sold_units.tolist() == [[-500 * (export + LEVY)]]
    assert done.round.traded.levy_units.tolist() == [-500 * LEVY]
    assert done.round.nation_units == -500 * 6_000


def test_a_round_that_comes_too_late_trades_nothing_outside():
    state = cleared(homes=1)
    (name,) = state.members
    said = [live.Amended(name, FIRST, 5, rows(60)), quotes([60], [6_200], [6_000])]
    _, (done,) = live.apply(after(said, state), live.RoundClosed(FIRST, 60, in_time=False))
    assert done.round.imported_wh == 0
    assert done.round.quote is None


def test_rounds_close_a_quarter_hour_before_delivery_and_after_a_stop_without_the_outside():
    state = cleared()
    name = next(iter(state.members))
    both = live.Rows(
        *(np.concatenate([a, b]) for a, b in zip(columns(rows(40)), columns(rows(44)), strict=True))
    )
    state = after([live.Amended(name, FIRST, 5, both)], state)
    at = round_gate(PLACE, FIRST, 40)
    assert at == PLACE.grid(FIRST)[39]
    assert next_at(state, at - MINUTE) <= at
    assert not [one for one in due(state, at - MINUTE) if isinstance(one, live.RoundClosed)]
    assert live.RoundClosed(FIRST, 40, in_time=True) in due(state, at)
    later = [one for one in due(state, PLACE.grid(FIRST)[43]) if isinstance(one, live.RoundClosed)]
    assert later == [live.RoundClosed(FIRST, 40, in_time=False), live.RoundClosed(FIRST, 44, in_time=True)]
    state = after(later, state)
    assert not [one for one in due(state, PLACE.grid(FIRST)[44]) if isinstance(one, live.RoundClosed)]


def columns(one):
    return [getattr(one, name) for name in live.Rows.__dataclass_fields__]


def test_what_nobody_closed_a_round_for_is_not_booked_once_the_day_is_settled():
    street = Street(2, 1, 5)
    *told, settle = street.messages()
    state = after(told)
    name = street.members[0]
    state = after([live.Amended(name, FIRST, 15, rows(40)), settle], state)
    over = settled_at(PLACE, FIRST)
    assert not [one for one in due(state, over) if isinstance(one, live.RoundClosed)]
    assert "settled already" in live.judge(state, live.RoundClosed(FIRST, 40)).en
