"""A day told again from its log has the commitments that it had when it was lived."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cycle.any_street import PLACE, Street, streets
from tests.cycle.test_live_intraday import Amending

from laag.cycle import live
from laag.cycle.commit import following
from laag.cycle.commit.past import retold
from laag.foundation.errors import BadInput


def lived(messages):
    """The log of it, and what was committed while it grew."""
    state, events, found = live.begin(PLACE), [], []
    for message in messages:
        state, effects = live.apply(state, message)
        if any(isinstance(one, live.Refused) for one in effects):
            continue
        events.append(live.to_event(message, live.told_by(effects)))
        found += following(state, message, effects)
    return events, found


def plain(commits):
    return [(one.key, one.lines, one.rule, one.meter) for one in commits]


@given(streets())
@settings(max_examples=20, deadline=None)
def test_every_day_is_told_again_as_it_was_committed(street):
    _same(street.dates, street.messages())


@given(st.integers(1, 4), st.integers(1, 3), st.integers(0, 2**32), st.booleans())
@settings(max_examples=20, deadline=None)
def test_so_is_one_with_rounds_and_with_readings_that_come_late(homes, days, seed, late):
    street = Amending(homes, days, seed, silent=late, late=late)
    _same(street.dates, street.messages())


def _same(days, messages):
    events, found = lived(messages)
    for day in days:
        mine = [one for one in found if one.period.partition(".")[0] == str(day)]
        assert plain(retold(PLACE, events, day)) == plain(mine)


def test_an_event_that_the_rules_do_not_take_is_no_day_of_ours():
    street = Street(2, 1, 6)
    events, _ = lived(street.messages())
    with pytest.raises(BadInput, match="does not take"):
        retold(PLACE, [*events, events[-1], events[2]], street.last)
