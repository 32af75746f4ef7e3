"""What the grid operator paid in a living street: into one pot on the days whose charter says so, and on everybody's bill."""

from dataclasses import replace

import pytest
from tests.cycle.test_live_flex import taken, whole

from laag.cycle.live.views.bill import bill_alone, bills
from laag.cycle.live.views.period import period
from laag.cycle.live.views.pot import grid_shares
from laag.settlement.books import Cause, check


@pytest.fixture(scope="module")
def lived():
    """A day on which homes were asked and gave."""
    state, told, day = whole()
    state, _ = taken(state, told)
    return period(state, day, day)


def agreed(lived, pot=("grid",), fund=0):
    """The same day under a charter of which only the pot differs."""

    def under(charter):
        return replace(charter, sharing=replace(charter.sharing, pot=pot, fund_permille=fund))

    return replace(lived, wholes=tuple(replace(one, charter=under(one.charter)) for one in lived.wholes))


def shared(made):
    return [line.amount_units for bill in made for line in bill.lines if line.code == "shared"]


def test_out_of_the_box_no_bill_has_such_a_line(lived):
    made, postings = bills(lived)
    assert not shared(made)
    assert Cause.SHARED not in set(postings.cause.tolist())


@pytest.mark.parametrize("fund", [0, 250])
def test_what_some_give_up_others_and_the_fund_get(lived, fund):
    together = agreed(lived, fund=fund)
    paid = sum(room.paid_units for one in lived.wholes for each in one.tally.rooms.values() for room in each)
    made, postings = bills(together)
    check(postings)
    assert paid
    assert len(shared(made)) == len(lived.joined)
    assert sum(shared(made)) == (paid * fund // 1000 if paid > 0 else 0)
    for bill in made:
        assert bill.total_units == sum(line.amount_units for line in bill.lines[:-1])
        assert bill.line("shared").because.nl.endswith(".")


def paid_well(lived):
    """The same, had everybody who was asked given it all."""

    def paid(known):
        rooms = {
            at: tuple(replace(one, paid_units=abs(one.paid_units)) for one in each)
            for at, each in known.tally.rooms.items()
        }
        return replace(known, tally=replace(known.tally, rooms=rooms))

    return replace(lived, wholes=tuple(replace(one, known=paid(one.known)) for one in lived.wholes))


def test_who_broke_an_agreement_gets_a_part_less_and_nobody_else_does(lived):
    name = lived.joined[1].member
    together = agreed(paid_well(lived))
    broken = replace(
        together, wholes=tuple(replace(one, kept_permille={name: 900}) for one in together.wholes)
    )
    before, after = grid_shares(together), grid_shares(broken)
    whole_share = before[name].units + before[name].put_units
    assert whole_share > 0
    assert before[name].units - after[name].units == whole_share - whole_share * 900 // 1000
    assert all(after[other].units == before[other].units for other in before if other != name)
    made, postings = bills(broken)
    check(postings)
    assert sum(shared(made)) == before[name].units - after[name].units, "the fund has it"


def test_a_leaver_gets_its_part_without_waiting_for_anybody(lived):
    together = agreed(lived)
    name = lived.joined[0].member
    alone, _ = bill_alone(together, name)
    assert alone.line("shared").amount_units == -grid_shares(together)[name].units


def test_a_day_whose_charter_leaves_it_with_who_gave_is_left_as_it_was(lived):
    assert grid_shares(agreed(lived, pot=("balancing",))) == {}
