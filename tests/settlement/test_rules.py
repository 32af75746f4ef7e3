"""How a rule stands on a day, to whom it says something, and when its source is to be read again."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.foundation.errors import BadInput
from laag.foundation.words import Said
from laag.settlement.rules import (
    READ_AGAIN_AFTER,
    STANDING_WORDS,
    SURE_WORDS,
    Connection,
    Member,
    Rule,
    Scope,
    Standing,
    Whom,
    about,
    rule_of,
)
from laag.settlement.tariff import Status

READ = date(2026, 11, 1)
days = st.dates(date(2018, 1, 1), date(2035, 1, 1))


def rule(key="r", **more):
    usual = {
        "title": Said("t", "t"),
        "what": Said("w", "w"),
        "scopes": frozenset({Scope.HOME}),
        "whom": frozenset({Whom.RESIDENT}),
        "source": "somewhere",
        "sure": Status.CONFIRMED,
        "read_on": READ,
    }
    return Rule(key, **{**usual, **more})


@given(days, st.integers(0, 4_000), days)
def test_a_rule_holds_from_its_first_day_to_its_last(first, length, day):
    last = first + timedelta(days=length)
    standing = rule(first=first, last=last).standing(day)
    assert standing is (
        Standing.ANNOUNCED if day < first else Standing.EXPIRED if day > last else Standing.IN_FORCE
    )


@given(days)
def test_a_proposal_is_never_in_force_and_what_holds_elsewhere_never_here(day):
    assert rule(proposed=True).standing(day) is Standing.PROPOSAL
    assert rule(elsewhere=True, last=date(2020, 1, 1)).standing(day) is Standing.REFERENCE


def test_a_proposal_that_was_dropped_has_expired():
    assert rule(proposed=True, last=date(2024, 2, 13)).standing(READ) is Standing.EXPIRED


@given(days)
def test_a_source_is_read_again_after_a_year(day):
    assert rule().overdue(day) == (day > READ + READ_AGAIN_AFTER)


def test_a_rule_of_large_connections_says_nothing_to_a_small_one():
    large, small, both = (
        rule(one.value, connection=one) for one in (Connection.LARGE, Connection.SMALL, Connection.ANY)
    )
    assert list(about([large, small, both], connection=Connection.SMALL)) == [small, both]
    assert list(about([large, small, both])) == [large, small, both]


def test_each_choice_leaves_out_what_it_is_not_about():
    firm = rule("firm", members=frozenset({Member.FIRM}))
    street = rule("street", scopes=frozenset({Scope.COMMUNITY}), whom=frozenset({Whom.GRID}))
    assert list(about([firm, street], member=Member.PERSON)) == [street]
    assert list(about([firm, street], scope=Scope.HOME)) == [firm]
    assert list(about([firm, street], whom=Whom.GRID)) == [street]


def test_a_figure_without_a_rule_is_refused():
    with pytest.raises(BadInput, match="where the figure bread comes from"):
        rule_of([rule(figures=("vat",))], "bread")
    assert rule_of([rule(figures=("network",))], "network.Liander.3x25A").key == "r"


def test_every_standing_and_every_doubt_has_words():
    assert set(STANDING_WORDS) == set(Standing)
    assert set(SURE_WORDS) == set(Status)
