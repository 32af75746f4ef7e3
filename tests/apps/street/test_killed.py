"""A server that is killed again and again comes to the same books, and holds once whatever it acknowledged."""

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from datetime import UTC, date, datetime

import httpx
import pytest
from tests.apps.street.kade import KEYS, Hands, books, signed

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


class Process:
    """`laag serve` in a process of its own, that may be killed at any moment and started again."""

    def __init__(self, folder, store) -> None:
        self.config = folder / "street.toml"
        self.store = store
        self.said = folder / "said"
        self.process = None
        self.at(MORNING)

    def at(self, moment):
        """Where its clock begins when it is started next; minutes pass in seconds."""
        self.config.write_text(
            f'[street]\nname = "Kade"\nfirst_day = {FIRST}\nstore = "{self.store}"\nport = 0\nclock = "{faster(20, moment)}"\n'
        )

    def start(self):
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        with self.said.open("w") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "laag.apps.cli", "serve", str(self.config)], stderr=said, stdout=subprocess.DEVNULL, env=environment
            )  # fmt: skip
        until = time.monotonic() + WITHIN_S
        while True:
            for line in self.said.read_text().splitlines():
                if '"listening"' in line:
                    self.url = json.loads(line)["url"]
                    return
            assert self.process.poll() is None, self.said.read_text()
            assert time.monotonic() < until, self.said.read_text()
            time.sleep(0.05)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(WITHIN_S)


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


def lived(folder, store, kills):
    """A day of three homes; what the log gives, its events, and what was acknowledged."""
    random.seed(1)
    server = Process(folder, store)
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
    server.start()
    settled(server)
    assert server.stop() == 0, server.said.read_text()
    with open_log(config.store) as log:
        log.verify()
        events = list(log.events())
    kept = Kept(live.begin(config.place))
    for event in events:
        kept = followed(kept, event)
    return kept, events, homes.acknowledged


def uninterrupted(folder):
    """The books of the same day, without a server."""
    place = read(Process(folder, "calm.sqlite").config).place
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
    pid, wait_s = server.process.pid, random.uniform(0.02, 0.2)
    again = f"import os, time; time.sleep({wait_s}); os.kill({pid}, 9)"
    killer = subprocess.Popen([sys.executable, "-c", again])
    with httpx.Client(timeout=20) as caller, suppress(httpx.HTTPError):
        while True:
            homes.send(caller, server.url)
            caller.get(f"{server.url}/api/v1/about")
    killer.wait()
    server.process.wait()


def settled(server):
    """Wait until the day is."""
    until = time.monotonic() + WITHIN_S
    while '"Settle"' not in server.said.read_text():
        assert time.monotonic() < until, server.said.read_text()
        time.sleep(0.1)


@pytest.mark.slow
def test_killed_again_and_again_the_books_are_the_same_and_nothing_is_lost_or_twice(tmp_path, fresh):
    kept, events, acknowledged = lived(tmp_path, fresh(), KILLS)
    assert len(books(kept.live)[str(FIRST)][0]) > 300
    assert books(kept.live)[str(FIRST)] == uninterrupted(tmp_path)[str(FIRST)]
    said = [
        (str(one.facts["member"]), int(one.facts["number"]))
        for one in events
        if one.kind in {"ordered", "metered"}
    ]
    assert len(said) == len(set(said)), "something is there twice"
    assert set(said) == set(acknowledged)
    assert len([one for one in events if one.kind == "settled" and one.key == str(FIRST)]) == 1
