"""What homes changed during a day, as totals and in words, and out of the log as it was recorded."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cycle.any_street import FIRST, PLACE, Street, after, logged
from tests.cycle.test_live_intraday import Amending, amending

from laag.cycle.live import views
from laag.cycle.live.views.rounds import Change
from laag.foundation.contracts import Side


def a_round(**more):
    usual = {
        "asked_wh": 900,
        "offered_wh": 0,
        "bought_wh": 900,
        "sold_wh": 0,
        "bought_units": 9_000_000,
        "sold_units": 0,
    }
    return Change(FIRST, 40, 40, **({"open": True} | usual | more))  # fmt: skip


@given(amending(), st.data())
@settings(max_examples=15, deadline=None)
def test_a_round_is_told_as_it_was_and_names_nobody(street, data):
    state = after(street.messages())
    day = data.draw(st.sampled_from(street.dates))
    ptu = data.draw(st.sampled_from(sorted(state.day(day).rounds)))
    done, told = state.day(day).rounds[ptu], views.change_of(state, day, ptu)
    assert told.imported_wh == done.imported_wh == int(done.changed_wh.sum())
    assert told.asked_wh == int(done.orders.quantity_wh[done.orders.side == Side.BUY].sum())
    assert 0 <= told.bought_wh <= told.asked_wh
    assert 0 <= told.sold_wh <= told.offered_wh
    assert all(one.nl and one.en and "{" not in one.nl + one.en for one in told.said)
    assert not [name for name in street.members if name in repr(told)]


def test_a_quarter_hour_that_nobody_changed_has_no_round():
    state = after(Street(3, 1, 4).messages())
    assert views.change_of(state, FIRST, 40) is None


@given(amending(), st.data())
@settings(max_examples=10, deadline=None)
def test_a_round_comes_out_of_the_log_as_it_was_recorded(street, data):
    state, events = logged(street.messages())
    day = data.draw(st.sampled_from(street.dates))
    ptu = data.draw(st.sampled_from(sorted(state.day(day).rounds)))
    member = data.draw(st.sampled_from(street.members))
    again = views.rerun(PLACE, events, day, ptu, member)
    assert again.same
    assert again.change == views.change_of(state, day, ptu)
    assert set(again.change.said) <= set(again.said)
    assert sum(one.what == "round" for one in again.again) == len(state.day(day).rounds)
    assert [one.ptu for one in again.found if one.what == "round"] == [ptu]
    row = street.members.index(member)
    traded = state.day(day).rounds[ptu].traded
    assert sum(one.units for one in again.changes) == int((traded.bought_units + traded.sold_units)[row, 0])


def test_a_log_in_which_a_round_was_changed_is_found_out():
    street = Amending(4, 1, 6, quoted=1.0)
    state, events = logged(street.messages())
    done = next(one for one in state.day(FIRST).rounds.values() if one.changed_wh.any())
    at = next(
        at for at, one in enumerate(events) if one.kind == "round_closed" and one.facts["ptu"] == done.ptu
    )
    events[at] = replace(events[at], facts={**events[at].facts, "round": "another"})
    again = views.rerun(PLACE, events, FIRST, done.ptu)
    assert not again.same
    assert [one.same for one in again.found if one.what == "round"] == [False]
    assert any("round of" in one.en and "otherwise" in one.en for one in again.said)


@pytest.mark.parametrize(
    ("more", "nl"),
    [
        ({}, "Zij kochten 0,9 kWh bij, voor gemiddeld 10,0 ct/kWh. Daarvoor nam de straat 0,9 kWh meer van het land."),
        ({"bought_wh": 0}, "Daar is niets van doorgegaan."),
        (
            {"open": False, "offered_wh": 900, "sold_wh": 900, "sold_units": 9_000_000},
            ("Zij kochten 0,9 kWh bij, voor gemiddeld 10,0 ct/kWh. Zij verkochten 0,9 kWh, voor gemiddeld 10,0 ct/kWh. "
            "Met het land kon niet meer worden gehandeld, dus alleen tussen buren."),
        ),
        (
            {"asked_wh": 0, "bought_wh": 0, "offered_wh": 900, "sold_wh": 400, "sold_units": 2_000_000},
            "Zij verkochten 0,4 kWh, voor gemiddeld 5,0 ct/kWh. Daardoor nam de straat 0,4 kWh minder van het land, of gaf zij zoveel meer.",
        ),
    ],
)  # fmt: skip
def test_a_round_in_words(more, nl):
    first, *rest = a_round(**more).said
    assert first.nl.startswith("Na de markt van de dag ervoor wilden huizen")
    assert " ".join(one.nl for one in rest) == nl


def test_a_home_that_ordered_nothing_is_told_what_was_done_instead():
    street = Street(3, 9, 6)
    quiet = street.members[0]
    day = FIRST + timedelta(days=8)
    messages = [
        one
        for one in street.messages()
        if not (type(one).__name__ == "Ordered" and one.member == quiet and one.day in {FIRST, day})
    ]
    counted, numbers = [], {}
    for one in messages:
        if hasattr(one, "number"):
            numbers[one.member] = numbers.get(one.member, -1) + 1
            one = replace(one, number=numbers[one.member])  # noqa: PLW2901 - each sends one more
        counted.append(one)
    state = after(counted)
    told = [views.day_of(state, quiet, of) for of in (FIRST, FIRST + timedelta(days=1), day)]
    assert "niets voor gekocht" in told[0].unordered.nl
    assert told[1].unordered is None
    assert "een week eerder" in told[2].unordered.nl
