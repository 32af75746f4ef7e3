"""A log goes on under the charter that it began with, whatever a file says now; older logs too."""

from dataclasses import replace
from datetime import date

import pytest

from laag.apps.street.opening import begun, opened
from laag.apps.wiring import Options, terms_of
from laag.cycle.live import Neighbourhood
from laag.foundation.errors import CannotResume
from laag.foundation.ports import Event
from laag.neighbourhood.charter import Agreement, Charter, GridTable

PLACE = Neighbourhood("Kade", terms_of(Options()), date(2026, 3, 28))


def under(charter):
    return replace(PLACE, terms=replace(PLACE.terms, charter=charter))


def before_charters(place):
    """The first event as it was written when a charter was a rule and a number."""
    event = opened(place, "0.1.0")
    facts = {name: fact for name, fact in event.facts.items() if not name.startswith("charter_")}
    return Event(event.kind, event.key, facts, {})


CHARTER = Charter(
    "Kade",
    "uniform",
    30,
    scarcity_ticks=9_000,
    silent_order_nothing=True,
    grid=GridTable(when_full="limits"),
    agreements=(Agreement("koude week", "ev", 17, 20, (12, 1), 0, "share"),),
)


def test_the_whole_charter_stands_in_the_first_event():
    assert begun(PLACE, opened(under(CHARTER), "")) == under(CHARTER)


def test_the_file_may_say_otherwise_and_changes_nothing():
    """It says with which charter a log begins; from then on members change it."""
    assert begun(under(CHARTER), opened(PLACE, "")) == PLACE


def test_a_log_from_before_goes_on_and_its_days_keep_their_names():
    place = under(Charter("built-in charter", "uniform", 30))
    assert begun(PLACE, before_charters(place)) == replace(place, charter_unnamed=True)


def test_the_digest_of_tariffs_is_what_it_was_before():
    """Or no log that was opened before could go on."""
    first = opened(under(Charter("built-in charter", "uniform", 30)), "")
    assert first.facts["facts"] == "6a31e7b08a1ff2366fd7dffa2591c738cdbacae12ff7e8e7ba2111e4db1c8159"


def test_anything_else_is_still_refused():
    with pytest.raises(CannotResume, match="name = Dijk"):
        begun(PLACE, opened(replace(PLACE, name="Dijk"), ""))


def test_a_charter_that_this_version_cannot_read_is_refused_with_a_way_out():
    first = opened(PLACE, "")
    said = [*first.facts["charter_articles"], "market.lottery = yes"]
    odd = Event(first.kind, first.key, {**first.facts, "charter_articles": said}, {})
    with pytest.raises(CannotResume, match="go on with the version that wrote it"):
        begun(PLACE, odd)
