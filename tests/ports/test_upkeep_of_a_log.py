"""A log is prepared for an upgrade, checked and copied every night wherever it is kept."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.cycle.living_street import FIRST

from laag.adapters.stores import open_log
from laag.apps.street.opening import opened
from laag.apps.upkeep import note as notes
from laag.apps.upkeep import rollback, rotation, upgrade
from laag.apps.wiring import Options, terms_of
from laag.cycle import live
from laag.foundation.errors import BadInput
from laag.foundation.ports import Event

NOW = datetime(2026, 11, 22, 3, 15, tzinfo=UTC)


@pytest.fixture
def street(fresh, tmp_path):
    place = live.Neighbourhood("Kade", terms_of(Options()), FIRST)
    store, config = fresh(), tmp_path / "street.toml"
    config.write_text("[street]\n")
    with open_log(store) as log:
        log.append([opened(place, "0.1.0"), live.to_event(live.Joined("m-1", FIRST))])
    return upgrade.Street(config, store, place)


def test_it_is_prepared_and_checked_while_it_is_open_and_the_way_back_is_known(street, tmp_path):
    with open_log(street.store) as log:
        upgrade.prepare(street, tmp_path / "before", "0.1.0", NOW)
        log.append([Event("looked", "m-1", {}, {})])
    note = notes.read(tmp_path / "before")
    assert upgrade.check(note, tmp_path / "before", street.place) == ()
    back = rollback.way_back(note, street.store)
    assert (back.way, back.since) == (rollback.Way.AS_IT_IS, 1)


def test_its_copies_are_whole(street, tmp_path):
    made = [rotation.copy(street.store, tmp_path / "copies", 1, NOW + timedelta(days=day)) for day in (0, 1)]
    assert rotation.copies(tmp_path / "copies") == made[-1:]
    with open_log(street.store) as log, open_log(made[-1]) as copy:
        assert (copy.verify(), copy.digest()) == (2, log.digest())


def test_a_log_in_a_database_is_put_back_beside_itself(street, tmp_path):
    if not street.store.startswith("postgres"):
        pytest.skip("a file is put in the place of a file: tests/apps/upkeep")
    note = upgrade.prepare(street, tmp_path / "before", "0.1.0", NOW)
    with pytest.raises(BadInput, match="with another schema"):
        rollback.restore(note, tmp_path / "before", street.store, NOW)
    assert "password" not in (tmp_path / "before" / notes.NOTE).read_text()
