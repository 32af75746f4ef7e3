"""The page about what the ledger costs says what its script computes, and the sums behind it hold together."""

from dataclasses import replace

import pytest
from benchmarks.costs import page
from benchmarks.costs.measured import recorded
from benchmarks.costs.reckon import AS_STATED, CHAIN, EMBEDDED, PLAIN, SIZES, WAYS, cost, evidence_bytes

TOLD = recorded()


def test_the_page_is_what_its_script_computes_from_what_was_recorded():
    """`python -m benchmarks.ledger_costs --recorded --write` writes it."""
    text = page.PAGE.read_text("utf-8")
    assert page.BEGIN in text
    assert text == page.written(text, TOLD)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size.homes))
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_what_is_dearer_makes_no_home_pay_less(way, size):
    as_stated = cost(way, size, TOLD).all
    for name in ("server_eur", "disk_eur", "hour_eur", "months"):
        dearer = replace(AS_STATED, **{name: 2 * getattr(AS_STATED, name)})
        assert as_stated <= cost(way, size, TOLD, dearer).all
    assert cost(way, size, TOLD, replace(AS_STATED, quiet=True)).all <= as_stated


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size.homes))
def test_a_ledger_costs_more_than_a_plain_server_and_the_same_people(size):
    """The page says so: it buys verifiability, and saves nothing."""
    plain = cost(PLAIN, size, TOLD)
    for way in (EMBEDDED, CHAIN):
        ours = cost(way, size, TOLD)
        assert ours.people == plain.people
        assert plain.all < ours.all < 3 * plain.all


def test_on_a_shared_chain_more_streets_cost_each_home_a_hash_or_so_and_nothing_else():
    few, many = SIZES[1], SIZES[2]
    assert evidence_bytes(CHAIN, few, TOLD) < evidence_bytes(CHAIN, many, TOLD) < 2 * TOLD.evidence_bytes
    assert cost(CHAIN, many, TOLD).machines < cost(CHAIN, few, TOLD).machines
