"""Who may be a member, by how many votes, and what becomes of the votes for something else."""

import pytest
from tests.ledger.parties import Ledger, names, party

from laag.ledger.apply import Taken
from laag.ledger.changes import Join, Remove, Upgrade
from laag.ledger.genesis import founded, genesis
from laag.ledger.members import quorum
from laag.ledger.refused import Code, NeedsUpgrade, Refusal


@pytest.mark.parametrize("count", range(1, 14))
def test_a_change_passes_with_the_first_vote_above_two_thirds(count):
    street = Ledger.of(*names(count))
    for voted, who in enumerate(names(count), 1):
        street.write(street.vote(who, Join(party("new")), 0))
        assert (street.state.changes == 1) == (3 * voted > 2 * count)
        if street.state.changes:
            assert len(street.state.members) == count + 1
            break
    assert voted == quorum(count)


def test_pending_votes_end_when_another_change_passes():
    street = Ledger.of()
    join, leave = Join(party("new")), Remove("town")
    for who in ("coop", "grid"):
        street.write(street.vote(who, leave))
    for who in ("coop", "grid", "meters"):
        street.write(street.vote(who, join))
    assert [one.id for one in street.state.members] == ["coop", "grid", "meters", "new", "town"]
    assert street.write(street.vote("meters", leave, 0)).outcome.code is Code.STALE_VOTE
    for who in ("coop", "grid", "meters"):
        assert isinstance(street.write(street.vote(who, leave)).outcome, Taken)
        assert street.state.member("town")
    street.write(street.vote("new", leave))
    assert not street.state.member("town")


def test_a_member_that_left_writes_nothing_and_its_votes_do_not_count():
    street = Ledger.of()
    for who in ("coop", "grid", "meters"):
        street.write(street.vote(who, Remove("town")))
    assert street.write(street.dispute("town", street.book())).outcome.code is Code.UNKNOWN_MEMBER
    assert street.state.changes == 1


def test_a_vote_counts_once_however_often_it_comes():
    street = Ledger.of()
    for _ in range(5):
        street.write(street.vote("coop", Remove("town")))
    assert (street.state.changes, street.state.size) == (0, 1)


def test_a_chains_node_comes_and_goes_with_its_member():
    street = Ledger.of()
    street.write(street.rotate("town", node="ab" * 32))
    assert street.state.member("town").node == "ab" * 32


@pytest.mark.parametrize(
    ("parties", "said"),
    [
        ([party("grid")], "operator"),
        ([party("coop"), party("coop")], "twice"),
        ([party("coop"), *(party(one, group="town-hall") for one in ("grid", "meters", "town"))], "third"),
        ([party("coop"), party("grid", group="pair"), party("town", group="pair"), party("meters"), party("m-5"), party("m-6")], "third"),
        ([], "operator"),
    ],
)  # fmt: skip
def test_who_cannot_keep_a_ledger_together_is_told_why(parties, said):
    with pytest.raises(Refusal, match=said):
        founded("kade", parties)


def test_seven_bear_two_that_belong_together():
    pair = [party("town", group="pair"), party("m-7", group="pair")]
    assert len(founded("kade", [*map(party, ("coop", "grid", "meters", "m-5", "m-6")), *pair]).members) == 7


def test_a_genesis_reads_back_and_its_hash_is_the_ledger():
    made = Ledger.of().genesis
    assert genesis(made.words()) == made
    assert made.ledger != Ledger.of(name="singel").id


def upgraded(street: Ledger, size: int) -> None:
    for who in ("coop", "grid", "meters"):
        street.write(street.vote(who, Upgrade(2, size)))


def test_an_upgrade_holds_from_its_size_on_and_old_code_says_which_version_to_install():
    """Rehearsed: the members vote, everybody goes on until the size, and from there only code that knows the rules."""
    street = Ledger.of()
    upgraded(street, 5)
    assert (street.state.app, street.state.coming) == (1, Upgrade(2, 5))
    for period in ("a", "b"):
        assert isinstance(street.write(street.meter(period)).outcome, Taken)
    assert (street.state.app, street.state.coming, street.state.size) == (2, None, 5)
    before = street.state
    with pytest.raises(NeedsUpgrade, match="install a laag that knows version 2"):
        street.write(street.meter("c"))
    assert street.state == before
    assert isinstance(street.write(street.meter("c"), knows=2).outcome, Taken)


def test_an_upgrade_to_a_size_that_is_past_holds_at_once():
    street = Ledger.of()
    upgraded(street, 0)
    assert street.state.app == 2


def test_versions_of_the_rules_are_not_skipped():
    street = Ledger.of()
    assert street.write(street.vote("coop", Upgrade(3, 9))).outcome.code is Code.CHANGE


def test_old_and_new_code_agree_up_to_the_upgrade():
    old, new = Ledger.of(), Ledger.of()
    upgraded(old, 9)
    for data in old.data:
        new.submit(data, knows=2)
    assert new.state == old.state
