"""A week on the wire: every field that is seen between homes and their neighbourhood is in the register of its purpose."""

import asyncio
import json
import time
from collections import Counter
from types import SimpleNamespace

import pytest
from tests.apps.agent.proxied import conversations, looked_at
from tests.apps.agent.wired_week import DAYS, wired_week

from laag.adapters.neighbourhood import leaving, wire
from laag.apps.agent.pages.street import Street
from laag.cycle.live import consenting
from laag.foundation.data import Purpose

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def week(tmp_path_factory):
    """Lived once: markets, rounds, meters, requests, limits, proofs, bills, consents, and somebody who leaves."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        return asyncio.run(lived(tmp_path_factory.mktemp("week"), monkeypatch))


async def lived(folder, monkeypatch):
    began = time.process_time()
    async with wired_week(folder, monkeypatch) as (street, lines):
        first, second, third = street.agents
        for agent in (first, second):
            agent.wishes.add("help when a cable is full from 0 ct/kWh")
        listens = asyncio.create_task(first.neighbour.hears())
        await says_yes(street, first)
        await street.lives()
        held = consenting(street.keeper.live, Purpose.COACH, street.settled)
        await takes_back(street, first)
        gone = consenting(street.keeper.live, Purpose.COACH, street.settled)
        await reads(second, street)
        await Street(third.neighbour.link, third.life.store).leave()
        listens.cancel()
        kinds = Counter(
            json.loads(body)["kind"] for agent in street.agents for body in agent.life.store.outbox.said()
        )
        refused = [one for agent in street.agents for one in agent.life.store.outbox.refused()]
        return SimpleNamespace(
            said=list(conversations(lines)),
            kinds=kinds,
            refused=refused,
            held=held,
            gone=gone,
            names=[agent.life.house.name for agent in street.agents],
            first=first.neighbour.link.member,
            took_s=time.process_time() - began,
        )


async def says_yes(street, agent):
    agent.neighbour.put_consent(Purpose.COACH, agent.neighbour.consents.give(Purpose.COACH))
    await street.thinks(agent)


async def takes_back(street, agent):
    agent.neighbour.consents.refuse(Purpose.COACH)
    agent.neighbour.put_consent(Purpose.COACH, None)
    await street.thinks(agent)


async def reads(agent, street):
    """Every page that asks the neighbourhood something."""
    there, last = Street(agent.neighbour.link, agent.life.store), street.settled
    for asked in (
        there.bill(last, last),
        there.day(last),
        there.like(last, 7),
        there.looks(),
        there.consents(),
    ):
        answer = await asked
        assert answer.said is not None, answer
    assert await there.data() is not None
    await there.outside()
    await agent.neighbour.link.settled(last)


def test_every_field_of_a_week_is_in_the_register_of_its_purpose(week):
    found = Counter()
    for said in week.said:
        looked_at(said, found)
    assert len(week.said) > 100
    calls = {key for key in found if isinstance(key, tuple)}
    assert {path.rpartition("/")[2] for _, path in calls} >= {
        "messages", "enrolments", "board", "stream", "positions", "grid", "bill", "evidence", "record", "secret",
        "consents", "looks", "data", "like",
    }  # fmt: skip
    assert {name for name in found if isinstance(name, str)} >= {
        "orders.limit_ticks", "readings.wh", "offers.less_wh", "consents.purpose", "record.evidence", "grid.kw",
    }  # fmt: skip


def test_the_week_was_a_week_in_which_everything_happened(week):
    """Seven days of three homes, that ordered, changed their minds, were asked, answered, and were taken at their word."""
    assert week.kinds["orders"] >= 3 * DAYS
    assert min(week.kinds[kind] for kind in ("amendments", "readings", "offers", "consents")) > 0
    assert not week.refused
    assert week.took_s < 60


def test_nothing_that_says_who_lives_there_was_on_the_wire(week):
    """Not the name of the home, in whatever request."""
    for said in week.said:
        for name in week.names:
            assert name.encode() not in said.body + said.target.encode()


def test_a_yes_reached_the_neighbourhood_and_was_gone_the_moment_it_was_taken_back(week):
    assert week.held == (week.first,)
    assert week.gone == ()


@pytest.mark.parametrize(
    ("where", "added"),
    [
        ("body", b'"indoor_c":20.5,'),
        ("body", b'"name":"Jansen",'),
        ("target", "&device=Zappi"),
        ("header", "x-household"),
        ("answer", b'"neighbours":[3],'),
        ("path", "/diary"),
    ],
)
def test_a_field_that_is_added_by_hand_turns_it_red(week, where, added):
    """Somewhere in what was said, whoever added it: a new class, a clever header, or the other side."""
    one = next(said for said in week.said if b'"kind":"readings"' in said.body)
    asked = next(said for said in week.said if said.path.endswith("/positions"))
    match where:
        case "body":
            one = replace(one, body=one.body.replace(b'"kind":"readings",', b'"kind":"readings",' + added))
        case "target":
            one = replace(asked, target=asked.target + added)
        case "path":
            one = replace(asked, target=asked.path.replace("/positions", added))
        case "header":
            one = replace(asked, headers={**asked.headers, added: "Jansen"})
        case "answer":
            one = replace(asked, answer=asked.answer.replace(b"{", b"{" + added, 1))
    with pytest.raises((AssertionError, leaving.Stays)):
        looked_at(one, Counter())


def replace(said, **changed):
    return type(said)(**{**vars(said), **changed})


def test_a_class_that_somebody_gives_a_field_more_does_not_get_out_of_the_home(tmp_path, monkeypatch):
    """The home itself keeps it back, and tells its household; what else waits goes."""

    class Nosy(wire.Readings):
        indoor_c: float = 20.5

    async def story():
        async with wired_week(tmp_path, monkeypatch) as (street, lines):
            agent = street.agents[0]
            await street._gate(street.keeper.live.neighbourhood.first_day)
            street.clock.at = street.keeper.live.neighbourhood.grid(
                street.keeper.live.neighbourhood.first_day
            ).start
            for _ in range(4):
                street.clock.at += lives_a_quarter(agent, street.clock.at)
            monkeypatch.setattr("laag.apps.agent.neighbour.Readings", Nosy)
            await street.thinks(agent)
            return list(conversations(lines)), agent.life.store.outbox.refused(), len(agent.life.store.outbox)

    said, refused, waiting = asyncio.run(story())
    assert not [one for one in said if b"indoor_c" in one.body]
    assert waiting == 0
    ((_, body, why),) = refused
    assert '"indoor_c"' in body
    assert "niet in het register" in json.loads(why)["nl"]


def lives_a_quarter(agent, at):
    from tests.apps.agent.wired_week import PTU, lives

    lives(agent, at + PTU)
    return PTU
