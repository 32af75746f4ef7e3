"""A connection that changed is on the bill day by day: each size for its own days, and no cent twice."""

from datetime import timedelta

import pytest
from tests.cycle.living_street import FIRST, folded, told

from laag.cycle import live
from laag.cycle.live.views import bill
from laag.settlement.policy import net_value

NEXT = FIRST + timedelta(days=1)


def lived(change=None):
    """Both days settled; with a word before the first gate."""
    joins, *rest = told()
    words = [] if change is None else [change]
    return folded([*joins, *words, *(message for moment in rest for message in moment)])[0]


def network(state, member, first=FIRST, last=NEXT):
    made = bill(state, member, first, last).bill
    (line,) = (one for one in made.lines if one.code.startswith("network"))
    return line


def member_of(state):
    return next(iter(state.members))


def test_each_size_is_paid_for_on_its_own_days():
    plain = lived()
    member = member_of(plain)
    cable = plain.members[member].joined.cable
    state = lived(live.Changed(member, NEXT, cable, "3x35A"))
    both = network(state, member)
    days = [network(state, member, day, day) for day in (FIRST, NEXT)]
    assert both.amount_units == sum(one.amount_units for one in days)
    assert days[0].amount_units == network(plain, member, FIRST, FIRST).amount_units
    facts = state.neighbourhood.terms.facts
    yearly = {size: net_value(facts, f"network.Liander.{size}") for size in ("3x25A", "3x35A")}
    assert both.amount_units == pytest.approx((yearly["3x25A"] + yearly["3x35A"]) / 365, abs=2)
    assert "was 3x25A at first (1 day) and is 3x35A now" in both.because.en
    assert "was eerst 3x25A (1 dag) en is nu 3x35A" in both.because.nl


def test_who_changed_nothing_is_charged_as_before():
    plain = lived()
    member, other = list(plain.members)[:2]
    state = lived(live.Changed(member, NEXT, plain.members[member].joined.cable, "3x35A"))
    assert network(state, other).because == network(plain, other).because
    assert network(state, other).amount_units == network(plain, other).amount_units
