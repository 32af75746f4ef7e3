"""Every byte that a whole home says to its neighbourhood is looked at: what is not on these lists does not leave it."""

import asyncio
import json
import re
from datetime import UTC, datetime

from tests.apps.agent.homes import DAY, Place, agent_in, running, until
from tests.apps.agent.test_helping import EVENING, asked

CALLS = [
    ("GET", r"/api/v1/(board|stream|about)", set()),
    ("GET", r"/api/v1/members/m-1", set()),
    ("GET", r"/api/v1/members/m-1/positions", {"start", "count"}),
    ("GET", r"/api/v1/members/m-1/(secret|bill|evidence|grid)", {"kind", "first", "last", "since"}),
    ("POST", r"/api/v1/messages", {"receipts"}),
]
LATER = datetime(2026, 6, 3, tzinfo=UTC)
HEADERS = {
    "host", "accept", "accept-encoding", "connection", "user-agent", "content-type", "content-length",
    "laag-member", "laag-at", "laag-signature",
}  # fmt: skip
SAID = {"kind", "member", "day", "number", "signature"}
ROWS = {"device", "ptu", "side", "quantity_wh", "limit_ticks"}
STEPS = {
    "request",
    "ptu",
    "less_wh",
    "price_ticks",
    "rebound_step",
    "rebound_ptu",
    "rebound_wh",
    "least_permille",
}
FIELDS = {
    "orders": SAID | ROWS,
    "amendments": SAID | ROWS,
    "readings": SAID | {"ptu", "wh"},
    "offers": SAID | STEPS,
}


class Listening(Place):
    """Remembers every call as it came over the wire."""

    def __init__(self) -> None:
        super().__init__()
        self.heard = []

    async def _answers(self, request):
        await request.aread()
        self.heard.append(request)
        return await super()._answers(request)


def test_nothing_leaves_a_home_but_orders_amendments_readings_and_offers(tmp_path):
    place = Listening()
    place.grid["asked"] = [asked(until=LATER)]

    async def lives():
        agent = agent_in(tmp_path, place=place)
        agent.wishes.add("auto op 80 % om 07:00 op werkdagen")
        agent.wishes.add("help als een kabel vol is vanaf 7,5 ct/kWh met hoogstens 3,5 kW")
        async with running(agent):
            await until(
                lambda: (
                    place.orders()
                    and place.readings()[0]
                    and agent.life.positions
                    and any(one.less_wh for one in place.offers())
                ),
                60,
            )
        return agent

    agent = asyncio.run(lives())
    name = agent.life.house.name
    for call in place.heard:
        path, query = call.url.path, set(call.url.params)
        assert any(
            call.method == method and re.fullmatch(known, path) and query <= asks
            for method, known, asks in CALLS
        ), (call.method, path)
        assert set(call.headers) <= HEADERS
        assert name.encode() not in call.content
        if path.endswith("/messages"):
            said = json.loads(call.content)
            assert set(said) == {"messages"}
            for one in said["messages"]:
                assert set(one) == FIELDS[one["kind"]]
                assert one["member"] == "m-1"
                columns = [
                    value for name, value in one.items() if isinstance(value, list) and name != "less_wh"
                ]
                columns += one.get("less_wh", [])
                assert all(type(number) is int for column in columns for number in column)
        else:
            assert call.content == b""
    assert {one.day >= DAY for one in place.orders()} == {True}


def test_an_offer_shows_steps_prices_and_what_comes_back_of_what_was_asked_and_nothing_else(tmp_path):
    """Nothing of what it is for, who lives there or what the rest of the day is like; without leave not even that."""
    told = {}
    for name, wish in (
        ("says", "help als een kabel vol is vanaf 0 ct/kWh"),
        ("silent", "woonkamer 20 graden"),
    ):
        place = Listening()
        place.grid["asked"] = [asked(until=LATER)]
        folder = tmp_path / name
        folder.mkdir()
        agent = agent_in(folder, speed=1.0, place=place)
        agent.wishes.add(wish)

        async def once(agent=agent):
            await agent.neighbour.look()
            await agent.plan()
            await agent.neighbour._sent()

        asyncio.run(once())
        (told[name],) = place.offers()
    offer = told["says"]
    assert offer.ptu == min(EVENING)
    assert {len(row) for row in offer.less_wh} == {len(EVENING)}
    assert len(offer.less_wh) <= 5
    assert set(offer.rebound_step) <= set(range(len(offer.less_wh)))
    plain = told["silent"].model_dump(exclude={"member", "day", "number", "request", "signature", "kind"})
    assert not any(plain.values())
