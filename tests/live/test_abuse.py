"""A real server under what nobody should do to it: each time it says what is the matter, goes on, and recovers by itself."""

import asyncio
import resource
import signal
import socket
import time
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from tests.apps.street.kade import DAY, FIRST, KEYS, STREET, orders
from tests.apps.street.test_api import by
from tests.doors import free_port
from tests.live.nursery import Nursery

from laag.adapters.clocks import Wall, faster
from laag.adapters.neighbourhood.wire import Answers
from laag.adapters.stores import open_log
from laag.apps.street.config import read
from laag.apps.street.keeper import Keeper
from laag.cycle import live

WITHIN_S = 60
V1 = "/api/v1"


class Server:
    """`laag serve` on a morning before the first gate."""

    def __init__(self, folder, nursery) -> None:
        self.folder, self._nursery = folder, nursery
        self.port = free_port()
        self.config = folder / "street.toml"
        clock = faster(1, live.gate(STREET, FIRST) - 2 * DAY / 24)
        self.config.write_text(
            f'[street]\nname = "Kade"\nfirst_day = {FIRST}\nclock = "{clock}"\nport = {self.port}\n'
            '[[street.cable]]\nname = "north"\n'
        )
        self.log = folder / "street.sqlite"

        async def join():
            async with Keeper(lambda: open_log(self.log), read(self.config).place, Wall()) as keeper:
                for member, key in KEYS.items():
                    await keeper.tell(live.Joined(member, FIRST, "north"), {"public_key": key.public})

        asyncio.run(join())
        self.number = nursery.start("server", folder / "said.txt", self.config)
        self.client = httpx.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=30, trust_env=False)
        self.until(lambda: self.client.get("/health").status_code == 200)

    def until(self, so):
        until = time.monotonic() + WITHIN_S
        while True:
            with suppress(httpx.HTTPError):
                if so():
                    return
            assert time.monotonic() < until, (self.folder / "said.txt").read_text()[-3000:]
            time.sleep(0.05)

    def send(self, *messages):
        return self.client.post(
            f"{V1}/messages", json={"messages": [one.model_dump(mode="json") for one in messages]}
        )

    def memory_mb(self):
        pages = int(Path(f"/proc/{self.number}/statm").read_text().split()[1])
        return pages * resource.getpagesize() / 2**20


@pytest.fixture(scope="module")
def nursery():
    made = Nursery()
    yield made
    made.end()


@pytest.fixture
def server(nursery, tmp_path):
    made = Server(tmp_path, nursery)
    yield made
    made.client.close()
    nursery.kill(made.number, signal.SIGTERM)
    assert '"stopped"' in (tmp_path / "said.txt").read_text()


def taken(answer):
    assert answer.status_code == 200, answer.text
    return [one.status.value for one in Answers.model_validate_json(answer.content).answers]


def test_hundreds_who_dawdle_keep_nobody_from_being_answered(server):
    lines = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(400)]
    for line in lines:
        line.sendall(b"POST /api/v1/messages HTTP/1.1\r\nHost: kade\r\nContent-Length: 99\r\n")
    assert taken(server.send(orders("m-0", 1))) == ["taken"]
    for line in lines:
        line.close()


def test_bodies_that_are_huge_or_deep_are_refused_and_not_kept(server):
    before = server.memory_mb()
    deep = b"[" * 500_000 + b"]" * 500_000
    told = [
        server.client.post(path, content=content, headers={"content-type": "application/json"}).status_code
        for path in (f"{V1}/messages", f"{V1}/enrolments")
        for content in (
            deep,
            b'{"messages":' + deep + b"}",
            b'{"code":' + deep + b"}",
            b'{"messages":[' + b"{}," * 400 + b"{}]}",
            b'{"messages":[' + b"9" * 1_000_000 + b"]}",
            b"\xff" * 1_000_000,
        )
    ]
    assert all(400 <= status < 500 or status == 200 for status in told), told
    with socket.create_connection(("127.0.0.1", server.port)) as line:
        line.sendall(b"POST /api/v1/enrolments HTTP/1.1\r\nHost: kade\r\nContent-Length: 5000000000\r\n\r\n")
        assert b" 413 " in line.recv(1_000)
    assert taken(server.send(orders("m-0", 1))) == ["taken"]
    assert server.memory_mb() - before < 100


def test_more_listeners_than_there_is_room_for_are_sent_away_and_the_rest_hears(server):
    lines = []
    told = {}
    for _ in range(130):
        line = socket.create_connection(("127.0.0.1", server.port))
        line.sendall(b"GET /api/v1/stream HTTP/1.1\r\nHost: kade\r\n\r\n")
        lines.append(line)
    for line in lines:
        line.settimeout(WITHIN_S)
        status = line.recv(200).split(b" ", 2)[1]
        told[status] = told.get(status, 0) + 1
    assert told == {b"200": 100, b"503": 30}
    assert "laag_listeners 100.0" in server.client.get("/metrics").text
    for line in lines:
        line.close()
    server.until(lambda: "laag_listeners 0.0" in server.client.get("/metrics").text)


def test_a_home_whose_clock_is_off_is_told_the_time(server):
    path = f"{V1}/members/m-0/positions"
    now = Wall().now()
    astray = server.client.get(path, headers=by("m-0", path, at=now + 10 * DAY / 1440))
    assert astray.status_code == 401
    theirs = astray.json()["detail"]["now"]
    right = server.client.get(path, headers=by("m-0", path, at=type(now).fromisoformat(theirs)))
    assert right.status_code == 200
    replayed_later = server.client.get(path, headers=by("m-0", path, at=now - 10 * DAY / 1440))
    assert replayed_later.status_code == 401


def test_a_full_disk_is_said_nothing_is_acknowledged_and_room_is_enough_to_go_on(server):
    assert taken(server.send(orders("m-0", 1))) == ["taken"]
    before = resource.prlimit(server.number, resource.RLIMIT_FSIZE)
    resource.prlimit(server.number, resource.RLIMIT_FSIZE, (4_096, before[1]))
    full = server.send(orders("m-0", 2))
    ill = server.client.get("/health")
    figures = server.client.get("/metrics").text
    resource.prlimit(server.number, resource.RLIMIT_FSIZE, before)
    assert full.status_code == 503
    assert "Retry-After" in full.headers
    assert "niets aangenomen" in full.json()["detail"]["nl"]
    assert ill.status_code == 503
    assert not ill.json()["well"]
    assert ill.json()["store"] != "open"
    assert "laag_store_failures_total 0.0" not in figures
    server.until(lambda: server.client.get("/health").status_code == 200)
    assert taken(server.send(orders("m-0", 2), orders("m-0", 1))) == ["taken", "known"]
    with open_log(server.log) as log:
        assert [event.facts["number"] for event in log.events("ordered")] == [1, 2]
