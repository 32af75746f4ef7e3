"""Help out of the common fund in a living street: a yes, a month that is paid once, by the charter of its day."""

from datetime import date, timedelta

import pytest
from tests.cycle.living_street import FIRST, folded, plainly, simulated

from laag.cycle import live
from laag.cycle.live import codec
from laag.cycle.live.condensed import condensed, expanded
from laag.cycle.live.supporting import SupportBooked
from laag.settlement.books import Cause

EURO = 10**8
MONTH = "2026-03"


def name(row=0):
    return simulated()[0].street.homes[row].house.name


def to_the_end_of_march():
    """Two days lived, and the gates of the rest of the month closed."""
    more = [live.Closed(FIRST + timedelta(days=day)) for day in range(2, 4)]
    return [*plainly(), *more]


def asks(*rows, until=MONTH):
    return [live.SupportAsked(name(row), FIRST, until) for row in rows]


def paid(fund=500 * EURO, *rows):
    state, effects = folded([*to_the_end_of_march(), *asks(*rows), live.SupportPaid(MONTH, fund)])
    return state, [one for one in effects if isinstance(one, (SupportBooked, live.Refused))]


def test_who_asked_gets_the_most_that_the_charter_allows_and_it_is_booked():
    state, (done,) = paid(500 * EURO, 1, 3)
    assert done.supported.each == tuple(sorted(((name(1), 25 * EURO), (name(3), 25 * EURO))))
    assert set(done.postings.cause.tolist()) == {Cause.SUPPORT}
    assert int(done.postings.amount_units.sum()) == 0
    assert sorted(done.postings.amount_units.tolist()) == [-25 * EURO, -25 * EURO, 50 * EURO]
    assert dict(state.supporting.paid[MONTH]) == dict(done.supported.each)


def test_a_small_fund_is_shared_equally_and_never_emptied():
    _, (done,) = paid(30 * EURO, 0, 1)
    assert {units for _, units in done.supported.each} == {750_000_000}


def test_a_month_is_paid_once():
    state, _ = paid(500 * EURO, 1)
    _, (again,) = live.apply(state, live.SupportPaid(MONTH, 500 * EURO))[0:2]
    assert "booked already" in again.why.en


def test_a_month_that_is_not_over_is_not_paid():
    _, effects = folded([*plainly(), live.SupportPaid(MONTH, 500 * EURO)])
    assert "is not over yet" in effects[-1].why.en


def test_a_yes_is_taken_back_and_ends_by_itself():
    back = live.SupportAsked(name(1), FIRST, "")
    _, effects = folded([*to_the_end_of_march(), *asks(1), back, live.SupportPaid(MONTH, 500 * EURO)])
    assert effects[-1].supported.each == ()
    _, effects = folded([*to_the_end_of_march(), *asks(1, until="2026-03"), *(live.Closed(date(2026, 4, 1) + timedelta(days=day)) for day in range(30)), live.SupportPaid("2026-04", 500 * EURO)])  # fmt: skip
    assert effects[-1].supported.each == ()


@pytest.mark.parametrize(
    ("until", "why"),
    [("2027-03", "for 1 to 12 months"), ("2026-02", "for 1 to 12 months"), ("soon", "that is no month")],
)
def test_what_cannot_be_asked_is_refused(until, why):
    _, effects = folded([*plainly(), *asks(1, until=until)])
    assert why in effects[-1].why.en


def test_whoever_has_left_asks_nothing_and_who_left_in_the_month_still_gets_it():
    left = live.Left(name(1), FIRST + timedelta(days=1))
    _, effects = folded([*plainly(), left, live.SupportAsked(name(1), FIRST + timedelta(days=4), "2026-04")])
    assert "no member" in effects[-1].why.en
    messages = [*plainly(), *asks(1), left, *to_the_end_of_march()[-2:], live.SupportPaid(MONTH, 500 * EURO)]
    _, effects = folded(messages)
    assert dict(effects[-1].supported.each) == {name(1): 25 * EURO}


def test_the_log_and_a_checkpoint_give_it_again():
    state, _ = paid(500 * EURO, 1)
    messages = [*to_the_end_of_march(), *asks(1), live.SupportPaid(MONTH, 500 * EURO)]
    again, _ = folded([codec.from_event(codec.to_event(one)) for one in messages])
    assert again.supporting == state.supporting
    made = condensed(state, {})
    assert expanded(made.tree, made.pieces.__getitem__, state.neighbourhood).supporting == state.supporting
