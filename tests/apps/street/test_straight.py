"""Messages go a shorter way than all other calls, and are answered as if they went the long one."""

import asyncio
import json
from contextlib import asynccontextmanager

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.apps.street.kade import FIRST, KEYS, STREET, Hands, orders, readings

from laag.adapters.keys import Key
from laag.adapters.stores import SqliteLog, open_log
from laag.adapters.stores.records import open_records
from laag.apps.access import Door, Role
from laag.apps.street.api import API_DOORS
from laag.apps.street.api.straight import Straight
from laag.apps.street.app import street_app
from laag.apps.street.bounded import MOST_BYTES
from laag.apps.street.keeper import Keeper
from laag.apps.street.running import Running, wall_s
from laag.apps.street.sources import InTurn
from laag.apps.web.headers import ALWAYS
from laag.cycle import live
from laag.foundation.errors import BadInput

HERE = "http://kade"
MESSAGES = "/api/v1/messages"
STRANGER = Key.new()


@asynccontextmanager
async def server(way, opens=lambda: open_log(":memory:")):
    """A neighbourhood's server in this process, called by one of the two ways."""
    keeper = Keeper(opens, STREET, Hands())
    with open_records(":memory:") as records:
        running = Running(keeper, records, InTurn([], keeper.figures), version="test")
        app = street_app(running)
        async with app.router.lifespan_context(app):
            for name, key in KEYS.items():
                await keeper.tell(live.Joined(name, FIRST, "north"), {"public_key": key.public})
            transport = httpx.ASGITransport(way(app, running), raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url=HERE) as caller:
                yield running, caller


def long_way(app, _):
    return app


def short_way(app, running):
    return Straight(app, running, app.state.doors)


def alone(_, running):
    """Where there is no long way: what does not go the short one comes out as nobody's."""

    async def nobody(_, __, send):
        await send({"type": "http.response.start", "status": 299, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    return Straight(nobody, running, API_DOORS)


def body(*messages):
    return b'{"messages":[' + b",".join(messages) + b"]}"


def said(message):
    return message.model_dump_json().encode()


MEMBERS = st.sampled_from(sorted(KEYS))
NUMBERS = st.integers(0, 4)
ORDERS = st.builds(orders, MEMBERS, NUMBERS, wh=st.sampled_from([0, 500])).map(said)
READINGS = st.builds(readings, MEMBERS, NUMBERS).map(said)
FORGED = st.builds(orders, MEMBERS, NUMBERS, key=st.just(STRANGER)).map(said)
NONSENSE = st.sampled_from(
    [b"7", b"{}", b'{"kind":"orders"}', b'{"member":"m-0","number":3,"day":"x"}', b"[" * 50]
)
BODIES = st.one_of(
    st.lists(st.one_of(ORDERS, READINGS, FORGED, NONSENSE), max_size=4).map(lambda some: body(*some)),
    st.sampled_from([b"", b"{}", b"\xff", b'{"messages":{}}', b"[" * 9_000]),
)  # fmt: skip


@given(st.lists(BODIES, min_size=1, max_size=6))
@settings(max_examples=25, deadline=None)
def test_both_ways_say_the_same(bodies):
    """Status, words and numbers; whatever is said, in whatever order."""

    async def lived(way):
        async with server(way) as (running, caller):
            answers = [await caller.post(MESSAGES, content=one) for one in bodies]
            return [(one.status_code, one.content) for one in answers], running.keeper.live.numbers

    assert asyncio.run(lived(short_way)) == asyncio.run(lived(long_way))


def test_what_every_home_says_goes_the_short_way_and_all_else_the_long_one():
    plain = body(said(orders("m-0", 1)))

    async def pieces():
        yield plain

    async def lived():
        async with server(alone) as (_, caller):
            calls = [
                caller.post(MESSAGES, content=plain),
                caller.post(MESSAGES, content=pieces()),
                caller.post(MESSAGES, content=plain, headers={"host": "a b"}),
                caller.post(MESSAGES, content=b"", headers={"content-length": str(MOST_BYTES + 1)}),
                caller.get(MESSAGES),
                caller.post(f"{MESSAGES}/", content=plain),
                caller.get("/health"),
            ]
            return [(await call).status_code for call in calls]

    assert asyncio.run(lived()) == [200, *[299] * 6]


@pytest.mark.parametrize("content", [body(said(orders("m-0", 1))), b"nonsense"])
def test_the_short_way_carries_the_headers_of_every_answer(content):
    async def lived():
        async with server(short_way) as (_, caller):
            return (await caller.post(MESSAGES, content=content)).headers

    headers = asyncio.run(lived())
    assert ALWAYS.items() <= headers.items()
    assert headers["cache-control"] == "no-store"
    assert headers["content-type"] == "application/json"
    assert "strict-transport-security" not in headers


def test_who_says_too_much_waits_by_either_way():
    async def lived(way):
        async with server(way) as (running, caller):
            running.limits.messages.spend("m-0", wall_s(), 10_000)
            answer = await caller.post(MESSAGES, content=body(said(orders("m-0", 1))))
            return answer.status_code, answer.json(), "retry-after" in answer.headers

    assert asyncio.run(lived(short_way)) == asyncio.run(lived(long_way))
    assert asyncio.run(lived(short_way))[0] == 429


def test_what_cannot_be_written_is_not_acknowledged_by_either_way():
    class Full(SqliteLog):
        """A store whose disk is full once homes speak."""

        def append(self, events):
            if any(event.kind == "ordered" for event in events):
                raise OSError("no space left")
            return super().append(events)

    async def lived(way):
        async with server(way, lambda: Full(":memory:")) as (_, caller):
            answer = await caller.post(MESSAGES, content=body(said(orders("m-0", 1))))
            return answer.status_code, answer.json()

    assert asyncio.run(lived(short_way)) == asyncio.run(lived(long_way))
    assert asyncio.run(lived(short_way))[0] == 503


def test_a_fault_of_ours_is_told_in_both_languages():
    async def lived():
        async with server(short_way) as (running, caller):
            running.keeper.ask = None
            return await caller.post(MESSAGES, content=body(said(orders("m-0", 1))))

    answer = asyncio.run(lived())
    assert answer.status_code == 500
    assert set(json.loads(answer.content)["detail"]) == {"nl", "en"}
    assert ALWAYS.items() <= answer.headers.items()


def test_the_short_way_is_no_way_around_a_door():
    closed = {**API_DOORS, ("POST", MESSAGES): Door.of(Role.HOME)}
    with pytest.raises(BadInput, match="not open to anybody"):
        Straight(None, None, closed)
