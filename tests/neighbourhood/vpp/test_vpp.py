"""A community as one power plant: nothing is promised that is not there, nothing is known that is not published, every unit is shared."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laag.foundation.errors import BadInput
from laag.foundation.flex import Offer, Step
from laag.neighbourhood.vpp import (
    Capability,
    Piece,
    Published,
    activated,
    capability,
    dispatched,
    expected,
    ladder,
    learnt,
    signal,
    split,
    worth_taking,
)
from laag.neighbourhood.vpp.expected import AHEAD, LEAST

NAMES = ("ann", "bob", "cas", "dov", "eva")
FEW = settings(max_examples=60)

pieces = st.lists(
    st.builds(Piece, st.sampled_from(NAMES), st.integers(1, 5_000), st.integers(0, 40_000)), max_size=12
)
money = st.dictionaries(st.sampled_from(NAMES), st.integers(0, 10**10), max_size=5)


def capabilities():
    def merit(found):
        return tuple(sorted(found, key=lambda one: (one.asked_ticks, one.home)))

    return st.builds(lambda less, more: Capability(merit(less), merit(more)), pieces, pieces)


@FEW
@given(capabilities(), st.integers(-50_000, 50_000), st.integers(-50_000, 50_000))
def test_nobody_is_moved_for_less_than_it_asks_nor_more_than_it_offers(can, one, other):
    long_, short = min(one, other), max(one, other)
    less, wh = worth_taking(can, long_, short)
    there = can.pieces(less=less)
    done = dispatched(there, wh)
    earns = long_ if less else -short
    assert sum(done.values()) == wh
    for home, part in done.items():
        assert part <= sum(one.wh for one in there if one.home == home and one.asked_ticks <= earns)


@FEW
@given(pieces, st.data())
def test_a_dearer_home_does_nothing_while_a_cheaper_one_has_room(there, data):
    wh = data.draw(st.integers(0, sum(one.wh for one in there)))
    done = dispatched(there, wh)
    margin = next(
        (asked for asked in sorted({one.asked_ticks for one in there})
         if sum(one.wh for one in there if one.asked_ticks <= asked) >= wh), 0
    )  # fmt: skip
    for home, part in done.items():
        assert part <= sum(one.wh for one in there if one.home == home and one.asked_ticks <= margin)
    for home in {one.home for one in there if one.asked_ticks < margin}:
        cheap = sum(one.wh for one in there if one.home == home and one.asked_ticks < margin)
        assert done[home] >= cheap


@FEW
@given(pieces, st.data(), st.randoms(use_true_random=False))
def test_who_offered_first_makes_no_difference(there, data, chance):
    wh = data.draw(st.integers(0, sum(one.wh for one in there)))
    shuffled = list(there)
    chance.shuffle(shuffled)
    assert dispatched(there, wh) == dispatched(shuffled, wh)


def test_more_than_is_offered_cannot_be_ordered():
    with pytest.raises(BadInput, match="order no more than is there"):
        dispatched([Piece("ann", 10, 0)], 11)


@FEW
@given(capabilities(), st.integers(-20_000, 40_000))
def test_a_bid_is_called_exactly_where_its_home_is_paid_what_it_asks(can, price):
    bids = ladder(can, 7, 9_000)
    called = activated(bids, price, None)
    assert sum(bid.wh for bid in called) == can.wh(less=True, from_ticks=price - 9_000)
    called = activated(bids, None, price)
    assert sum(bid.wh for bid in called) == can.wh(less=False, from_ticks=9_000 - price)


def test_a_later_step_never_stands_before_the_one_it_hangs_on():
    ann = Offer("a", "ann", 0, (Step((100,), 5_000), Step((100,), 1_000)))
    can = capability([ann], 0)
    assert [piece.asked_ticks for piece in can.less] == [5_000, 5_000]
    assert can.wh(less=True, from_ticks=1_000) == 0


def test_of_another_quarter_hour_nothing_is_offered():
    ann = Offer("a", "ann", 4, (Step((100, 0), 5_000),))
    assert [capability([ann], ptu) for ptu in (3, 5, 6)] == 3 * [Capability((), ())]


def a_past(count, seed=3):
    """Prices with a memory, now and then two of them."""
    chance = np.random.default_rng(seed)
    drift = np.zeros(count)
    for at in range(1, count):
        drift[at] = 0.6 * drift[at - 1] + chance.normal(0, 40)
    day_ahead = 80 + 20 * np.sin(np.arange(count) / 96 * 2 * np.pi)
    both = chance.random(count) < 0.2
    gap = np.where(both, 60.0, 0.0)
    return Published(day_ahead, day_ahead + drift + gap, day_ahead + drift - gap, np.full(count, np.nan))


def cut(past, stop):
    return Published(*(side[:stop] for side in (past.day_ahead, past.shortage, past.surplus, past.state)))


def test_a_price_that_has_a_memory_is_expected_to_stay_and_then_to_fade():
    past = a_past(30 * 96)
    by = learnt(past)
    up = Published(*(np.append(side, end) for side, end in zip(
        (past.day_ahead, past.shortage, past.surplus, past.state), (80.0, 280.0, 280.0, np.nan), strict=True
    )))  # fmt: skip
    told = expected(by, up)
    assert told.long_[0] > 60
    assert told.long_[0] > told.long_[3] > told.long_[-1]
    assert (told.long_ <= told.short).all()
    assert len(signal(told, by)) == AHEAD


@FEW
@given(st.integers(LEAST, 20 * 96))
def test_what_happens_later_changes_nothing_of_what_was_expected(now):
    past = a_past(21 * 96)
    told = expected(learnt(cut(past, now)), cut(past, now))
    other = a_past(21 * 96, seed=9)
    changed = Published(*(
        np.concatenate([mine[:now], theirs[now:]])
        for mine, theirs in zip(
            (past.day_ahead, past.shortage, past.surplus, past.state),
            (other.day_ahead, other.shortage, other.surplus, other.state),
            strict=True,
        )
    ))  # fmt: skip
    again = expected(learnt(cut(changed, now)), cut(changed, now))
    assert told.long_.tolist() == again.long_.tolist()


def test_without_a_past_nothing_is_expected():
    assert learnt(a_past(LEAST - 1)) is None


def test_a_margin_only_ever_keeps_homes_from_moving():
    past = a_past(30 * 96)
    by = learnt(past)
    for stop in range(20 * 96, 30 * 96, 37):
        told = expected(by, cut(past, stop))
        eager, careful = signal(told, by), signal(told, by, 10.0)
        assert (np.abs(careful) <= np.abs(eager)).all()
        assert (careful * eager >= 0).all()


@FEW
@given(st.integers(-(10**11), 10**12), money, money, st.integers(0, 1000))
def test_the_split_is_what_was_earned_to_the_last_unit(earned, asked, given_, permille):
    shares = split(earned, asked, given_, permille)
    assert shares.total == earned
    assert all(shares.members[name] >= units for name, units in asked.items())


@FEW
@given(st.integers(0, 10**12), money, money)
def test_what_a_home_keeps_never_falls_when_more_is_earned(earned, asked, given_):
    less, more = split(earned, asked, given_, 500), split(earned + 10**6, asked, given_, 500)
    assert all(more.members[name] >= less.members[name] - 1 for name in less.members)


def test_a_free_rider_keeps_nothing_of_what_others_gave():
    shares = split(10_000, {"ann": 500, "bob": 100}, {"ann": 700, "bob": 300, "cas": 0}, 500)
    assert shares.members["cas"] == 0


def test_a_home_that_is_two_keeps_what_it_kept_as_one():
    whole = split(10_000, {"ann": 500, "bob": 100}, {"ann": 700, "bob": 300}, 500)
    halves = split(
        10_000, {"ann1": 250, "ann2": 250, "bob": 100}, {"ann1": 350, "ann2": 350, "bob": 300}, 500
    )
    assert abs(halves.members["ann1"] + halves.members["ann2"] - whole.members["ann"]) <= 2


def test_in_a_month_that_loses_each_still_gets_what_it_asked_and_nobody_pays():
    shares = split(-4_000, {"ann": 500}, {"ann": 700, "bob": 300}, 500)
    assert shares.members == {"ann": 500, "bob": 0}
    assert shares.left == -4_500


@pytest.mark.parametrize("permille", [-1, 1001])
def test_a_part_beyond_the_whole_is_refused(permille):
    with pytest.raises(BadInput, match="permille"):
        split(1, {}, {}, permille)


def test_asking_less_than_nothing_is_refused():
    with pytest.raises(BadInput, match="zero or more"):
        split(1, {"ann": -1}, {}, 0)
