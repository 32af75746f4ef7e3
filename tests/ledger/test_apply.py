"""What is taken, what is known, what is refused: for any history, and by name."""

from tests.ledger.parties import Ledger

from laag.ledger.apply import Known, Taken


def test_a_day_is_written_in_its_order_and_again_changes_nothing():
    street = Ledger.of()
    day = [street.book(), street.clear(), street.meter(), street.settle()]
    assert [street.write(one).outcome for one in day] == [Taken(n, one.key) for n, one in enumerate(day)]
    before = street.state
    assert [street.write(one).outcome for one in day] == [Known(n, one.key) for n, one in enumerate(day)]
    assert street.state == before
