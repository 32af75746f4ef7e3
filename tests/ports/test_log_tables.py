"""How far a log goes can be read without opening it, and without changing anything."""

from laag.adapters.stores import open_log
from laag.adapters.stores.chain import EMPTY
from laag.adapters.stores.tables import head
from laag.foundation.ports import Event


def test_a_place_without_a_log_has_no_tables_and_stays_without(fresh):
    place = fresh()
    for _ in range(2):
        found = head(place)
        assert (found.tables, found.events, found.digest) == (0, 0, EMPTY)


def test_a_log_says_its_tables_its_length_and_its_digest(fresh):
    place = fresh()
    with open_log(place) as log:
        first = log.append([Event("day", "1", {}, {})])
        last = log.append([Event("day", "2", {}, {}), Event("day", "3", {}, {})])
    now, then = head(place), head(place, 1)
    assert now.tables == now.known == 1
    assert (now.events, now.digest) == (3, last)
    assert (then.events, then.digest) == (1, first)
