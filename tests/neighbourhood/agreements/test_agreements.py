"""What neighbours promise each other: what is known decides, doubt speaks for who is held to it, and all of it can be appealed."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.neighbourhood.agreements import (
    Appealed,
    Book,
    Looked,
    Moment,
    NotTaken,
    Ruled,
    Standing,
    Told,
    Verdict,
    Voiced,
    Which,
    drawn,
    judged,
    kept_permille,
    step,
    watch,
    window,
)
from laag.neighbourhood.agreements.motions import Motion
from laag.neighbourhood.charter.charter import Charter
from laag.neighbourhood.charter.parts import Agreement, ConsequencesTable

DINNER = Agreement("No car at dinner", "ev", 17, 20, (12, 1, 2), below_c=0, consequence="share")
CHARTER = Charter("Kade", agreements=(DINNER,))
MEMBERS = tuple(f"no-{i}" for i in range(1, 13))
DAY = date(2026, 1, 14)
names = st.sampled_from(MEMBERS)


def at(today: date, members: tuple[str, ...] = MEMBERS, charter: Charter = CHARTER) -> Moment:
    return Moment(today, members, charter)


def done(book: Book, motion: Motion, moment: Moment) -> Book:
    after, outcomes = step(book, motion, moment)
    assert not [one for one in outcomes if isinstance(one, NotTaken)], outcomes
    return after


NOTHING = Book()


def broken(book: Book = NOTHING, member: str = "no-1", day: date = DAY) -> Book:
    """A book in which a member charged 2.4 kWh at dinner, and the clock has looked."""
    told = done(book, Told(member, DINNER.name, day, 2400, "comfort"), at(day))
    today = day + timedelta(days=3)
    found = {name: Verdict(Which.KEPT, "meter") for name in MEMBERS} | {
        member: Verdict(Which.BROKEN, "told", 2400)
    }
    return done(told, Looked(DINNER.name, day, today, found), at(today))


@given(
    st.lists(st.integers(0, 3000), min_size=12, max_size=12),
    st.lists(st.booleans(), min_size=12, max_size=12),
)
def test_who_tells_nothing_is_never_found_to_have_broken_anything(
    metered: list[int], known: list[bool]
) -> None:
    for device in watch.LEAST_WH:
        verdict = judged(device, None, "", np.array(metered), np.array(known))
        assert verdict.which in {Which.KEPT, Which.UNKNOWN}
        if not all(known):
            assert verdict.which is Which.UNKNOWN


def test_what_the_law_puts_first_breaks_no_agreement() -> None:
    nothing = np.zeros(0, np.int64)
    for rung in watch.BY_LAW:
        assert judged("ev", 5000, rung, nothing, nothing.astype(np.bool_)).which is Which.EXCUSED
    assert judged("ev", 5000, "comfort", nothing, nothing.astype(np.bool_)).which is Which.BROKEN


@given(st.integers(0, 24), st.integers(0, 24))
def test_hours_are_hours_on_the_wall_also_on_the_day_the_clock_changes(first: int, stop: int) -> None:
    """On the 25th of October an hour comes twice, and an agreement over it holds in both."""
    agreement = Agreement("any", "ev", first, stop)
    for day in (date(2026, 1, 14), date(2026, 3, 29), date(2026, 10, 25)):
        grid = PtuGrid.day(day, AMSTERDAM)
        inside = window(agreement, grid.quarter_of_day(AMSTERDAM))
        hours = [
            (grid.start + i * timedelta(minutes=15)).astimezone(AMSTERDAM).hour for i in range(len(grid))
        ]
        expected = [first <= h < stop if first < stop else h >= first or h < stop for h in hours]
        assert inside.tolist() == expected


@given(st.permutations(MEMBERS), names, st.dates(date(2026, 1, 1), date(2027, 1, 1)))
def test_the_lot_is_the_same_in_any_order_and_never_falls_on_who_appeals(
    members: list[str], member: str, day: date
) -> None:
    jury = drawn(members, member, "x", day)
    assert jury == drawn(MEMBERS, member, "x", day)
    assert len(jury) == 5
    assert member not in jury


def test_nobody_sits_on_every_jury() -> None:
    """Over two hundred appeals each of eleven neighbours is drawn between a quarter and three quarters of the time."""
    days = [DAY + timedelta(days=i) for i in range(200)]
    drawn_for = [name for day in days for name in drawn(MEMBERS, "no-1", "x", day)]
    for name in MEMBERS[1:]:
        assert 50 <= drawn_for.count(name) <= 150


def test_a_first_breach_in_a_year_is_a_warning_and_a_second_costs_what_the_charter_says() -> None:
    book = broken(broken(), day=DAY + timedelta(days=1))
    first, second = book.of("no-1")
    assert (first.consequence, second.consequence) == ("warning", "share")
    month = (date(2026, 1, 1), date(2026, 1, 31), ConsequencesTable())
    assert kept_permille(book, "no-1", *month) == 1000  # one may still appeal
    later = DAY + timedelta(days=60)
    for case in (first, second):
        book = done(book, Ruled(case.member, case.agreement, case.day, later), at(later))
    assert kept_permille(book, "no-1", *month) == 900
    assert kept_permille(book, "no-2", *month) == 1000


def test_another_year_begins_with_a_warning_again() -> None:
    book = broken(broken(), day=date(2027, 1, 5))
    assert [case.consequence for case in book.of("no-1")] == ["warning", "warning"]


def appealed(book: Book, day: date = DAY) -> Book:
    today = day + timedelta(days=4)
    return done(book, Appealed("no-1", DINNER.name, day, "We had to go to a hospital.", today), at(today))


@given(st.lists(st.booleans(), max_size=5))
def test_an_appeal_is_refused_only_by_more_voices_against_than_for_of_at_least_three(
    voices: list[bool],
) -> None:
    book = appealed(broken())
    case = book.of("no-1")[0]
    for juror, grants in zip(case.jury, voices, strict=False):
        book = done(book, Voiced(juror, "no-1", DINNER.name, DAY, grants, case.until), at(case.until))
    later = case.until + timedelta(days=1)
    book = done(book, Ruled("no-1", DINNER.name, DAY, later), at(later))
    refused = len(voices) >= 3 and voices.count(False) > voices.count(True)
    assert book.of("no-1")[0].standing is (Standing.STANDS if refused else Standing.DROPPED)


def test_when_the_warning_is_dropped_the_next_breach_is_the_warning() -> None:
    book = appealed(broken(broken(), day=DAY + timedelta(days=1)))
    later = DAY + timedelta(days=40)
    book = done(book, Ruled("no-1", DINNER.name, DAY, later), at(later))
    dropped, second = book.of("no-1")
    assert dropped.standing is Standing.DROPPED
    assert second.consequence == "warning"


def test_a_juror_who_moved_away_does_not_count() -> None:
    book = appealed(broken())
    case = book.of("no-1")[0]
    for juror in case.jury[:3]:
        book = done(book, Voiced(juror, "no-1", DINNER.name, DAY, False, case.until), at(case.until))
    stayed = tuple(name for name in MEMBERS if name != case.jury[0])
    later = case.until + timedelta(days=1)
    book = done(book, Ruled("no-1", DINNER.name, DAY, later), at(later, stayed))
    assert book.of("no-1")[0].standing is Standing.DROPPED


def test_what_cannot_be_is_refused_with_the_way_out_and_changes_nothing() -> None:
    book = broken()
    until = book.of("no-1")[0].until
    refused: list[tuple[Motion, date]] = [
        (Told("no-2", "No such thing", DAY, 0), DAY),
        (Told("no-2", DINNER.name, DAY, 0), DAY),  # the clock has looked
        (Told("no-2", DINNER.name, DAY + timedelta(days=1), 0), DAY + timedelta(days=9)),
        (Told("no-2", DINNER.name, DAY + timedelta(days=1), -5), DAY + timedelta(days=1)),
        (Looked(DINNER.name, DAY, DAY, {}), DAY),
        (Appealed("no-2", DINNER.name, DAY, "not me", DAY), DAY),
        (Appealed("no-1", DINNER.name, DAY, "", DAY), DAY),
        (Appealed("no-1", DINNER.name, DAY, "late", until + timedelta(days=1)), until + timedelta(days=1)),
        (Voiced("no-3", "no-1", DINNER.name, DAY, True, DAY), DAY),  # nobody appealed
        (Ruled("no-1", DINNER.name, DAY, until), until),
    ]
    for motion, today in refused:
        after, (outcome,) = step(book, motion, at(today))
        assert isinstance(outcome, NotTaken), motion
        assert outcome.why.nl
        assert outcome.why.en
        assert after is book


def test_one_appeals_once() -> None:
    book = appealed(broken())
    again = Appealed("no-1", DINNER.name, DAY, "and another thing", DAY + timedelta(days=5))
    _, (outcome,) = step(book, again, at(DAY + timedelta(days=5)))
    assert isinstance(outcome, NotTaken)


@given(st.permutations(MEMBERS))
def test_in_whatever_order_homes_tell_the_same_is_found(order: list[str]) -> None:
    book = Book()
    for name in order:
        book = done(book, Told(name, DINNER.name, DAY, 150 * MEMBERS.index(name)), at(DAY))
    none = np.zeros(0, np.int64)
    found = {
        name: judged("ev", book.told[name, DINNER.name, DAY].wh, "", none, none.astype(np.bool_))
        for name in order
    }
    book = done(book, Looked(DINNER.name, DAY, DAY + timedelta(days=3), found), at(DAY + timedelta(days=3)))
    assert book.looked[DINNER.name, DAY] == (1, 11, 0)
    assert [case.member for case in book.cases.values()] == sorted(MEMBERS[1:])
    assert not book.told


def test_what_is_older_than_the_charter_keeps_it_is_forgotten() -> None:
    book = broken()
    assert book.since(DAY + timedelta(days=400), 400).cases
    assert not book.since(DAY + timedelta(days=401), 400).cases
