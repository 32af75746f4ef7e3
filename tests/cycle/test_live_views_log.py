"""From the log alone: the same prices again for who supervises, and everything about a member for that member."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cycle.any_street import FIRST, PLACE, Street, after, logged, streets

from laag.cycle import live
from laag.cycle.live import views
from laag.foundation.errors import BadInput
from laag.foundation.ports import Event

DAY = timedelta(days=1)


@given(streets(), st.integers(0, 91), st.data())
@settings(max_examples=20)
def test_a_quarter_hour_comes_out_of_the_log_as_it_was(street, ptu, data):
    state, events = logged(street.messages())
    day = data.draw(st.sampled_from(street.dates))
    member = data.draw(st.sampled_from(street.members))
    again = views.rerun(PLACE, events, day, ptu, member)
    assert again.same
    settled = 2 if street.late and street.silent else 1
    assert again.again[0].what == "clearing"
    assert 2 <= len(again.again) <= 1 + settled
    assert again.picture == views.market_of(state, day, ptu)
    assert again.settled.units == views.day_of(state, member, day).units
    row = street.members.index(member)
    traded = state.day(day).market.traded
    assert sum(one.units for one in again.fills) == int((traded.bought_units + traded.sold_units)[row, ptu])
    assert not [name for name in street.members if name != member and name in repr(again)]


def test_a_log_in_which_an_order_was_changed_is_found_out():
    street = Street(4, 1, 6)
    _, events = logged(street.messages())
    at = next(at for at, event in enumerate(events) if event.kind == "ordered")
    columns = {**events[at].columns}
    columns["rows_quantity_wh"] = columns["rows_quantity_wh"] + 1
    events[at] = replace(events[at], columns=columns)
    again = views.rerun(PLACE, events, FIRST, 40)
    assert not again.same
    assert "otherwise" in again.said[2].en
    assert again.fills == ()


def test_a_log_that_records_no_result_is_not_called_the_same():
    events = [live.to_event(message) for message in Street(2, 1, 6).messages()]
    again = views.rerun(PLACE, events, FIRST, 40)
    assert [one.same for one in again.again] == [None, None]
    assert "no result" in again.again[0].said.en


def test_a_day_that_the_state_has_forgotten_comes_out_of_the_log():
    street = Street(2, 9, 6, silent=True)
    messages = street.messages()
    messages += [live.Closed(street.last + number * DAY) for number in range(1, 40)]
    state, events = logged(messages)
    day = FIRST + 7 * DAY
    assert views.market_of(state, day, 3) is None
    again = views.rerun(PLACE, events, day, 3, street.members[0])
    assert again.same
    assert again.settled is not None
    assert all(one.nl and one.en and "{" not in one.en for one in again.said)


@given(streets(days=3))
@settings(max_examples=10)
def test_bills_out_of_the_log_are_those_of_the_state(street):
    state, events = logged(street.messages())
    first, last = FIRST + DAY, street.last
    past = views.from_log(PLACE, events, first, last)
    assert all(one.same for one in past.again)
    assert {one.day for one in past.again} == {str(first), str(last)}
    for member in street.members:
        assert views.bill_of(past.period, member) == views.bill(state, member, first, last)


def test_more_days_than_a_state_keeps_come_out_of_the_log():
    street = Street(1, 40, 6)
    state, events = logged(street.messages())
    assert views.period(state, FIRST, street.last).days == tuple(street.dates[4:])
    past = views.from_log(PLACE, events, FIRST, street.last).period
    assert past.days == tuple(street.dates)
    assert len(views.bill_of(past, street.members[0]).days) == 40
    assert views.from_log(PLACE, events, FIRST - DAY, FIRST - DAY).period is None


def test_who_left_and_came_back_is_in_the_rerun_of_the_day_it_was_there():
    street = Street(2, 1, 6)
    member = street.members[0]
    later = FIRST + 20 * DAY
    messages = [*street.messages(), live.Left(member, FIRST), live.Joined(member, later)]
    _, events = logged(messages)
    assert views.rerun(PLACE, events, FIRST, 3, member).fills


def test_events_that_are_about_something_else_do_not_disturb():
    _, events = logged(Street(2, 1, 6).messages())
    opened, looked = Event("opened", "Kade", {}, {}), Event("looked", "member-000", {}, {})
    assert views.rerun(PLACE, [opened, *events, looked], FIRST, 3).same


@pytest.mark.parametrize(("day", "ptu"), [(FIRST, 96), (FIRST, -1), (FIRST + DAY, 0)])
def test_a_quarter_hour_that_the_log_does_not_have_is_refused_with_a_way_out(day, ptu):
    _, events = logged(Street(2, 1, 6).messages())
    with pytest.raises(BadInput, match="whose gate is closed"):
        views.rerun(PLACE, events, day, ptu)


@given(streets())
@settings(max_examples=10)
def test_an_export_has_all_that_was_sent_and_all_that_came_of_it(street):
    messages = street.messages()
    state, events = logged(messages)
    member = street.members[0]
    tables = views.export(state, events, member)
    sent = [one for one in messages if getattr(one, "member", "") == member]
    assert len(tables["messages"]) == len(sent)
    assert len(tables["orders"]) == sum(len(one.rows) for one in sent if isinstance(one, live.Ordered))
    assert len(tables["readings"]) == sum(len(one.ptu) for one in sent if isinstance(one, live.Metered))
    paid = sum(views.day_of(state, member, day).units for day in street.dates)
    assert sum(row["units"] for row in tables["settled"]) == paid
    assert sum(row["amount_units"] for row in tables["postings"]) == paid
    plain = (str, int, float, bool, type(None))
    assert all(type(value) in plain for rows in tables.values() for row in rows for value in row.values())


def test_an_export_says_who_looked_and_what_was_refused():
    street = Street(2, 1, 6)
    state, events = logged(street.messages())
    looked = Event("looked", "member-000", {"by": "operator", "purpose": "support"}, {})
    refused = Event("refused", "member-000", {"member": "member-000", "en": "late"}, {})
    tables = views.export(state, [*events, looked, refused], "member-000")
    assert tables["messages"][-2:] == [
        {"kind": "looked", "by": "operator", "purpose": "support"},
        {"kind": "refused", "member": "member-000", "en": "late"},
    ]
    assert tables["membership"][0]["connection"] == "3x25A"


def test_nothing_is_held_of_a_stranger():
    street = Street(2, 1, 6)
    state, events = logged(street.messages())
    assert all(rows == [] for rows in views.export(state, events, "stranger").values())


def test_readings_are_exported_with_the_instant_they_are_of():
    state = after(Street(1, 1, 6).messages())
    metered = live.Metered("member-000", FIRST, 50, np.array([0, 95]), np.array([7, 8]))
    tables = views.export(state, [live.to_event(metered)], "member-000")
    assert tables["readings"] == [
        {"number": 50, "start": "2026-03-27T23:00:00+00:00", "wh": 7},
        {"number": 50, "start": "2026-03-28T22:45:00+00:00", "wh": 8},
    ]
