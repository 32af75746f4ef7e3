"""Who holds what of a roof that was bought together: parts that always make a whole."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.foundation.errors import BadInput
from laag.neighbourhood.sharing.holdings import FUND, WHOLE, Leaving, Left, Moved, held, held_over, of_assets

FIRST = date(2026, 1, 1)
NAMES = ["anna", "bert", "carla"]


@st.composite
def histories(draw):
    """Steps that may be taken, for a rule of leaving."""
    leaving, steps, day = draw(st.sampled_from(Leaving)), [], FIRST
    for _ in range(draw(st.integers(0, 8))):
        day += timedelta(days=draw(st.integers(0, 20)))
        parts = held(steps, day, leaving).get("roof", {FUND: WHOLE})
        if draw(st.booleans()) and steps:
            steps.append(Left(day, draw(st.sampled_from(NAMES))))
        else:
            giver = draw(st.sampled_from(sorted(parts)))
            taker = draw(st.sampled_from([FUND, *NAMES]))
            steps.append(Moved(day, "roof", giver, taker, draw(st.integers(1, parts[giver]))))
    return leaving, steps


@given(histories(), st.integers(0, 200))
def test_parts_always_make_a_whole(history, days):
    leaving, steps = history
    for parts in held(steps, FIRST + timedelta(days=days), leaving).values():
        assert sum(parts.values()) == WHOLE
        assert min(parts.values()) > 0


@given(histories(), st.integers(-(10**12), 10**12))
def test_what_an_asset_earns_is_shared_to_the_last_unit(history, income):
    leaving, steps = history
    parts = held_over(steps, FIRST, FIRST + timedelta(days=30), leaving)
    assert sum(of_assets({"roof": income}, parts).values()) == income


BOUGHT = [Moved(FIRST, "roof", FUND, "anna", 600), Moved(FIRST, "roof", FUND, "bert", 300)]
SOLD = Moved(date(2026, 1, 16), "roof", "anna", "carla", 200)
GONE = Left(date(2026, 2, 1), "anna")


def test_a_part_that_is_sold_earns_for_its_new_holder_from_that_day():
    assert held([*BOUGHT, SOLD], date(2026, 1, 15))["roof"]["anna"] == 600
    assert held([*BOUGHT, SOLD], SOLD.day)["roof"] == {"anna": 400, "bert": 300, "carla": 200, FUND: 100}


def test_who_sells_halfway_has_half_of_it():
    parts = held_over([*BOUGHT, SOLD], FIRST, date(2026, 1, 30))["roof"]
    assert parts["carla"] == 15 * 200
    assert parts["anna"] == 15 * 600 + 15 * 400


@pytest.mark.parametrize(
    ("leaving", "parts"),
    [
        (Leaving.FUND, {"bert": 300, FUND: 700}),
        (Leaving.OTHERS, {"bert": 900, FUND: 100}),
        (Leaving.KEPT, {"anna": 600, "bert": 300, FUND: 100}),
    ],
)
def test_a_leaving_members_part_goes_where_the_charter_says(leaving, parts):
    assert held([*BOUGHT, GONE], GONE.day, leaving)["roof"] == parts


def test_the_last_holders_part_returns_to_the_community():
    steps = [Moved(FIRST, "roof", FUND, "anna", 1000), GONE]
    assert held(steps, GONE.day, Leaving.OTHERS)["roof"] == {FUND: 1000}


def test_more_than_somebody_holds_cannot_be_sold():
    with pytest.raises(BadInput, match="anna holds 600 permille of roof on 2026-01-16 and would give 700"):
        held([*BOUGHT, Moved(SOLD.day, "roof", "anna", "carla", 700)], SOLD.day)


def test_what_nobody_bought_earns_for_the_community():
    assert of_assets({"battery": 500}, held_over(BOUGHT, FIRST, FIRST)) == {FUND: 500}
