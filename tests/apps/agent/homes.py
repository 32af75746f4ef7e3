"""Homes of the built-in street as settings on disk, and a neighbourhood that answers, delays, fails and goes away."""

import asyncio
from contextlib import asynccontextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from functools import cache

import httpx

from laag.adapters.clocks import faster
from laag.adapters.keys import verified
from laag.adapters.neighbourhood.link import Neighbourhood
from laag.adapters.neighbourhood.signing import SKEW_S, call_bytes, message_bytes
from laag.adapters.neighbourhood.wire import Messages
from laag.apps.agent import config, wiring
from laag.apps.agent.settings import settings_of
from laag.apps.agent.surroundings import Surroundings
from laag.foundation.ptu import PTU
from laag.study.population import street as built_in

DAY = date(2026, 6, 1)
MORNING = datetime(2026, 6, 1, 4, tzinfo=UTC)
PLAIN, FULL = 7, 6
"""A home with nothing to steer, and one with everything."""
URL = "http://kade.test"


@cache
def street():
    return built_in(DAY, 3, homes=8, warmup_days=1)


def settings(folder, which, clock, **more):
    home = street().homes[which]
    Surroundings.of(street(), home).save(folder / "house.npz")
    start = home.start
    return settings_of(
        home,
        clock=str(clock),
        meter="simulated",
        neighbourhood={"url": URL},
        simulated={
            "stored_kwh": start.stored_kwh,
            "ev_stored_kwh": start.ev_stored_kwh,
            "indoor_c": start.indoor_c,
        },
        **more,
    )


def agent_in(folder, which=FULL, speed=3000.0, place=None, begins=MORNING):
    """An agent; with ``place``, a member of that neighbourhood since the first day."""
    street()  # takes seconds, and the clock runs
    clock = faster(speed, begins)
    made = wiring.agent_of(config.parse(settings(folder, which, clock), folder))
    link = made.neighbour.link
    if place is not None:
        made.neighbour.link = Neighbourhood(URL, link.key, "m-1", place.client())
        made.neighbour._since = datetime(2026, 5, 31, 22, tzinfo=UTC)
        place.keys["m-1"] = link.key.public
        place.clock = clock
    else:
        made.neighbour = None
    return made


@asynccontextmanager
async def running(agent):
    task = asyncio.create_task(agent.run())
    try:
        yield agent
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def until(condition, limit_s=30.0):
    """Wait for something; the machine may be busy."""
    for _ in range(int(limit_s / 0.05)):
        if condition():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it did not come about in time")


class Place:
    """A neighbourhood on one page: keeps what it takes, and can be made to fail in every way."""

    def __init__(self) -> None:
        self.taken = {}
        self.order = []
        self.keys = {}
        self.away = False
        self.loses_answers = False
        self.refuses = set()
        self.ahead = timedelta(0)
        self.clock = None
        self.calls = 0
        self.grid = {"asked": [], "ordered": [], "limits": []}

    def client(self):
        return httpx.AsyncClient(transport=httpx.MockTransport(self._answers))

    async def _answers(self, request):
        self.calls += 1
        if self.away:
            raise httpx.ConnectError("nobody there", request=request)
        path = request.url.path.removeprefix("/api/v1")
        if path == "/messages":
            done = self._messages(request)
            if self.loses_answers:
                raise httpx.ReadTimeout("too late", request=request)
            return done
        if path == "/board":
            return httpx.Response(200, json=board(self.clock.now()))
        if path.endswith("/positions"):
            return self._signed(request) or httpx.Response(
                200, json={"start": "2026-06-01T00:00:00Z", "wh": []}
            )
        if path == "/members/m-1/grid":
            return self._signed(request) or httpx.Response(200, json=self.grid)
        if path == "/members/m-1":
            return self._signed(request) or httpx.Response(200, json=self._standing())
        await asyncio.sleep(0.2)
        return httpx.Response(200, text="event: board\ndata: {}\n\n")

    def _messages(self, request):
        answers = []
        for one in Messages.model_validate_json(request.content).messages:
            assert verified(self.keys[one.member], one.signature, message_bytes(one))
            last = self.order[-1] if self.order else -1
            if one.number in self.refuses:
                status = "refused"
            elif one.number <= last:
                status = "known"
            else:
                status = "taken"
                self.taken[one.number] = one
                self.order.append(one.number)
            answers.append({"number": one.number, "status": status})
        return httpx.Response(200, json={"answers": answers, "now": "2026-06-01T00:00:00Z"})

    def _standing(self):
        return {
            "member": "m-1",
            "first_day": "2026-06-01",
            "last_day": None,
            "cable": "",
            "connection": "3x25A",
            "last_number": self.order[-1] if self.order else -1,
            "heard": {},
        }

    def _signed(self, request):
        now = datetime.now(UTC) + self.ahead
        at = datetime.fromisoformat(request.headers["laag-at"])
        if abs((at - now).total_seconds()) > SKEW_S:
            return httpx.Response(401, json={"detail": {"en": "too far off", "now": now.isoformat()}})
        target = request.url.raw_path.decode()
        data = call_bytes("GET", target, request.headers["laag-member"], at, b"")
        assert verified(self.keys["m-1"], request.headers["laag-signature"], data)
        return None

    def readings(self):
        """Wh by instant, and how often each was told."""
        found, often = {}, {}
        for one in self.taken.values():
            if one.kind == "readings":
                begins = datetime(one.day.year, one.day.month, one.day.day, tzinfo=UTC) - timedelta(hours=2)
                for ptu, wh in zip(one.ptu, one.wh, strict=True):
                    at = begins + ptu * PTU
                    found[at] = wh
                    often[at] = often.get(at, 0) + 1
        return found, often

    def orders(self):
        return [one for one in self.taken.values() if one.kind == "orders"]

    def offers(self):
        return [one for one in self.taken.values() if one.kind == "offers"]


def board(now):
    """Cheap at noon, dear in the evening."""
    start = now - timedelta(seconds=now.timestamp() % 900)
    hours = [(start + i * PTU).hour for i in range(240)]
    buy = [0.35 if 15 <= hour < 20 else 0.15 if 9 <= hour < 14 else 0.25 for hour in hours]
    gate = now.replace(hour=10, minute=0, second=0, microsecond=0)
    if gate <= now:
        gate += timedelta(days=1)
    return {
        "start": start.isoformat(),
        "made_at": now.isoformat(),
        "buy_eur_per_kwh": buy,
        "sell_eur_per_kwh": [0.4 * price for price in buy],
        "above_eur_per_kwh": buy,
        "below_eur_per_kwh": [0.4 * price for price in buy],
        "margin_eur_per_kwh": [0.6 * price for price in buy],
        "published_until": (start + 96 * PTU).isoformat(),
        "bid_day": (gate + timedelta(days=1)).date().isoformat(),
        "gate": gate.isoformat(),
        "surprise_eur_per_kwh": [],
        "spread_eur_per_kwh": 0.02,
        "vat": 1.21,
        "notes": [],
    }
