"""A neighbourhood that lives under one charter and then another: each day by its own, and again from the log."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cache

import numpy as np
import pytest
from tests.cycle.living_street import FIRST, folded, place, plainly, told

from laag.cycle import live
from laag.cycle.commit.settled import of_settled
from laag.cycle.live import views
from laag.cycle.live.charters import moment_on, named
from laag.cycle.live.condensed import condensed, expanded, packed
from laag.cycle.live.messages_charter import (
    Activated,
    Counted,
    Feedback,
    Proposed,
    Shadowed,
    Voted,
    Withdrawn,
)
from laag.neighbourhood.charter import Charter, GridTable, VotingTable
from laag.neighbourhood.charter.process import Holds

SECOND = FIRST + timedelta(days=1)
VOTING = VotingTable(days=1, notice_days=1)


def street(**changed):
    """The street of the simulation, that votes in a day."""
    own = place()
    charter = replace(own.terms.charter, voting=VOTING, **changed)
    return replace(own, terms=replace(own.terms, charter=charter), first_day=FIRST - timedelta(days=10))


def noon(day):
    return datetime.combine(day, time(12), place().zone)


def early_members():
    """The members of the simulation, who are there before it begins."""
    joins, *_ = told()
    return [replace(one, first_day=FIRST - timedelta(days=10)) for one in joins]


NAMES = [one.member for one in told()[0]]
ASKED = FIRST - timedelta(days=6)


def changing(name="lower", articles=("market.k_percent",), values=("30",), *, votes=4, from_day=SECOND):
    """A proposal that goes the whole way until its vote is over, as people say it."""
    at = noon(ASKED)
    return [
        Proposed(NAMES[0], name, articles, values, "Buyers should have more.", from_day, at),
        Shadowed(name, "ab" * 32, 3, at),
        *(Voted(member, name, "yes", at) for member in NAMES[:votes]),
    ]


def lived(messages, start=None, last=None):
    """The clock says what is due before each message is heard, as a server has it; all that was said, and what followed."""
    state, said, effects = live.begin(start or street()), [], []

    def hear(message):
        nonlocal state
        state, more = live.apply(state, message)
        assert not [one for one in more if isinstance(one, live.Refused)], more
        said.append(message)
        effects.extend(more)

    def until(now):
        while due := [one for one in live.due(state, now) if not isinstance(one, live.Settle)]:
            hear(due[0])

    for message in messages:
        if isinstance(message, Proposed):
            until(message.at)
        if isinstance(message, live.Ordered):
            until(live.gate(state.neighbourhood, message.day) - timedelta(minutes=1))
        if isinstance(message, live.Closed):
            until(live.gate(state.neighbourhood, message.day))
        else:
            hear(message)
    if last:
        until(last)
    return state, said, effects


@cache
def changed():
    """The two days of the simulation, the second under another charter."""
    _, *rest = told()
    days = [message for moment in rest for message in moment]
    return lived([*early_members(), *changing(), *days])


def of_day(effects, day):
    (done,) = [one for one in effects if isinstance(one, live.DaySettled) and one.day == day]
    return done


def test_each_day_is_cleared_and_settled_by_the_charter_of_that_day():
    state, _, effects = changed()
    assert [state.charter_on(day).k_percent for day in (FIRST, SECOND)] == [50, 30]
    for k, day in ((50, FIRST), (30, SECOND)):
        _, _, alone = lived(
            [*early_members(), *(m for moment in told()[1:] for m in moment)], street(k_percent=k)
        )
        ours, theirs = of_day(effects, day), of_day(alone, day)
        assert np.array_equal(ours.postings.amount_units, theirs.postings.amount_units)
    plain = of_day(folded(plainly())[1], SECOND)
    assert not np.array_equal(plain.postings.amount_units, of_day(effects, SECOND).postings.amount_units)


def test_a_bill_names_every_charter_that_its_days_were_settled_by():
    state, _, _ = changed()
    made = views.bill(state, NAMES[0], FIRST, SECOND)
    assert [(day, one.version) for day, one in made.charters] == [(FIRST, "1"), (SECOND, "2")]
    assert [one.version for _, one in views.bill(state, NAMES[0], FIRST, FIRST).charters] == ["1"]


def test_every_settled_day_names_its_charter_in_the_log_and_on_the_ledger():
    state, _, effects = changed()
    for day, version in ((FIRST, "1"), (SECOND, "2")):
        done = of_day(effects, day)
        assert done.charter == named(state, day)
        assert done.charter.split(".")[0] == version
        assert live.told_by([done])["charter"] == done.charter
        _, settled = of_settled(state, done)
        assert settled.rule == f"layered.charter-{done.charter}"
        assert len(settled.rule) <= 64


def test_days_of_a_log_that_began_before_keep_their_names_until_the_charter_changes():
    old = replace(street(), charter_unnamed=True)
    _, *rest = told()
    state, _, effects = lived([*early_members(), *changing(), *(m for moment in rest for m in moment)], old)
    first, second = of_day(effects, FIRST), of_day(effects, SECOND)
    assert (first.charter, of_settled(state, first)[1].rule) == ("", "layered")
    assert "charter" not in live.told_by([first])
    assert second.charter.startswith("2.")


def test_an_old_day_comes_out_again_from_the_log_under_its_old_charter():
    state, said, _ = changed()
    events = []
    fresh = live.begin(street())
    for message in said:
        fresh, effects = live.apply(fresh, message)
        events.append(live.to_event(message, live.told_by(effects)))
    for day, version in ((FIRST, "1"), (SECOND, "2")):
        again = views.rerun(street(), events, day, 40, NAMES[0])
        assert again.same
        assert f"version {version} of the charter" in again.said[-1].en
    messages = [live.from_event(event) for event in events]
    assert [m for m in messages if isinstance(m, Voted)] == [m for m in said if isinstance(m, Voted)]
    assert packed(fresh.changing) == packed(state.changing)


def test_what_was_said_after_a_later_change_does_not_trouble_an_earlier_day():
    """Proposing what held before is new only because it changed meanwhile."""
    _, said, _ = changed()
    more = Proposed(
        NAMES[1], "back", ("market.k_percent",), ("50",), "Back.", SECOND + timedelta(days=20), noon(SECOND)
    )
    events, state = [], live.begin(street())
    for message in [*said, more]:
        state, effects = live.apply(state, message)
        assert not [one for one in effects if isinstance(one, live.Refused)]
        events.append(live.to_event(message, live.told_by(effects)))
    assert views.rerun(street(), events, FIRST, 40).same


def test_the_clock_counts_when_a_vote_is_over_and_says_before_the_gate_what_holds():
    _, said, effects = changed()
    kinds = [type(one) for one in said]
    counted, activated = kinds.index(Counted), kinds.index(Activated)
    looked = FIRST - timedelta(days=1)
    assert said[counted] == Counted("lower", looked)
    assert said[activated] == Activated("lower", SECOND)
    assert activated < said.index(live.Closed(SECOND))
    (holds,) = [one for one in effects if isinstance(one, Holds)]
    assert (holds.day, holds.charter.k_percent) == (SECOND, 30)


def test_after_a_stop_of_days_what_was_adopted_still_holds_from_its_day():
    """The gates of all those days close at once, and the change is said before the first that it bears on."""
    state, _, _ = lived([*early_members(), *changing()], last=noon(ASKED + timedelta(days=2)))
    assert state.process.proposals["lower"].stage == "adopted"
    due = live.due(state, noon(SECOND + timedelta(days=4)))
    at = due.index(Activated("lower", SECOND))
    assert due[at - 1] == live.Closed(FIRST)
    assert due[at + 1] == live.Closed(SECOND)


def test_a_vote_that_is_counted_late_leaves_the_whole_notice():
    late = SECOND + timedelta(days=4)
    state, _, _ = lived([*early_members(), *changing()])
    due = live.due(state, noon(late) + timedelta(hours=1))
    assert due[-1] == Counted("lower", late)
    for message in due:
        state, _ = live.apply(state, message)
    one = state.process.proposals["lower"]
    assert one.moved
    assert one.from_day >= late + timedelta(days=VOTING.notice_days)


def test_the_clock_looks_again_when_a_vote_is_over():
    state, _, _ = lived([*early_members(), *changing()])
    zone = state.neighbourhood.zone
    now = datetime.combine(ASKED + timedelta(days=1), time(13), zone)
    state, _ = folded(live.due(state, now), state)
    assert live.next_at(state, now) == datetime.combine(ASKED + timedelta(days=2), time(), zone)


def test_who_takes_part_when_a_vote_opens_may_vote():
    gone = live.Left(NAMES[5], ASKED - timedelta(days=1))
    late = replace(early_members()[4], first_day=ASKED + timedelta(days=2))
    others = [one for one in early_members() if one.member != NAMES[4]]
    state, _, _ = lived([*others, late, gone, *changing()])
    assert state.process.proposals["lower"].electorate == tuple(NAMES[:4])
    why = live.judge(state, Voted(NAMES[4], "lower", "yes", noon(ASKED)))
    assert "votes the next time" in why.en


def test_a_server_that_starts_again_knows_the_loop_where_it_stood():
    state, _, _ = changed()
    state, _ = live.apply(state, Feedback(NAMES[2], "market.k_percent", "Is dit eerlijk?", noon(SECOND)))
    made = condensed(state, {})
    again = expanded(made.tree, made.pieces.__getitem__, state.neighbourhood)
    assert packed(again.changing) == packed(state.changing)
    assert again.charter_on(SECOND) == state.charter_on(SECOND)
    assert again.process.feedback[0].text == "Is dit eerlijk?"


@pytest.mark.parametrize(
    "message",
    [
        Feedback("no-1", "market.k_percent", "Te hoog.", noon(FIRST)),
        changing()[0],
        Shadowed("lower", "ab", 3, noon(FIRST)),
        Voted("no-1", "lower", "no", noon(FIRST)),
        Withdrawn("no-1", "lower", noon(FIRST)),
        Counted("lower", FIRST),
        Activated("lower", SECOND),
    ],
    ids=lambda one: type(one).__name__,
)
def test_every_motion_is_one_event_and_back(message):
    event = live.to_event(message)
    assert event.key in {"no-1", NAMES[0], "lower"}
    assert live.from_event(event) == message


def test_a_neighbourhood_may_agree_to_be_asked_nothing_by_the_grid_operator():
    state, _, _ = changed()
    asked = live.Asked(SECOND, "r1", "ean.1", "dso.nl", True, noon(SECOND), np.array([40]), np.array([0]))
    assert live.judge(state, asked) is None or "grid.flexibility_bought" not in live.judge(state, asked).en
    silent = replace(
        street(),
        terms=replace(street().terms, charter=Charter("x", grid=GridTable(flexibility_bought=False))),
    )
    _, *rest = told()
    closed, _, _ = lived([*early_members(), *(m for moment in rest[:3] for m in moment)], silent)
    assert "grid.flexibility_bought" in live.judge(closed, replace(asked, day=FIRST)).en


def test_a_moment_is_of_a_local_day():
    state, _, _ = changed()
    assert moment_on(state, FIRST).members == tuple(NAMES)
    assert moment_on(state, date(2026, 1, 1)).members == ()
