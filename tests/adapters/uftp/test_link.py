"""The door says what the transport can; the carrier tries until it is taken, in order, and holds up nobody else."""

import asyncio
from contextlib import asynccontextmanager, contextmanager

import httpx
import pytest
import uvicorn
from fastapi import FastAPI, Response
from tests.doors import free_port

from laag.adapters.clocks import Wall
from laag.adapters.keys import Key
from laag.adapters.stores import open_log
from laag.adapters.uftp.desk import DELIVERED, Desk
from laag.adapters.uftp.link import PATH, Carrying, Line
from laag.adapters.uftp.participants import Listed, Participant
from laag.adapters.uftp.rules import Rules
from laag.adapters.uftp.signing import opened
from laag.adapters.uftp.wire import u

pytestmark = pytest.mark.slow
US, THEM = "agr.example", "dso.example"
OURS, THEIRS = Key.new(), Key.new()
XML = {"Content-Type": "text/xml; charset=utf-8"}


def line(store, port=1, **carrying):
    listed = Listed([Participant.of(THEM, "DSO", f"http://127.0.0.1:{port}{PATH}", THEIRS.public)])

    @contextmanager
    def desk():
        with open_log(store) as log:
            yield Desk(US, "AGR", OURS, listed, Rules({}), log)

    return Line(desk, Wall(), Carrying(first_wait_s=0.05, longest_wait_s=0.2, **carrying))


def answer_of(tmp_path, body=b"", headers=XML, **more):
    async def ask():
        one = line(tmp_path / "l.sqlite")
        app = FastAPI()
        app.include_router(one.router())
        async with (
            one.opened(),
            httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://x") as client,
        ):
            return await client.post(PATH, content=body, headers=headers, **more)

    return asyncio.run(ask())


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"<a/>", {"Content-Type": "application/json"}, 400),
        (b"<a/>", {"Content-Type": "text/xml; charset=iso-8859-1"}, 400),
        (b"<a/>", XML, 400),
        (b"", XML, 400),
        (b'<!DOCTYPE a><SignedMessage SenderDomain="a.nl" SenderRole="AGR" Body="eA=="/>', XML, 400),
        (b'<SignedMessage SenderDomain="nobody.example" SenderRole="DSO" Body="eA=="/>', XML, 419),
        (b'<SignedMessage SenderDomain="dso.example" SenderRole="DSO" Body="eA=="/>', XML, 401),
        (b"x" * (5 * 2**20), XML, 400),
    ],
    ids=["json", "latin", "not ours", "nothing", "doctype", "nobody", "unsigned", "large"],
)
def test_the_door_says_what_the_transport_can(tmp_path, body, headers, status):
    answer = answer_of(tmp_path, body, headers)
    assert answer.status_code == status
    assert answer.text


async def pieces():
    yield b"<a/>"


def test_a_message_says_how_long_it_is(tmp_path):
    assert answer_of(tmp_path, pieces()).status_code == 411


def test_too_many_messages_are_told_to_come_back(tmp_path):
    async def ask():
        one = line(tmp_path / "l.sqlite")
        app = FastAPI()
        app.include_router(one.router())
        async with (
            one.opened(),
            httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://x") as client,
        ):
            return [(await client.post(PATH, content=b"<a/>", headers=XML)).status_code for _ in range(610)]

    assert asyncio.run(ask())[-1] == 429


@asynccontextmanager
async def other_side(port, statuses, elsewhere=""):
    """Answers with these, one after another and then with 200, and keeps what it was sent."""
    heard = []

    async def door(scope, receive, send):
        message = await receive()
        heard.append(message["body"])
        status = statuses.pop(0) if statuses else 200
        headers = {"Location": elsewhere} if elsewhere else None
        await Response("why" if status != 200 else "", status, headers)(scope, receive, send)

    server = uvicorn.Server(uvicorn.Config(door, port=port, log_config=None, lifespan="off"))
    serving = asyncio.create_task(server.serve())
    await until(lambda: asyncio.sleep(0, server.started))
    try:
        yield heard
    finally:
        server.should_exit = True
        await serving


async def until(is_so):
    for _ in range(1200):
        if await is_so():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it did not come to that within a minute")


def test_what_nobody_takes_is_carried_until_somebody_does_and_in_order(tmp_path):
    async def live():
        port = free_port()
        one = line(tmp_path / "l.sqlite", port)
        async with one.opened():
            ids = [
                await one.on_desk(
                    lambda desk: desk.say(u.TestMessage(), desk.participant(THEM, "DSO"), Wall().now())
                )
                for _ in range(3)
            ]
            await asyncio.sleep(0.3)  # nobody is there
            async with other_side(port, [503, 500, 404, 429, 200, 503]) as heard:
                await until(lambda: one.on_desk(lambda desk: not desk.waiting()))
        return ids, [known_id(body) for body in heard]

    ids, heard = asyncio.run(live())
    assert list(dict.fromkeys(heard)) == ids
    assert len(heard) == 3 + 5


def known_id(envelope):
    from laag.adapters.uftp.wire import read

    return read(opened(envelope)[2][64:]).message_id


def test_what_will_never_be_taken_is_given_up_and_the_log_says_so(tmp_path):
    async def live():
        port = free_port()
        one = line(tmp_path / "l.sqlite", port)
        async with one.opened(), other_side(port, [401]) as heard:
            for _ in range(2):
                await one.on_desk(
                    lambda desk: desk.say(u.TestMessage(), desk.participant(THEM, "DSO"), Wall().now())
                )
            await until(lambda: one.on_desk(lambda desk: not desk.waiting()))
            return len(heard)

    assert asyncio.run(live()) == 2
    with open_log(tmp_path / "l.sqlite") as log:
        assert [(event.facts["status"], event.facts["why"]) for event in log.events(DELIVERED)] == [
            (401, "why"),
            (200, ""),
        ]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_message_goes_to_the_address_that_is_listed_whatever_an_answer_points_to(tmp_path, status):
    async def live():
        port, other = free_port(), free_port()
        one = line(tmp_path / "l.sqlite", port, within_s=0.3)
        there = f"http://127.0.0.1:{other}{PATH}"
        async with one.opened(), other_side(other, []) as astray, other_side(port, [status] * 99, there):
            await one.on_desk(
                lambda desk: desk.say(u.TestMessage(), desk.participant(THEM, "DSO"), Wall().now())
            )
            await until(lambda: one.on_desk(lambda desk: not desk.waiting()))
            return astray

    assert asyncio.run(live()) == []
    with open_log(tmp_path / "l.sqlite") as log:
        (given_up,) = log.events(DELIVERED)
    assert given_up.facts["status"] == status
    assert "nowhere else" in given_up.facts["why"]


def test_trying_ends(tmp_path):
    async def live():
        one = line(tmp_path / "l.sqlite", free_port(), within_s=0.3)
        async with one.opened():
            await one.on_desk(
                lambda desk: desk.say(u.TestMessage(), desk.participant(THEM, "DSO"), Wall().now())
            )
            await until(lambda: one.on_desk(lambda desk: not desk.waiting()))

    asyncio.run(live())
    with open_log(tmp_path / "l.sqlite") as log:
        (given_up,) = log.events(DELIVERED)
    assert given_up.facts["status"] == 0


def test_a_participant_that_is_listed_no_more_holds_up_nobody_else(tmp_path):
    async def live():
        port = free_port()
        one = line(tmp_path / "l.sqlite", port)
        gone = Participant.of("gone.example", "DSO", "http://127.0.0.1:1/x", THEIRS.public)
        async with one.opened(), other_side(port, []) as heard:
            await one.on_desk(lambda desk: desk.say(u.TestMessage(), gone, Wall().now()))
            await one.on_desk(
                lambda desk: desk.say(u.TestMessage(), desk.participant(THEM, "DSO"), Wall().now())
            )
            await until(lambda: one.on_desk(lambda desk: len(desk.waiting()) == 1))
            return len(heard)

    assert asyncio.run(live()) == 1
