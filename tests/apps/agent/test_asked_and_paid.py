"""Agents beside a server and a grid operator: asked, ordered, kept in their devices as the meter shows, and on the bill."""

import asyncio
from datetime import timedelta

import numpy as np
import pytest
from tests.apps.agent.asked_street import AGENTS, FIRST, PLACE, asked_street, at, metered_wh, sold_wh
from tests.apps.street.flex.neighbours import EVENING, HOMES

from laag.adapters.neighbourhood.own import OwnBill
from laag.cycle import live

KEPT = 0.85
"""Of what was sold, by the meter: a home goes into a limit within some minutes, at its own moment."""


async def bought(street):
    """From everybody's orders to what the grid operator bought, the agents' own among it."""
    street.clock.at = live.gate(PLACE, FIRST) - timedelta(minutes=5)
    await street.talk()
    await street.cleared()
    await street.talk()
    await street.turn()
    assert street.asked(), "the cable would be too full, and homes are asked"
    await street.talk()
    await street.offers(HOMES, less_wh=100)
    await street.turn()
    street.clock.at += timedelta(minutes=31)
    await street.turn()
    await street.talk()


@pytest.mark.slow
def test_homes_that_are_asked_keep_what_they_sold_and_read_it_on_their_bill(tmp_path, monkeypatch):
    async def story():
        async with asked_street(tmp_path, monkeypatch, capacity_kw=46) as street:
            for agent in street.agents[:2]:
                agent.wishes.add("help when a cable is full from 0 ct/kWh")
            await bought(street)
            (one,) = street.asked()
            assert set(one.offers) == {*AGENTS, *HOMES}
            assert not len(one.offers[AGENTS[2]].steps), "its household said nothing, so it gives nothing"
            street.clock.at = at(6)
            await street.lives_until(at(20, 5))
            known = street.keeper.live.day(FIRST)
            agreed = known.market.cleared_wh
            wh = {name: metered_wh(agent) for name, agent in zip(AGENTS, street.agents, strict=True)}
            for agent in street.agents:
                await street.sends(agent)
            await street.metered(less_wh=100)
            lines = [await flexibility(agent) for agent in street.agents]
            return {
                name: (sold_wh(street, name), agreed[known.row_of[name]], wh[name], line)
                for name, line in zip(AGENTS, lines, strict=True)
            }

    found = asyncio.run(story())
    for name in AGENTS[:2]:
        sold, agreed, metered, line = found[name]
        given = np.clip((agreed - metered)[EVENING], 0, sold[EVENING]).sum()
        assert sold.sum() > 1_000
        assert given >= KEPT * sold.sum(), (name, sold[EVENING], (agreed - metered)[EVENING])
        assert line is not None
        assert "the grid operator pays" in line.because.en
        assert line.amount_units < 0, "the home is paid"
    assert not found[AGENTS[2]][0].any()
    assert found[AGENTS[2]][3] is None


async def flexibility(agent):
    """The line of its bill."""
    bill = await agent.neighbour.link.own(OwnBill, "GET", f"bill?first={FIRST}&last={FIRST}")
    return next((one for one in bill.lines if one.code == "flexibility"), None)
