"""Tables of shadow runs are kept beside the log, named in it by their digest, and forget a home that left."""

from datetime import date

import pytest
from tests.cycle.any_street import PLACE, Street, logged

from laag.adapters.stores import open_records
from laag.apps.street.shadow import Shadows, made
from laag.cycle import shadow
from laag.cycle.fingerprint import fingerprint
from laag.foundation.ports import Event

CHARTER = PLACE.terms.charter


@pytest.fixture
def records(tmp_path):
    with open_records(str(tmp_path / "street.sqlite")) as opened:
        yield opened


def table(charter=None, events=None, articles=("market.k_percent",)):
    state, told = logged(Street(12, 2, 3).messages())
    chosen = shadow.chosen(state, date(2026, 3, 30), 28)
    charter = charter or CHARTER.changed({"market.k_percent": 30})
    return made(PLACE, iter(events or told), chosen, "p-1", articles, charter, floor=10, far=lambda *_: None)


def test_a_table_comes_back_as_it_was_kept(records):
    before = table()
    digest = Shadows(records).put(before)
    after = Shadows(records).get("p-1")
    assert after == before
    assert digest == fingerprint(after) == fingerprint(before)


def test_the_same_days_give_the_same_digest():
    assert fingerprint(table()) == fingerprint(table())
    assert fingerprint(table()) != fingerprint(table(CHARTER.changed({"market.k_percent": 31})))


def test_a_home_that_left_is_in_no_table_and_groups_stay(records):
    shadows = Shadows(records)
    shadows.put(table())
    shadows.forget("member-003")
    kept = shadows.get("p-1")
    assert "member-003" not in kept.homes
    assert len(kept.homes) == 11
    assert kept.street == table().street


def test_a_log_that_cannot_be_worked_out_again_is_said_and_stops_no_vote():
    odd = table(
        events=[Event("newfangled", "x", {"day": "2026-03-28"}, {}), Event("closed", "x", {"day": "x"}, {})]
    )
    assert not odd.replayed
    assert [lack for _, lack in odd.missing] == ["fault", "fault"]
    assert "could not be worked out again" in shadow.told(odd)[-1].en
