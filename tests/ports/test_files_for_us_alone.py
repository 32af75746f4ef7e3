"""What is kept of homes can be read by whoever keeps it and by nobody else on the machine."""

import os
import stat

import pytest

from laag.adapters.homestore import HomeStore
from laag.adapters.stores import copied, open_log, open_records
from laag.foundation.ports import Event

EVENT = Event("hello", "street", {"homes": 2}, {})


def others_may(folder):
    return [one.name for one in folder.iterdir() if stat.S_IMODE(one.stat().st_mode) & 0o077]


@pytest.fixture
def _generous():
    """A machine on which files are everybody's unless somebody says otherwise."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("_generous")
def test_a_log_its_records_and_its_copy_are_for_us_alone(tmp_path):
    with (
        open_log(tmp_path / "street.sqlite") as log,
        open_records(str(tmp_path / "street.sqlite")) as records,
    ):
        log.append([EVENT])
        records.put("code", "K7QP3MXA", {})
        copied(log, tmp_path / "copy.sqlite")
        assert others_may(tmp_path) == []


@pytest.mark.usefixtures("_generous")
def test_a_homes_store_is_for_us_alone(tmp_path):
    with HomeStore(tmp_path / "home.sqlite") as store:
        store.keep("member", "m-1")
        assert others_may(tmp_path) == []


def test_a_log_that_is_there_is_opened_as_it_is(tmp_path):
    place = tmp_path / "street.sqlite"
    with open_log(place) as log:
        log.append([EVENT])
    place.chmod(0o640)
    with open_log(place) as log:
        assert log.verify() == 1
    assert stat.S_IMODE(place.stat().st_mode) == 0o640
