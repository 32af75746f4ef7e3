"""What the grid operator asks of a living day: offers, orders and what they come to, from a log as from life."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cycle.living_street import folded, place, plainly

from laag.adapters.stores import SqliteLog
from laag.cycle import live
from laag.cycle.fingerprint import fingerprint
from laag.cycle.live.condensed import condensed, expanded
from laag.cycle.live.flexing import bought
from laag.cycle.live.views.bill import bill
from laag.cycle.live.views.export import export
from laag.cycle.live.views.past import from_log
from laag.settlement.books import check, totals

PENALTY_TICKS = 30_000
FAR = datetime(2030, 1, 1, tzinfo=UTC)


def numbers(*values):
    return np.array(values, np.int64)


def until(kind):
    """A living street up to, and from, the first message of a kind of its first day."""
    told = list(plainly())
    day = next(one.day for one in told if isinstance(one, live.Closed))
    at = next(i for i, one in enumerate(told) if isinstance(one, kind) and one.day == day)
    state, _ = folded(told[:at])
    return state, told[at:], day


def after_the_market():
    state, rest, day = until(live.Metered)
    assert state.day(day).is_cleared
    return state, rest, day


def asked(state, day, ptu=(72, 73), *, less=True, name="r-1"):
    homes = np.arange(len(state.day(day).members))
    return live.Asked(day, name, "ean.871685900012636543", "net.example", less, FAR, numbers(*ptu), homes)


def offered(state, day, member, wh=100, number=None, name="r-1"):
    steps = live.Steps(numbers(wh, wh), numbers(25_000), numbers(0), numbers(80), numbers(wh))
    number = state.numbers.get(member, -1) + 1 if number is None else number
    return live.Offered(member, day, number, name, 72, 0, steps)


def ordered(day, homes, wh=100, name="r-1", order="o-1"):
    home = np.repeat(homes, 3)
    each = len(homes)
    return live.Flexed(
        day,
        name,
        order,
        PENALTY_TICKS,
        home,
        np.tile(numbers(72, 73, 80), each),
        np.tile(numbers(wh, wh, 0), each),
        np.tile(numbers(0, 0, wh), each),
        np.tile(numbers(wh * 25_000, wh * 25_000, 0), each),
    )


def passed(day, homes, name="r-1"):
    return live.Passed(
        day, name, np.array(homes), np.zeros(len(homes), np.int64), np.zeros(len(homes), np.int64)
    )


def whole(wh=100):
    """A street that is asked, offers and is ordered of after its first market, and then lives on."""
    state, rest, day = after_the_market()
    names = [one.member for one in state.day(day).members]
    said = [asked(state, day), *(offered(state, day, name, wh) for name in names)]
    said += [passed(day, range(len(names))), ordered(day, range(len(names)), wh)]
    later = [
        replace(one, number=one.number + 1) if getattr(one, "number", None) is not None else one
        for one in rest
    ]
    return state, [*said, *later], day


def taken(state, told):
    effects = []
    for one in told:
        state, news = live.apply(state, one)
        effects += news
    return state, effects


def test_what_was_ordered_is_settled_and_every_posting_sums_to_zero():
    state, told, day = whole()
    state, effects = taken(state, told)
    assert not [one for one in effects if isinstance(one, live.Refused)]
    settled = [one for one in effects if isinstance(one, live.DaySettled)]
    for one in settled:
        check(one.postings)
    known = state.day(day)
    dso_units, _ = totals(known.settled.accounts, known.posted)["dso"]
    paid = sum(room.paid_units for rooms in known.tally.rooms.values() for room in rooms)
    assert dso_units == paid != 0
    assert known.settled.settled.flexibility_units.any()
    assert sum(len(rooms) for rooms in known.tally.rooms.values()) == len(known.members)


@pytest.mark.parametrize(("known_from", "fined"), [(0, (72, 73)), (72, (72, 73)), (73, (73,)), (96, ())])
def test_nobody_is_fined_for_a_quarter_hour_that_had_begun_before_the_order_could_be_read(known_from, fined):
    state, told, day = whole()
    told = [replace(one, known_from=known_from) if isinstance(one, live.Flexed) else one for one in told]
    state, _ = taken(state, told)
    known = state.day(day)
    check(known.posted)
    done = bought(known.askings, (len(known.members), len(state.neighbourhood.grid(day))))
    assert set(np.nonzero(done.penalty_ticks * done.sold.bought_wh)[1].tolist()) == set(fined)


def test_the_bill_says_what_was_given_in_its_sentence():
    state, told, day = whole()
    state, _ = taken(state, told)
    member = state.day(day).members[0].member
    made = bill(state, member, day, day)
    line = next(one for one in made.bill.lines if one.code == "flexibility")
    assert "18:00" in line.because.nl
    assert "18:30" in line.because.en


def test_a_log_gives_the_same_state_again():
    state, told, _ = whole()
    usual, _ = taken(state, told)
    with SqliteLog(":memory:") as log:
        log.append([live.to_event(one) for one in told])
        again = [live.from_event(event) for event in log.events()]
    other, _ = taken(state, again)
    assert fingerprint(_posted(other)) == fingerprint(_posted(usual))


def test_a_checkpoint_in_the_middle_gives_the_same_state_again():
    state, told, _ = whole()
    usual, _ = taken(state, told)
    for cut in (1, 3, len(told) // 2, len(told)):
        half, _ = taken(state, told[:cut])
        kept = condensed(half, {})
        other = expanded(kept.tree, kept.pieces.__getitem__, place())
        other, _ = taken(other, told[cut:])
        assert fingerprint(_posted(other)) == fingerprint(_posted(usual))


def _posted(state):
    return {day: known.posted for day, known in state.days.items()}


def test_an_order_that_is_noted_after_the_settlement_is_a_correction():
    state, told, day = whole()
    order = next(one for one in told if isinstance(one, live.Flexed))
    usual, _ = taken(state, told)
    late, _ = taken(state, [one for one in told if one is not order])
    late, _ = taken(late, [order])
    assert late.day(day).late
    late, effects = taken(late, [live.Settle(day)])
    (done,) = (one for one in effects if isinstance(one, live.DaySettled))
    check(done.postings)
    assert done.revision > 1
    assert (
        late.day(day).settled.settled.charged_units.tolist()
        == usual.day(day).settled.settled.charged_units.tolist()
    )


def test_who_gives_nothing_pays_the_fine_and_who_gives_all_is_paid():
    state, told, day = whole()
    state, _ = taken(state, told)
    known = state.day(day)
    bought = sum(room.ordered_wh for rooms in known.tally.rooms.values() for room in rooms)
    given = sum(room.delivered_wh for rooms in known.tally.rooms.values() for room in rooms)
    assert 0 <= given <= bought == 200 * len(known.members)
    paid = sum(room.paid_units for rooms in known.tally.rooms.values() for room in rooms)
    assert paid <= given * 25_000


@pytest.mark.parametrize("twice", ["asked", "passed", "flexed"])
def test_what_is_said_twice_counts_once(twice):
    state, told, _ = whole()
    state, _ = taken(state, told)
    again = next(one for one in told if type(one).__name__.lower() == twice)
    after, effects = live.apply(state, again)
    assert after is state
    assert isinstance(effects[0], live.Refused)


def wrong(offer):
    """Offers that are none, and why."""
    steps = offer.steps
    yield replace(offer, request="r-2")
    yield replace(offer, steps=replace(steps, less_wh=numbers(-5, -5)))
    yield replace(offer, steps=replace(steps, less_wh=numbers(0, 0)))
    yield replace(offer, ptu=60)
    yield replace(offer, ptu=73)
    yield replace(offer, steps=replace(steps, less_wh=numbers(1, 2, 3)), ptu=72)
    yield replace(offer, steps=replace(steps, price_ticks=numbers(-1)))
    yield replace(offer, steps=replace(steps, price_ticks=numbers(10**12)))
    yield replace(offer, steps=replace(steps, rebound_step=numbers(1)))
    yield replace(offer, steps=replace(steps, rebound_wh=numbers(10**9)))
    yield replace(offer, steps=replace(steps, rebound_wh=numbers(1, 2)))
    yield replace(offer, least_permille=1001)
    yield replace(offer, number=-1)
    yield replace(offer, member="stranger")


def test_an_offer_that_is_none_is_refused_in_both_languages():
    state, _, day = after_the_market()
    state, _ = live.apply(state, asked(state, day))
    member = state.day(day).members[0].member
    for offer in wrong(offered(state, day, member)):
        after, effects = live.apply(state, offer)
        assert after is state
        assert effects[0].why.nl
        assert effects[0].why.en


def test_nothing_to_give_is_an_answer():
    state, _, day = after_the_market()
    state, _ = live.apply(state, asked(state, day))
    member = state.day(day).members[0].member
    none = live.Steps(*(numbers() for _ in range(5)))
    state, effects = live.apply(state, replace(offered(state, day, member), steps=none))
    assert not effects
    assert member in state.day(day).askings["r-1"].offers


def test_after_it_is_passed_on_nobody_offers():
    state, told, day = whole()
    at = next(i for i, one in enumerate(told) if isinstance(one, live.Passed))
    state, _ = taken(state, told[: at + 1])
    member = state.day(day).members[0].member
    _, effects = live.apply(state, offered(state, day, member, 50))
    assert isinstance(effects[0], live.Refused)


def test_long_ago_it_is_told_again_from_the_log_as_it_was():
    messages = list(plainly())
    state, told, day = whole()
    at = next(i for i, one in enumerate(messages) if isinstance(one, live.Metered))
    events, now = [], live.begin(place())
    for one in [*messages[:at], *told]:
        now, effects = live.apply(now, one)
        events.append(live.to_event(one, live.told_by(effects)))
    past = from_log(place(), events, day, day)
    assert all(one.same for one in past.again)
    assert past.wholes[0].known.posted is not None
    member = state.day(day).members[0].member
    rows = export(now, events, member)["offers"]
    assert [row["less_wh"] for row in rows] == [100, 100, 0]
    assert [row["comes_back_wh"] for row in rows] == [0, 0, 100]


@given(st.integers(1, 4_000), st.integers(0, 2**16))
@settings(max_examples=10, deadline=None)
def test_whatever_is_ordered_the_books_close(wh, seed):
    state, told, day = whole(wh)
    dice = np.random.default_rng(seed)
    state, effects = taken(state, told)
    ptu = dice.choice(92, 10, replace=False)
    member = state.day(day).members[0].member
    late = live.Metered(
        member, day, state.numbers[member] + 1, np.sort(ptu), dice.integers(-3_000, 3_000, 10)
    )
    state, more = taken(state, [late, live.Settle(day)])
    for one in (*effects, *more):
        if isinstance(one, live.DaySettled):
            check(one.postings)


def test_a_request_before_the_market_is_refused():
    state, _, day = until(live.Closed)
    _, effects = live.apply(
        state, live.Asked(day, "r-1", "p", "net.example", True, FAR, numbers(1), numbers(0))
    )
    assert isinstance(effects[0], live.Refused)
    _, effects = live.apply(
        state, live.Asked(day + timedelta(days=300), "r-1", "p", "d", True, FAR, numbers(1), numbers(0))
    )
    assert isinstance(effects[0], live.Refused)


@given(st.integers(0, 2**40), st.sampled_from(["bought", "back"]))
@settings(max_examples=20, deadline=None)
def test_whatever_a_grid_operator_orders_nobody_gives_more_than_it_offered(beyond, what):
    state, told, _ = whole(100)
    at = next(i for i, one in enumerate(told) if isinstance(one, live.Flexed))
    state, _ = taken(state, told[:at])
    order = told[at]
    slack = 2 if what == "bought" else 200
    column = {"bought": "bought_wh", "back": "comes_back_wh"}[what]
    wh = getattr(order, column)
    absurd = replace(order, **{column: np.where(wh > 0, wh + slack + beyond, wh)})
    after, (effect,) = live.apply(state, absurd)
    assert isinstance(effect, live.Refused)
    assert "offered" in effect.why.en
    assert after is state
