"""Named conflicts: what the plan does, the ruling and its sentence; and the other outcome where the rungs are swapped."""

import pytest
from tests.situations.ladder import table
from tests.situations.ladder.situations import NAMES, has_swap, situation

from laag.foundation.errors import BadInput
from laag.home.conflicts import Outcome, say
from laag.home.ladder import BY_LAW, USUAL, Ladder, Rung

A_HAIR = 1e-3
SWAPPED = [name for name in NAMES if has_swap(name)]
CASES = [(name, swapped) for name in NAMES for swapped in (False, True) if not swapped or name in SWAPPED]


@pytest.mark.parametrize(("name", "swapped"), CASES)
def test_the_plan_does_what_the_ladder_says(name, swapped):
    one = situation(name, swapped=swapped)
    assert one.holds
    for hold in one.holds:
        values = one.series(hold["series"], hold["from"], hold["until"])
        assert len(values)
        assert values.min() >= hold.get("least", -float("inf")) - A_HAIR, hold
        assert values.max() <= hold.get("most", float("inf")) + A_HAIR, hold


@pytest.mark.parametrize(("name", "swapped"), CASES)
def test_the_record_says_who_went_first_what_it_cost_and_whom(name, swapped):
    one = situation(name, swapped=swapped)
    for expected in one.expected:
        ruling = one.of(expected["source"])
        assert ruling.outcome.value == expected["outcome"]
        assert ruling.missed == pytest.approx(expected["missed"], abs=0.01)
        assert ruling.cost_eur == pytest.approx(expected["cost_eur"], abs=0.01)
        assert [request.source for request in ruling.decided_by] == expected["decided_by"]
        taken = {each.request.source: each.amount for each in ruling.took}
        assert taken == pytest.approx(expected["took"], abs=0.01)


@pytest.mark.parametrize(("name", "swapped"), CASES)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_sentence_in_both_languages(name, swapped, language):
    one = situation(name, swapped=swapped)
    for expected in one.expected:
        assert say(one.of(expected["source"]), language) == expected[language]


@pytest.mark.parametrize("name", SWAPPED)
def test_with_the_two_rungs_swapped_the_other_one_is_met(name):
    usual, swapped = situation(name), situation(name, swapped=True)
    lost = {Outcome.PARTLY, Outcome.UNMET}
    losers, winners = (
        {ruling.request.source for ruling in one.rulings if ruling.outcome in lost}
        for one in (usual, swapped)
    )
    assert losers
    assert winners
    assert not losers & winners


def test_there_are_at_least_sixteen_and_each_met_something():
    assert len(NAMES) >= 16
    assert all(any(ruling.is_conflict for ruling in situation(name).rulings) for name in NAMES)


@pytest.mark.parametrize(
    ("order", "why"),
    [
        ((Rung.COMFORT, *BY_LAW, *USUAL[4:]), "come first by law"),
        ((Rung.EMERGENCY, Rung.MINIMUM, Rung.SAFETY, *USUAL[3:]), "come first by law"),
        ((*BY_LAW, Rung.MARKET, *USUAL[3:-1]), "the market is the last rung"),
    ],
)
def test_what_the_law_sets_cannot_be_swapped(order, why):
    with pytest.raises(BadInput, match=why):
        Ladder(order)


@pytest.mark.parametrize("rung", [*BY_LAW, Rung.GRID_MARGIN, Rung.AGREEMENT, Rung.MARKET])
def test_a_household_moves_only_what_is_its_own(rung):
    with pytest.raises(BadInput, match="cannot be moved by a household"):
        Ladder.of([rung])


def test_the_page_about_the_ladder_has_this_very_table():
    """`python -m tests.situations.ladder.table` writes it."""
    page = table.PAGE.read_text("utf-8")
    assert table.BEGIN in page
    assert page == table.written(page)
