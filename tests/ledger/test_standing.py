"""How an entry stands among the members."""

import pytest
from tests.ledger.parties import Ledger, names

from laag.ledger.entries import read
from laag.ledger.members import quorum
from laag.ledger.standing import newest, standing


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 7, 10, 13])
def test_an_entry_is_final_with_the_first_member_above_two_thirds(count):
    street = Ledger.of(*names(count))
    book = street.book()
    street.write(book)
    for stood, who in enumerate(names(count), 1):
        if who != "coop":
            street.write(street.attest(who, book))
        now = standing(book.key, street.state, street.look)
        assert now.final == (3 * stood > 2 * count) == (len(now.stands) >= quorum(count))


def test_who_wrote_it_and_attests_it_counts_once():
    street = Ledger.of()
    street.write(street.book())
    street.write(street.attest("coop", street.book()))
    assert standing(street.book().key, street.state, street.look).stands == ("coop",)


def test_a_dispute_is_seen_and_decides_nothing():
    street = Ledger.of()
    street.write(street.book())
    for who in ("grid", "meters"):
        street.write(street.attest(who, street.book()))
    street.write(street.dispute("town", street.book()))
    now = standing(street.book().key, street.state, street.look)
    assert (now.disputes, now.final) == (("town",), True)


def test_the_newest_version_is_the_one_that_counts():
    street = Ledger.of()
    for version in (1, 2, 3):
        street.write(street.meter(version=version))
    assert newest("meter/2026-11-22/1", street.look) == "meter/2026-11-22/3"
    assert newest("meter/2026-11-23/1", street.look) is None
    assert standing("meter/2026-11-23/1", street.state, street.look) is None
    assert read(street.data[2]).entry.version == 3
