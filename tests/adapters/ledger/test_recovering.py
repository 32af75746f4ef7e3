"""A ledger that was put back, lost or damaged is fetched from its witnesses again; and what several nodes show, side by side."""

import pytest
from tests.adapters.ledger.circle import NOON, WITHIN_S
from tests.adapters.ledger.test_hostile_sequencer import put_back_after, shown
from tests.adapters.ledger.test_witnesses import all_signed
from tests.ports.ledger.hands import GENESIS, KEYS, LEDGER, day

from laag.adapters.ledger.embedded.recovering import recovered
from laag.adapters.ledger.witness.comparing import compared
from laag.foundation.errors import BadInput


def recover(circle, *names):
    circle.ledger.close()
    nodes = [circle.node(name) for name in names or circle.names]
    done = recovered(circle.place, [KEYS["coop"]], GENESIS.data, nodes, NOON)
    circle.begin()
    return done


def test_what_was_lost_with_an_older_copy_comes_back_from_the_witnesses(circle):
    put_back_after(circle)
    done = recover(circle)
    assert (done.size, done.again, done.refused) == (16, 0, ())
    assert circle.ledger.entries(0, 100) == [*day(1), *day(2)]
    circle.ledger.submit_all(day(3))
    with circle.published() as publisher:
        all_signed(circle, publisher, 24)


def test_what_only_the_older_copy_held_is_added_after_what_the_witnesses_saw(circle):
    put_back_after(circle, *day(3), day(2, seed="other")[0])
    done = recover(circle)
    assert (done.size, done.again, len(done.refused)) == (16, 8, 1)
    assert "something else stands under book/day-ahead/2026-00002/1" in done.refused[0].en
    assert "8 die alleen hier stonden" in done.said.nl
    assert circle.ledger.entries(16, 100) == day(3)
    with circle.published() as publisher:
        all_signed(circle, publisher, 24)


def test_a_ledger_whose_disk_is_gone_comes_back_with_the_signatures_it_had(circle):
    circle.ledger.submit_all(day(1))
    with circle.published() as publisher:
        all_signed(circle, publisher, 8)
    root = circle.ledger.head().root
    circle.ledger.close()
    circle.place.unlink()
    done = recover(circle, "dso")
    assert (done.size, done.aside) == (8, None)
    assert circle.ledger.head().root == root
    assert "dso" in circle.ledger.signed().lines


def test_a_damaged_file_is_put_aside_and_what_can_be_read_of_it_is_kept(circle):
    put_back_after(circle)
    circle.ledger.close()
    whole = circle.place.read_bytes()
    circle.place.write_bytes(whole[:4096] + b"x" * 4096 + whole[8192:])
    done = recovered(circle.place, [KEYS["coop"]], GENESIS.data, [circle.node("dso")], NOON)
    circle.begin()
    assert circle.ledger.state.size == 16
    assert done.aside.name == "coop-until-20260601T120000.sqlite"
    assert done.aside.exists()


def test_nothing_is_put_in_place_where_no_witness_shows_a_ledger(circle):
    circle.ledger.submit_all(day(1))
    for line in circle.lines.values():
        line.cut = True
    with pytest.raises(BadInput, match=r"no witness shows a ledger to go on from .*cannot be reached"):
        recover(circle)
    circle.begin()
    assert circle.ledger.state.size == 8


def test_a_ledger_in_use_is_not_put_back(circle):
    with pytest.raises(BadInput, match="written to by another process"):
        recovered(circle.place, [KEYS["coop"]], GENESIS.data, [], NOON)


def test_nodes_that_show_one_history_are_said_to(circle):
    circle.ledger.submit_all(day(1))
    with circle.published() as publisher:
        all_signed(circle, publisher, 8)
        circle.lines["town"].cut = True
        circle.ledger.submit_all(day(2))
        assert circle.ledger.until_proven(16, WITHIN_S)
    circle.lines["town"].cut = False
    found = compared([circle.to_ledger.node(), *map(circle.node, circle.names)], GENESIS.data)
    assert sorted(one.size for one in found.views) == [8, 16, 16, 16]
    assert (found.splits, [one.why for one in found.views]) == ((), [""] * 4)


@pytest.mark.parametrize("later", [day(2, seed="other"), [*day(3), *day(4)]])
def test_whoever_compares_two_views_finds_the_two_histories(circle, later):
    put_back_after(circle, *later)
    found = compared([circle.to_ledger.node(), circle.node("town")], GENESIS.data)
    (split,) = found.splits
    assert "coop signed two histories: one of 16 entries" in split.proves(LEDGER, found.copy.members_at).en


def test_a_node_that_shows_what_it_cannot_prove_is_left_out_with_the_reason(circle):
    put_back_after(circle, *day(3), *day(4))
    shown(circle, [*day(3), *day(4), *day(1)])
    found = compared([circle.to_ledger.node(), circle.node("town")], GENESIS.data)
    assert found.copy.state.size == 16
    assert "do not come to the root" in next(one.why for one in found.views if one.why)


def test_between_two_histories_no_program_chooses(circle):
    put_back_after(circle, *day(3), *day(4))
    nodes = [circle.to_ledger.node(), circle.node("town")]
    with pytest.raises(BadInput, match="two histories, and no program chooses"):
        recovered(circle.folder / "new.sqlite", [KEYS["coop"]], GENESIS.data, nodes, NOON)
