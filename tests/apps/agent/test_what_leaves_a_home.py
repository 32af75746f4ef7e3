"""Every byte that a whole home says to its neighbourhood is looked at: what is not on these lists does not leave it."""

import asyncio
import json
import re

from tests.apps.agent.homes import DAY, Place, agent_in, running, until

CALLS = [
    ("GET", r"/api/v1/(board|stream|about)", set()),
    ("GET", r"/api/v1/members/m-1", set()),
    ("GET", r"/api/v1/members/m-1/positions", {"start", "count"}),
    ("GET", r"/api/v1/members/m-1/(secret|bill|evidence)", {"kind", "first", "last", "since"}),
    ("POST", r"/api/v1/messages", {"receipts"}),
]
HEADERS = {
    "host", "accept", "accept-encoding", "connection", "user-agent", "content-type", "content-length",
    "laag-member", "laag-at", "laag-signature",
}  # fmt: skip
SAID = {"kind", "member", "day", "number", "signature"}
ROWS = {"device", "ptu", "side", "quantity_wh", "limit_ticks"}
FIELDS = {"orders": SAID | ROWS, "amendments": SAID | ROWS, "readings": SAID | {"ptu", "wh"}}


class Listening(Place):
    """Remembers every call as it came over the wire."""

    def __init__(self) -> None:
        super().__init__()
        self.heard = []

    async def _answers(self, request):
        await request.aread()
        self.heard.append(request)
        return await super()._answers(request)


def test_nothing_leaves_a_home_but_orders_amendments_and_readings(tmp_path):
    place = Listening()

    async def lives():
        agent = agent_in(tmp_path, place=place)
        agent.wishes.add("auto op 80 % om 07:00 op werkdagen")
        async with running(agent):
            await until(lambda: place.orders() and place.readings()[0] and agent.life.positions, 60)
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
                columns = [value for value in one.values() if isinstance(value, list)]
                assert all(type(number) is int for column in columns for number in column)
        else:
            assert call.content == b""
    assert {one.day >= DAY for one in place.orders()} == {True}
