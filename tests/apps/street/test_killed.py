"""A server that is killed again and again comes to the same books, and holds once whatever it acknowledged."""

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from datetime import UTC, date, datetime

import httpx
import pytest
from tests.apps.street.kade import KEYS, Hands, books, signed
from tests.live.nursery import Nursery

from laag.adapters.clocks import faster
from laag.adapters.neighbourhood.wire import Answers, Orders, Readings
from laag.adapters.stores import open_log
from laag.apps.street.config import read
from laag.apps.street.keeper import Keeper
from laag.apps.street.kept import Kept, followed
from laag.apps.street.sources import Model
from laag.apps.street.taking import Signed
from laag.cycle import live

FIRST = date(2026, 6, 1)
MORNING = datetime(2026, 5, 31, 6, tzinfo=UTC)
"""Of the day before: the gate is open."""
EVENING = datetime(2026, 6, 1, 22, 5, tzinfo=UTC)
"""The day is over, and not settled yet."""
NIGHT = datetime(2026, 6, 2, 3, tzinfo=UTC)
KILLS = 2
"""Once among orders and once among readings; tests/live kills it more often."""
WITHIN_S = 90


@pytest.fixture(scope="module")
def nursery():
    """Imports once what each server that is to be killed is a fork of."""
    nursery = Nursery()
    yield nursery
    nursery.end()


def settings(folder, store, moment):
    """Where its clock begins when it is started next; minutes pass in seconds."""
    config = folder / "street.toml"
    config.write_text(
        f'[street]\nname = "Kade"\nfirst_day = {FIRST}\nstore = "{store}"\nport = 0\nclock = "{faster(20, moment)}"\n'
    )
    return config


class Process:
    """A server in a process of its own, that may be killed at any moment and started again."""

    def __init__(self, folder, store, nursery) -> None:
        self.folder, self.store, self.nursery = folder, store, nursery
        self.said = folder / "said"
        self.number = None
        self.at(MORNING)

    def at(self, moment):
        """Where its clock begins from the next start on."""
        self.config = settings(self.folder, self.store, moment)

    def start(self):
        self.said.unlink(missing_ok=True)
        self.number = self.nursery.start("server", self.said, self.config)
        self.url = heard(self.said, '"listening"', lambda: self.nursery.lives(self.number))["url"]

    def kill(self):
        self.nursery.kill(self.number)


def heard(said, word, lives):
    """The first line of a server's log with this word in it."""
    until = time.monotonic() + WITHIN_S
    while True:
        lines = said.read_text().splitlines() if said.exists() else []
        if found := [line for line in lines if word in line and line.endswith("}")]:
            return json.loads(found[0])
        assert lives(), lines
        assert time.monotonic() < until, lines
        time.sleep(0.05)


def settled(config, said):
    """`laag serve` as it is typed, until the day is settled; it ends in good order."""
    with said.open("w") as told:
        served = subprocess.Popen(
            [sys.executable, "-m", "laag.apps.cli", "serve", str(config)], stderr=told, stdout=subprocess.DEVNULL, env={**os.environ, "PYTHONUNBUFFERED": "1"}
        )  # fmt: skip
    try:
        heard(said, '"Settle"', lambda: served.poll() is None)
    finally:
        served.send_signal(signal.SIGTERM)
        ended = served.wait(WITHIN_S)
    assert ended == 0, said.read_text()


class Homes:
    """Homes that send each message until it is answered."""

    def __init__(self, keys) -> None:
        self.keys = keys
        self.numbers = dict.fromkeys(keys, -1)
        self.waiting = []
        self.acknowledged = {}

    def say(self, kind, member, **words):
        self.numbers[member] += 1
        one = kind(member=member, number=self.numbers[member], signature="0" * 128, **words)
        self.waiting.append(signed(one, self.keys[member]))

    def send(self, caller, url):
        """Send all that waits, in parts; what is answered waits no more."""
        while self.waiting:
            part = self.waiting[: random.randint(1, 6)]
            body = {"messages": [one.model_dump(mode="json") for one in part]}
            answer = caller.post(f"{url}/api/v1/messages", json=body)
            if answer.status_code != 200:
                time.sleep(0.1)
                continue
            for one, said in zip(part, Answers.model_validate_json(answer.content).answers, strict=True):
                assert said.status in {"taken", "known"}, said
                self.acknowledged[one.member, one.number] = one
            del self.waiting[: len(part)]


async def begun(config):
    """The members are there, under names that are the same in every run: ties go by them."""
    async with Keeper(lambda: open_log(config.store), config.place, Hands(MORNING)) as keeper:
        for name, key in KEYS.items():
            await keeper.tell(live.Joined(name, FIRST), {"public_key": key.public})


def lived(folder, store, kills, nursery):
    """A day of three homes; what the log gives, its events, and what was acknowledged."""
    random.seed(1)
    server = Process(folder, store, nursery)
    config = read(server.config)
    asyncio.run(begun(config))
    homes = Homes(KEYS)
    for at, say in ((MORNING, orders), (EVENING, readings)):
        server.at(at)
        server.start()
        say(homes)
        for _ in range(kills // 2):
            killed_midway(server, homes)
            server.start()
        with httpx.Client(timeout=WITHIN_S) as caller:
            homes.send(caller, server.url)
        server.kill()
    server.at(NIGHT)
    settled(server.config, folder / "last")
    with open_log(config.store) as log:
        log.verify()
        events = list(log.events())
    kept = Kept(live.begin(config.place))
    for event in events:
        kept = followed(kept, event)
    return kept, events, homes.acknowledged


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory):
    """The books of the same day, without a server."""
    place = read(settings(tmp_path_factory.mktemp("calm"), "calm.sqlite", MORNING)).place
    homes, prices = Homes(KEYS), Model()

    async def day():
        async with Keeper(lambda: open_log(":memory:"), place, Hands(MORNING)) as keeper:
            for name, key in KEYS.items():
                await keeper.tell(live.Joined(name, FIRST), {"public_key": key.public})
            orders(homes)
            await keeper.ask([Signed(one) for one in homes.waiting])
            await keeper.tell(live.Closed(FIRST))
            await keeper.tell(await prices.day_ahead(FIRST))
            keeper.clock.at = EVENING
            homes.waiting.clear()
            readings(homes)
            await keeper.ask([Signed(one) for one in homes.waiting])
            await keeper.tell(await prices.imbalance(FIRST))
            await keeper.tell(live.Settle(FIRST))
            return books(keeper.live)

    return asyncio.run(day())


def orders(homes):
    """Many lists, of which the last counts: two homes buy, one sells."""
    for times in range(20):
        for place, member in enumerate(homes.keys):
            homes.say(Orders, member, day=FIRST, device=[0] * 96, ptu=list(range(96)), side=[int(place < 2)] * 96, quantity_wh=[100 + 50 * place + times] * 96, limit_ticks=[30_000 if place < 2 else 0] * 96)  # fmt: skip


def readings(homes):
    """Every quarter-hour in a message of its own."""
    for ptu in range(96):
        for place, member in enumerate(homes.keys):
            homes.say(
                Readings, member, day=FIRST, ptu=[ptu], wh=[90 + 10 * place + ptu if place < 2 else -120]
            )


def killed_midway(server, homes):
    """Kill it with messages under way, some answered and some not."""
    killer = threading.Timer(random.uniform(0.02, 0.2), server.kill)
    killer.start()
    with httpx.Client(timeout=20) as caller, suppress(httpx.HTTPError):
        while True:
            homes.send(caller, server.url)
            caller.get(f"{server.url}/api/v1/about")
    killer.join()


@pytest.mark.slow
def test_killed_again_and_again_the_books_are_the_same_and_nothing_is_lost_or_twice(
    tmp_path, fresh, nursery, uninterrupted
):
    kept, events, acknowledged = lived(tmp_path, fresh(), KILLS, nursery)
    assert len(books(kept.live)[str(FIRST)][0]) > 300
    assert books(kept.live)[str(FIRST)] == uninterrupted[str(FIRST)]
    said = [
        (str(one.facts["member"]), int(one.facts["number"]))
        for one in events
        if one.kind in {"ordered", "metered"}
    ]
    assert len(said) == len(set(said)), "something is there twice"
    assert set(said) == set(acknowledged)
    assert len([one for one in events if one.kind == "settled" and one.key == str(FIRST)]) == 1
