"""Between their messages and our words for flexibility: what is needed is asked, what is chosen covers it, and no home's own offer is told."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from laag.adapters.uftp.flexing import asked_of, bundled, chosen_among, left_w, need_of
from laag.adapters.uftp.translate import Offered, room
from laag.foundation.flex import Offer, Rebound, Step
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.neighbourhood.flexibility import Need

GRID = PtuGrid.day(date(2026, 6, 2), AMSTERDAM)
LATER = datetime(2026, 6, 1, 20, tzinfo=UTC)


def over(kw=20_000, first=72, end=80):
    watts = np.full(96, 40_000)
    watts[first:end] = 100_000 + kw
    return room(watts, 100_000, GRID)


def offered(watts, price, least="0.01", peer="a.example", id_="1", option="1"):
    return Offered(watts, Decimal(price), LATER, Decimal(least), option, id_, peer)


def less(watts, first=72, end=80):
    made = np.zeros(96, np.int64)
    made[first:end] = -watts
    return made


offers = st.lists(
    st.builds(
        lambda w, price, least, back: (w, price, least, back),
        st.integers(1_000, 30_000),
        st.decimals(0, 50, places=2),
        st.sampled_from(["0.01", "0.25", "1.00"]),
        st.booleans(),
    ),
    max_size=6,
)


def made_of(drawn):
    return [
        offered(less(w) + (np.roll(-less(w), 8) if back else 0), price, least, id_=str(number))
        for number, (w, price, least, back) in enumerate(drawn)
    ]


@given(offers)
@settings(deadline=None, max_examples=40)
def test_what_is_chosen_covers_what_was_asked_where_that_can_be(drawn):
    made = made_of(drawn)
    chosen = chosen_among(over(), made)
    for offer, factor in chosen:
        assert offer.least <= factor <= 1
    moved = sum((offer.watts * float(factor) for offer, factor in chosen), np.zeros(96))
    if sum(-offer.watts[72] for offer in made) >= 20_000:
        assert moved[72] <= -20_000 + 1
    assert (
        moved[80:].max(initial=0) <= 60_000 * 1.06
    )  # what comes back has room, but for the rounding of parts


def test_the_cheaper_of_two_is_chosen_and_no_more_of_it_than_is_needed():
    dear, cheap = offered(less(40_000), 8, id_="dear"), offered(less(40_000), 4, id_="cheap")
    ((one, factor),) = chosen_among(over(), [dear, cheap])
    assert (one, factor) == (cheap, Decimal("0.50"))


def test_what_is_too_dear_is_not_bought_and_stays_over():
    dear = offered(less(20_000), 40)  # 40 kWh
    assert chosen_among(over(), [dear], most_eur_per_kwh=Decimal("0.99")) == []
    bought = chosen_among(over(), [dear], most_eur_per_kwh=Decimal("1.01"))
    assert [factor for _, factor in bought] == [1]
    assert (left_w(over(), []), left_w(over(), bought)) == (20_000, 0)


def test_of_the_options_of_an_offer_one_is_chosen_and_that_is_known_while_choosing():
    """Two options of 12 and 15 kW and another's 8 kW: 20 kW take the first and the 8; both options would be cheaper, and are not to be had."""
    first, second = (
        offered(less(w), p, "1.00", option=o) for w, p, o in ((12_000, 2, "A"), (15_000, 3, "B"))
    )
    beside = offered(less(8_000), 9, "1.00", id_="2")
    chosen = chosen_among(over(), [second, first, beside])
    assert {(one.id, one.option) for one, _ in chosen} == {("1", "A"), ("2", "1")}
    assert left_w(over(), chosen) == 0
    alone = chosen_among(over(), [second, first])
    assert [one.option for one, _ in alone] == ["B"], "the one that does more"


def test_of_many_homes_together_some_take_less_and_others_more():
    """An aggregator's offers in neighbouring quarter-hours go together; one home's would not."""
    asked = over(end=76)
    asked = replace(
        asked,
        low_w=np.where(np.arange(96) == 76, 0, asked.low_w),
        high_w=np.where(np.arange(96) == 76, 5_000, asked.high_w),
        requested=asked.requested | (np.arange(96) == 76),
    )
    made = [offered(less(20_000, end=76), 2), offered(-less(5_000, 76, 77), 1, id_="2")]
    assert left_w(asked, chosen_among(asked, made)) == 0


def test_an_offer_the_other_way_is_not_chosen():
    assert chosen_among(over(), [offered(-less(40_000), 1)]) == []


def test_a_request_as_a_need_and_back_is_the_same_request():
    asked = over()
    again = asked_of(need_of(asked, ["a.example"]), ["a.example"])
    np.testing.assert_array_equal(again.requested, asked.requested)
    np.testing.assert_array_equal(again.low_w, asked.low_w)
    np.testing.assert_array_equal(again.high_w, asked.high_w)


def test_what_a_cable_needs_is_asked_of_who_can_help():
    kw_over = np.full((1, 96), -30.0)
    kw_over[0, 70] = 6.0
    need = Need(GRID, ("cable",), ("behind", "before"), kw_over, np.array([[0.5, 0.0]]))
    asked = asked_of(need, ["behind"])
    assert (asked.low_w[70], asked.high_w[70]) == (-12_000, 0)
    assert asked.high_w[0] == 60_000
    assert asked_of(need, ["before"]) is None
    assert asked_of(need, ["nobody"]) is None


def home(number, wh=100, ticks=10_000, back=True):
    rebound = tuple(Rebound(80 + at, wh) for at in range(8)) if back else ()
    return Offer(f"home-{number:02}", f"home-{number:02}", 72, (Step((wh,) * 8, ticks, rebound),))


def test_offers_of_homes_are_told_in_sums_of_enough_homes():
    homes = [home(number, ticks=1_000 * number) for number in range(40)]
    bundles = bundled(homes, GRID, lambda _: LATER, most=3, least_homes=10)
    assert len(bundles) == 3
    assert all(len({offer.connection for offer, _ in one.parts}) >= 10 for one in bundles)
    prices = [one.offered.price_eur / len(one.parts) for one in bundles]
    assert prices == sorted(prices)
    assert sum(one.offered.watts[72] for one in bundles) == -40 * 400
    assert sum(one.offered.watts[80] for one in bundles) == 40 * 400
    assert (
        sum(one.offered.price_eur for one in bundles)
        == Decimal(sum(one.steps[0].asked_units for one in homes)) / 10**8
    )


def test_of_too_few_homes_nothing_is_told():
    assert bundled([home(number) for number in range(9)], GRID, lambda _: LATER) == []
    assert bundled([], GRID, lambda _: LATER) == []


def test_what_goes_only_as_a_whole_stands_apart_where_there_are_enough_homes_of_both():
    parts = [home(number) for number in range(12)]
    wholes = [replace(home(number), least_share=1.0) for number in range(12, 24)]
    assert [str(one.offered.least) for one in bundled([*parts, *wholes], GRID, lambda _: LATER)] == [
        "0.01",
        "1.00",
    ]
    # One alone would be seen: it takes the others with it.
    (one,) = bundled([*parts, wholes[0]], GRID, lambda _: LATER)
    assert one.offered.least == 1


@given(st.lists(st.integers(1, 5_000), min_size=10, max_size=30), st.integers(1, 100))
@settings(deadline=None, max_examples=40)
def test_what_is_ordered_of_a_bundle_is_shared_to_the_last_watt_hour(sizes, percent):
    homes = [home(number, wh) for number, wh in enumerate(sizes)]
    (one,) = bundled(homes, GRID, lambda _: LATER, most=1)
    factor = Decimal(percent) / 100
    shared = one.shared(factor, 96)
    total = sum(shared.values())
    assert total[72] == round(sum(sizes) * float(factor))
    for offer in homes:
        wh = shared[offer.id]
        assert abs(wh[72] - offer.steps[0].less_wh[0] * float(factor)) <= 1
        assert not wh[:72].any()
