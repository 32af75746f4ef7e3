"""Every entry sums to zero, in money and in energy; nothing posted is ever changed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.foundation.errors import BadInput, OutOfBalance
from laag.settlement import books
from laag.settlement.books import MEMBERS, Accounts, Cause

STREET = Accounts(("ann", "bob"))


def sale(amounts, energies, cause=Cause.RETAIL, first_ptu=0):
    paid, taken = np.array(amounts), np.array(energies)
    sides = {MEMBERS: (paid, taken), "gateway": (-paid.sum(axis=0), -taken.sum(axis=0))}
    return books.entries(STREET, cause, sides, first_ptu)


amounts = st.lists(st.integers(-(10**9), 10**9), min_size=3, max_size=3)
sales = st.builds(lambda a, b, c, d: sale([a, b], [c, d]), amounts, amounts, amounts, amounts)


@given(sales)
def test_totals_are_the_sums_of_the_postings_and_cancel(postings):
    books.check(postings)
    total = books.totals(STREET, postings)
    assert sum(units for units, _ in total.values()) == 0
    assert sum(wh for _, wh in total.values()) == 0


@pytest.mark.parametrize(("column", "unit"), [("amount_units", "1e-8 EUR"), ("energy_wh", "Wh")])
def test_an_entry_that_does_not_sum_to_zero_is_named(column, unit):
    postings = sale([[5, 5], [7, 7]], [[2, 2], [1, 1]], first_ptu=10)
    getattr(postings, column)[-1] += 1
    with pytest.raises(OutOfBalance, match=rf"retail of PTU 11\) leaves 1 .*{unit}"):
        books.check(postings)


def test_rows_that_move_nothing_are_not_kept():
    assert len(sale([[0, 5], [0, 0]], [[0, 2], [0, 0]])) == 2


@given(sales, sales)
def test_a_correction_leaves_the_books_as_if_they_had_been_right_at_once(wrong, right):
    posted = books.joined([wrong, books.corrected(wrong, right)])
    books.check(posted)
    assert books.totals(STREET, posted) == books.totals(STREET, right)
    assert books.totals(STREET, books.standing(posted)) == books.totals(STREET, right)


@given(sales, sales, sales)
def test_a_correction_can_be_corrected(first, second, third):
    posted = books.joined([first, books.corrected(first, second)])
    posted = books.joined([posted, books.corrected(posted, third)])
    assert books.totals(STREET, posted) == books.totals(STREET, third)
    keys = list(zip(posted.entry.tolist(), posted.account.tolist(), strict=True))
    assert len(keys) == len(set(keys)), "an entry number was used twice"


@given(sales)
def test_a_correction_to_the_same_thing_posts_nothing(postings):
    assert not len(books.corrected(postings, postings))


def test_members_are_ranked_by_the_bytes_of_their_names():
    assert Accounts(("zoë", "Ann", "ann")).rank.tolist() == [2, 0, 1]


def test_two_members_of_one_name_are_refused():
    with pytest.raises(BadInput, match="one name"):
        Accounts(("ann", "ann"))


def test_a_bill_that_is_not_what_the_account_paid_is_reported():
    accounts = {"member/ann": (500, 0), "member/bob": (7, 0), "gateway": (-507, 0)}
    assert books.unreconciled({"ann": 500, "bob": 8}, accounts) == {"bob": 1}
