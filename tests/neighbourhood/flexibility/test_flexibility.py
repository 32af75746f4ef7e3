"""The cheapest set: against every other set on small cases, and what it promises on any."""

from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.neighbourhood.flexibility.books import NOW, START, book, left_over

from laag.foundation.errors import BadInput
from laag.foundation.highs import quiet_highs
from laag.foundation.money import UNITS_PER_EUR
from laag.foundation.ptu import PtuGrid
from laag.neighbourhood.flexibility import (
    Need,
    Offer,
    Rebound,
    Rule,
    Step,
    Why,
    cheapest,
    cheapest_first,
    joined,
)
from laag.neighbourhood.flexibility.parts import effects, laid_out, sorted_out

HIGHS = quiet_highs()
FEW = settings(max_examples=40)
seeds = st.integers(0, 2**32 - 1)


def chosen(need, offers, rule=Rule.PAY_AS_BID, **given):
    return cheapest(need, offers, rule, now=NOW, highs=HIGHS, **given)


def stays_kwh(found):
    """Counted as the program counts it: at the connection that does most about each element."""
    scale = np.abs(found.need.relief_per_kw).max(axis=1)
    return float((found.unresolved_kw / np.where(scale > 0, scale, 1.0)[:, None]).sum()) / 4


def rounding_eur(found):
    """What one Wh more of every part can cost."""
    ticks = sum(len(offer.ptus) * step.price_ticks for offer in found.offers for step in offer.steps)
    return ticks / UNITS_PER_EUR


@given(seeds, st.sampled_from([0.2, 0.5]), st.integers(1, 4))
@FEW
def test_whole_offers_are_chosen_as_if_every_set_of_them_had_been_tried(seed, more, connections):
    need, offers = book(seed, 6, several=0.0, more=more, connections=connections)
    offers = [replace(offer, together=True, least_share=1.0) for offer in offers]
    found = chosen(need, offers)
    assert found.proven
    kept, _ = sorted_out(need, offers, NOW)
    parts = laid_out(need, kept)
    does = effects(need, parts)
    scale = does.scale
    best = None
    for taken in product([0.0, 1.0], repeat=len(parts)):
        share = np.array(taken)
        left = does.over_kw - np.bincount(does.row, does.relief_kw * share[does.part], len(does))
        if (left > np.maximum(does.over_kw, 0.0) + 1e-9).any():
            continue  # something is made worse than it was, or newly overloaded
        if (share[parts.either] > 0).all(axis=1).any():
            continue  # less and more of one home at once
        stays = float((np.maximum(left, 0.0) / scale)[does.over_kw > 0].sum()) / 4
        best = min(best or (np.inf, 0.0), (round(stays, 7), float(parts.cost_eur @ share)))
    assert best is not None
    assert stays_kwh(found) == pytest.approx(best[0], abs=1e-5)
    assert found.asked_units.sum() / UNITS_PER_EUR == pytest.approx(best[1], abs=1e-6)


@given(seeds, st.sampled_from([0.2, 0.5]), st.integers(1, 2))
@FEW
def test_offers_that_may_be_taken_in_part_cost_what_the_best_corner_costs(seed, more, connections):
    """Every corner of what is possible, by solving each choice of as many equations as there are parts."""
    need, offers = book(seed, 3, several=0.0, connections=connections, elements=1, ptus=3, more=more)
    offers = [replace(offer, together=True) for offer in offers]
    found = chosen(need, offers)
    kept, _ = sorted_out(need, offers, NOW)
    parts = laid_out(need, kept)
    does = effects(need, parts)
    count, over = len(parts), does.over_kw > 0
    if not count:
        return
    relief = np.zeros((len(does), count))
    np.add.at(relief, (does.row, does.part), does.relief_kw)
    columns = count + int(over.sum())
    staying = np.zeros((len(does), columns - count))
    staying[np.flatnonzero(over), np.arange(columns - count)] = 1.0
    lines = np.vstack([np.hstack([relief, staying]), np.eye(columns), np.eye(columns)])
    right = np.concatenate([does.over_kw, np.zeros(columns), np.ones(count), does.over_kw[over]])
    best = (np.inf, np.inf)
    for rows in combinations(range(len(lines)), columns):
        square = lines[list(rows)]
        if abs(np.linalg.det(square)) < 1e-9:
            continue
        at = np.linalg.solve(square, right[list(rows)])
        share, stays = at[:count], at[count:]
        inside = (at > -1e-9).all() and (share < 1 + 1e-9).all() and (stays < does.over_kw[over] + 1e-9).all()
        inside = inside and not (share[parts.either] > 1e-9).all(axis=1).any()
        if inside and (relief @ share + staying @ stays >= does.over_kw - 1e-9).all():
            kwh = float((stays / does.scale[over]).sum()) / 4
            best = min(best, (round(kwh, 7), float(parts.cost_eur @ share)))
    assert best[0] - 0.003 <= stays_kwh(found) <= best[0] + 1e-5, (
        "whole Wh may resolve a Wh more for each part"
    )
    asked = found.asked_units.sum() / UNITS_PER_EUR
    assert best[1] - 1e-6 <= asked <= best[1] + rounding_eur(found) + 1e-6


@given(seeds, st.integers(2, 10), st.sampled_from([0.0, 0.4]))
@FEW
def test_nobody_is_paid_for_less_and_for_more_at_once_nor_for_what_comes_back_anyhow(seed, count, whole):
    need, offers = book(seed, count, whole=whole, more=0.5, connections=2)
    for found in (chosen(need, offers), cheapest_first(need, offers, now=NOW)):
        for name in need.connections:
            mine = [at for at, offer in enumerate(found.offers) if offer.connection == name]
            less = [at for at in mine if (found.less_wh[at] > 0).any()]
            more = [at for at in mine if (found.less_wh[at] < 0).any()]
            for one, other in product(less, more):
                sold, taken = found.less_wh[one] > 0, found.less_wh[other] < 0
                near = sold | np.append(sold[1:], False) | np.append(False, sold[:-1])
                assert not (near & taken).any()
                assert not ((found.rebound_wh[one] > 0) & taken).any()
                assert not ((found.rebound_wh[other] < 0) & sold).any()


def of_one_home(**given):
    """A cable too full by 1 kW at PTU 1 and too much sun on it at PTU 3; one home could help with each."""
    over = np.array([[-9.0, 1.0, -9.0, -9.0, -9.0, -9.0], [-9.0, -9.0, -9.0, 1.0, -9.0, -9.0]])
    relief = np.array([[1.0, 1.0], [-1.0, -1.0]])
    need = Need(PtuGrid(START, 6), ("cable", "cable, sun"), ("ann", "bob"), over, relief)
    later = Offer("less", "ann", 1, (Step((250,), 5_000, (Rebound(3, 250),)),), **given)
    sun = Offer("more", "ann", 3, (Step((-250,), 4_000),), **given)
    return need, later, sun


def test_what_a_home_makes_up_for_anyhow_is_not_sold_as_help():
    """Ann's car waits from PTU 1 to 3 and would be paid at 3 for charging there; one of the two is bought, and bob's for the other."""
    need, later, sun = of_one_home()
    alone = chosen(need, [later, sun])
    assert sum(1 for wh in alone.less_wh if wh.any()) == 1
    assert {one.why for one in alone.reasons} == {Why.TAKEN, Why.OTHER_WAY}
    assert not alone.resolved
    bob = Offer("bob", "bob", 3, (Step((-250,), 9_000),))
    both = chosen(need, [later, sun, bob])
    assert both.resolved
    assert {one.id for one in both.taken} == {"bob", "less"}


def test_of_several_homes_together_one_may_take_less_while_another_takes_more():
    need, later, sun = of_one_home(several=True)
    assert chosen(need, [later, sun]).resolved


def test_of_alternatives_one_is_taken():
    need, later, _ = of_one_home()
    first = replace(later, id="a", instead_of="request 1", steps=(Step((125,), 1_000),))
    other = replace(later, id="b", instead_of="request 1", steps=(Step((200,), 2_000),))
    found = chosen(need, [first, other])
    assert [one.id for one in found.taken] == ["b"], "more of the trouble goes"
    apart = chosen(need, [replace(one, instead_of=f"request {i}") for i, one in enumerate((first, other))])
    assert len(apart.taken) == 2


@given(seeds, st.integers(1, 12), st.sampled_from([0.0, 0.4]))
@FEW
def test_it_is_never_dearer_than_cheapest_offers_first(seed, count, whole):
    need, offers = book(seed, count, whole=whole)
    best, plain = chosen(need, offers), cheapest_first(need, offers, now=NOW)
    assert stays_kwh(best) <= stays_kwh(plain) + 0.003
    if stays_kwh(best) >= stays_kwh(plain) - 1e-4:
        slack = rounding_eur(best) + 1e-6
        assert best.asked_units.sum() <= plain.asked_units.sum() + slack * UNITS_PER_EUR


@given(seeds, st.integers(0, 12), st.sampled_from([0.0, 0.4]), st.sampled_from(list(Rule)))
@FEW
def test_what_is_ordered_in_whole_wh_resolves_what_is_said_to_be_and_overloads_nothing_else(
    seed, count, whole, rule
):
    need, offers = book(seed, count, whole=whole)
    found = chosen(need, offers, rule)
    excess = left_over(need, found.less_wh, found.rebound_wh, found.offers) - found.unresolved_kw
    a_wh_each = 0.004 * sum(len(offer.ptus) * len(offer.steps) for offer in found.taken)
    over, stays = need.kw_over, found.unresolved_kw
    has_room = np.where(over > 0, stays < over - 0.1, over < -0.1)
    assert (excess[has_room] <= 0.003).all(), "watts, not one more"
    assert (excess <= a_wh_each + 1e-4).all(), (
        "where there was no room at all, a Wh for each offer taken in part"
    )
    assert (stays <= np.maximum(over, 0.0) + a_wh_each + 1e-4).all(), "nothing is made worse than it was"


@given(seeds, st.integers(1, 9), st.sampled_from([0.0, 0.4]))
@FEW
def test_something_stays_over_only_where_all_offers_together_do_not_resolve_it(seed, count, whole):
    """With no rebound and everybody behind the cable, buying everything is the most that can be done."""
    need, offers = book(seed, count, whole=whole, rebounds=0.0, elements=1)
    need = replace(
        need, relief_per_kw=np.ones_like(need.relief_per_kw), kw_over=np.maximum(need.kw_over, 0.0)
    )
    offers = [offer for offer in offers if offer.steps[0].less_wh[0] > 0]
    found = chosen(need, offers)
    every = np.zeros((len(found.offers), len(need.grid)), np.int64)
    for row, offer in enumerate(found.offers):
        for step in offer.steps:
            every[row, offer.first : offer.ptus.stop] += step.less_wh
    most = left_over(need, every, 0 * every, found.offers)
    assert np.allclose(found.unresolved_kw, np.maximum(most, 0.0), atol=1e-4)


@given(seeds, st.integers(1, 10), st.sampled_from([0.0, 0.4]), st.sampled_from(list(Rule)), st.randoms())
@FEW
def test_the_order_of_arrival_changes_nothing_and_neither_does_what_was_solved_before(
    seed, count, whole, rule, rng
):
    need, offers = book(seed, count, whole=whole)
    one = cheapest(need, offers, rule, now=NOW)
    other = list(offers)
    rng.shuffle(other)
    two = chosen(need, other, rule)
    assert one.reasons == two.reasons
    assert np.array_equal(one.less_wh, two.less_wh)
    assert np.array_equal(one.paid_units, two.paid_units)


@given(seeds, st.integers(1, 8))
def test_an_offer_that_comes_twice_counts_once(seed, count):
    need, offers = book(seed, count)
    once, twice = chosen(need, offers), chosen(need, [*offers, *offers])
    assert np.array_equal(once.less_wh, twice.less_wh)
    assert sum(one.why is Why.TWICE for one in twice.reasons) == count


@given(seeds, st.integers(1, 10), st.sampled_from([0.0, 0.4]))
@FEW
def test_uniform_pays_everybody_at_least_what_they_ask(seed, count, whole):
    need, offers = book(seed, count, whole=whole)
    bid, uniform = chosen(need, offers), chosen(need, offers, Rule.UNIFORM)
    assert np.array_equal(bid.less_wh, uniform.less_wh), "the rule says what is paid, not what is bought"
    assert np.array_equal(bid.paid_units, bid.asked_units)
    assert (uniform.paid_units >= uniform.asked_units).all()
    assert not uniform.paid_units[~uniform.less_wh.any(axis=1)].any(), "who gives nothing gets nothing"


@given(seeds, st.integers(1, 10))
def test_what_is_asked_is_the_price_of_every_wh_ordered(seed, count):
    need, offers = book(seed, count, several=0.0)
    found = chosen(need, offers)
    by_hand = [
        int(np.abs(wh).sum()) * offer.steps[0].price_ticks
        for offer, wh in zip(found.offers, found.less_wh, strict=True)
    ]
    assert found.asked_units.tolist() == by_hand


def cable(over, room=-10.0, relief=(1.0, 1.0), ptus=96):
    kw = np.full((1, ptus), room)
    for ptu, amount in over.items():
        kw[0, ptu] = amount
    names = tuple(f"home {i}" for i in range(len(relief)))
    return Need(PtuGrid(START, ptus), ("cable",), names, kw, np.array([relief]))


def less(name, connection, wh, cents, ptu=72, **given):
    back = given.pop("rebound", ())
    return Offer(name, connection, ptu, (Step((wh,), cents * 1000, back),), **given)


def why(found, offer):
    return next(one for one in found.reasons if one.offer == offer)


def test_the_cheaper_offer_is_taken_and_the_dearer_for_the_rest():
    found = chosen(cable({72: 3.0}), [less("a", "home 0", 500, 20), less("b", "home 1", 500, 10)])
    assert found.of("b")[0][72] == 500
    assert found.of("a")[0][72] == 250
    assert found.resolved
    assert why(found, "a").why is Why.PARTLY


def test_a_cheap_offer_that_does_little_here_is_dearer_than_one_that_does_much():
    need = cable({72: 1.0}, relief=(1.0, 0.25))
    found = chosen(need, [less("here", "home 0", 250, 20), less("next door", "home 1", 1000, 10)])
    assert found.of("here")[0][72] == 250
    assert not found.of("next door")[0].any()
    assert why(found, "next door").why is Why.DEARER
    assert (
        cheapest_first(
            need, [less("here", "home 0", 250, 20), less("next door", "home 1", 1000, 10)]
        ).paid_units.sum()
        == 10_000_000
    )
    assert found.paid_units.sum() == 5_000_000


def test_next_door_may_help_by_taking_more():
    need = cable({72: 1.0}, relief=(1.0, -0.5))
    found = chosen(need, [less("more", "home 1", -500, 5)])
    assert found.resolved
    assert found.of("more")[0][72] == -500


def test_what_comes_back_in_a_full_hour_is_not_bought_where_another_does_without():
    need = cable({72: 2.0}, room=-0.2)
    offers = [less("pump", "home 0", 500, 5, rebound=(Rebound(77, 500),)), less("battery", "home 1", 500, 25)]
    found = chosen(need, offers)
    assert found.resolved
    assert found.of("pump")[0][72] == 50, "as much as fits when it comes back"
    assert (why(found, "pump").why, why(found, "pump").ptu) == (Why.PARTLY_BACK, 77)
    found = chosen(cable({72: 2.0, 77: 0.0}, room=-0.2), offers)
    assert found.of("pump")[0].sum() == 0
    assert (why(found, "pump").why, why(found, "pump").ptu) == (Why.REBOUND, 77)


def test_two_who_ask_and_do_the_same_share_what_is_needed():
    found = chosen(cable({72: 1.0}), [less("zoe", "home 0", 300, 10), less("ann", "home 1", 100, 10)])
    assert (found.of("zoe")[0][72], found.of("ann")[0][72]) == (187, 63), (
        "188 and 62 by the remainder, then by id"
    )


def test_a_whole_offer_is_not_broken():
    offers = [less("whole", "home 0", 1000, 10, least_share=1.0), less("part", "home 1", 1000, 30)]
    small, large = chosen(cable({72: 1.0}), offers), chosen(cable({72: 3.0}), offers)
    assert small.of("part")[0][72] == 250
    assert large.of("whole")[0][72] == 1000


def test_a_step_is_not_taken_before_the_one_below_it():
    two = Offer("two", "home 0", 72, (Step((250,), 30_000), Step((250,), 1_000)))
    found = chosen(cable({72: 1.0}), [two, less("one", "home 1", 250, 20)])
    assert found.of("two")[0][72] in {250, 0}
    assert found.asked_units.sum() <= 5_000_000


def test_a_price_that_a_kilowatt_is_worth_keeps_what_is_dearer_from_being_bought():
    offers = [less("a", "home 0", 250, 20)]
    found = chosen(cable({72: 1.0}), offers, most_ticks=10_000)
    assert found.unresolved_kwh == pytest.approx(0.25)
    assert found.paid_units.sum() == 0
    assert chosen(cable({72: 1.0}), offers, most_ticks=30_000).resolved


def test_a_request_for_more_than_exists_is_met_as_far_as_it_goes_and_says_what_is_left():
    found = chosen(
        cable({72: 5.0, 73: 1.0}), [less("a", "home 0", 500, 20), less("b", "home 0", 500, 20, 73)]
    )
    assert found.unresolved_kw[0, 72] == pytest.approx(3.0)
    assert found.unresolved_kw[0, 73] == 0
    assert found.of("b")[0][73] == 250


def test_offers_that_cannot_be_chosen_say_why():
    odd = [
        replace(less("late", "home 0", 250, 1), expires=NOW),
        less("elsewhere", "home 9", 250, 1),
        less("tomorrow", "home 0", 250, 1, 96),
        less("good", "home 0", 250, 1),
        less("useless", "home 0", 250, 1, 10),
    ]
    found = chosen(cable({72: 1.0}), odd)
    assert {one.offer: one.why.value for one in found.reasons} == {
        "late": "expired",
        "elsewhere": "unknown_connection",
        "tomorrow": "other_hours",
        "good": "taken",
        "useless": "no_effect",
    }


def test_no_offers_and_no_need_are_answers():
    assert chosen(cable({}), [less("a", "home 0", 250, 0)]).reasons[0].why is Why.NOT_NEEDED
    none = chosen(cable({72: 1.0}), [])
    assert not none.resolved
    assert none.unresolved_kw.sum() == 1.0


def test_points_of_one_grid_are_relieved_by_one_offer_once():
    one, two = cable({72: 1.0}), cable({72: 0.5}, relief=(1.0, 0.0))
    both = joined([one, replace(two, elements=("transformer",))])
    found = chosen(both, [less("a", "home 0", 250, 20)])
    assert found.resolved
    assert found.paid_units.sum() == 5_000_000


@pytest.mark.parametrize(
    "bad",
    [
        lambda: Step((0, 0), 1),
        lambda: Step((250, -1), 1),
        lambda: Step((250,), -1),
        lambda: Step((2**41,), 1),
        lambda: Offer("a", "c", 0, ()),
        lambda: Offer("a", "c", 0, (Step((1,), 1), Step((1, 1), 1))),
        lambda: Offer("a", "c", 0, (Step((1,), 1),), least_share=2.0),
        lambda: joined([]),
        lambda: replace(cable({}), elements=("a", "b")),
        lambda: replace(cable({}), connections=("a", "a")),
        lambda: replace(cable({}), kw_over=np.full((1, 96), np.nan)),
    ],
)
def test_what_cannot_be_meant_is_refused_in_a_sentence(bad):
    with pytest.raises(BadInput, match=r"[a-z].*[;,]"):
        bad()
