"""SimBench's semi-urban street with an evening too full: bought by sensitivities, held against the power flow."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from laag.adapters.pandapower import read_grid
from laag.foundation.ptu import PtuGrid
from laag.neighbourhood.flexibility import Need, Offer, Rebound, Step, cheapest, cheapest_first, holding
from laag.neighbourhood.grid.flow import flow
from laag.neighbourhood.grid.headroom import headroom
from laag.neighbourhood.grid.sensitivities import sensitivities
from laag.neighbourhood.grid.trouble import elements, outside

GRID = Path(__file__).parents[4] / "shared" / "data" / "grids" / "simbench_1-LV-semiurb4--2-sw.pp.json.gz"
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not GRID.exists(), reason="the measured grids are not beside the project"),
]
HOURS = PtuGrid(datetime(2026, 1, 15, 16, 30, tzinfo=UTC), 12)
BUSY = slice(2, 6)


@pytest.fixture(scope="module")
def evening():
    """The network, an evening of it, what is over and what everybody who takes something offers."""
    saved = read_grid(GRID)
    network, takes = saved.network, np.maximum(saved.offtake_kw.sum(axis=1), 0.0)
    offtake = np.tile(0.3 * takes, (len(HOURS), 1))
    offtake[BUSY] = 1.6 * takes
    now = flow(network, offtake)
    room, relief = headroom(now, network), sensitivities(network, now, BUSY.start).relief_per_kw
    names = [one.name if one.branch is not None else f"{one.name} (voltage)" for one in elements(network)]
    connections = [one.name for one in network.connections]
    need = Need.of_room(HOURS, names, connections, room.more_kw, room.less_kw, relief)
    rng = np.random.default_rng(7)
    offers = [
        _offer(rng, name, 0.3 * kw)
        for name, kw in zip(connections, offtake[BUSY.start].tolist(), strict=True)
        if kw > 0.5
    ]
    return network, offtake, need, offers


def _offer(rng, name, kw):
    wh, count = int(kw * 250), BUSY.stop - BUSY.start
    back = tuple(Rebound(BUSY.stop + i, int(wh * 0.7)) for i in range(count))
    steps = (
        Step((wh,) * count, int(rng.integers(50, 300)) * 100, back),
        Step((wh,) * count, int(rng.integers(300, 600)) * 100),
    )
    return Offer(name, name, BUSY.start, steps, together=True)


def over_after(network, offtake, less_kw):
    room = headroom(flow(network, offtake - less_kw), network, rounds=4)
    return np.maximum(-np.concatenate([room.more_kw, room.less_kw], axis=1).T, 0.0)


def test_a_choice_by_sensitivities_nearly_holds_and_one_more_round_makes_it_hold(evening):
    network, offtake, need, offers = evening
    before = flow(network, offtake)
    assert outside(before, network).sum() > 20
    straight = cheapest(need, offers)
    loading = flow(network, offtake - straight.less_kw).loading.max()
    assert loading == pytest.approx(1.0, abs=0.02), "a straight line through a bent grid"
    held = holding(need, offers, lambda less_kw: over_after(network, offtake, less_kw))
    after = flow(network, offtake - held.less_kw)
    assert held.resolved
    assert after.loading.max() <= 1.0005
    assert not outside(after, network)[: BUSY.start].any()
    assert held.asked_units.sum() < 1.03 * straight.asked_units.sum()


def test_it_is_cheaper_than_cheapest_first(evening):
    _, _, need, offers = evening
    best, plain = cheapest(need, offers), cheapest_first(need, offers)
    assert best.resolved
    assert 1.05 * best.asked_units.sum() < plain.asked_units.sum()
