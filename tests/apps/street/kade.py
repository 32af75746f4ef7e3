"""A neighbourhood for tests: a street, homes with keys, and words as homes sign them."""

from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import numpy as np

from laag.adapters.keys import Key
from laag.adapters.neighbourhood.signing import message_bytes
from laag.adapters.neighbourhood.wire import Orders, Readings
from laag.adapters.stores import open_log
from laag.apps.street.keeper import Keeper
from laag.apps.wiring import Options, terms_of
from laag.cycle import live

FIRST = date(2026, 3, 28)
DAY = timedelta(days=1)
TERMS = terms_of(Options(policy="layered", rule="layered"))
STREET = live.Neighbourhood("Kade", TERMS, FIRST, (live.Cable("north", 20.0, 20.0),), 40.0, 40.0)
KEYS = {f"m-{n}": Key.new() for n in range(3)}


@dataclass
class Hands:
    """A clock whose hands are moved by the test."""

    at: datetime = live.gate(STREET, FIRST) - timedelta(hours=2)
    speed: float = 1.0

    def now(self):
        return self.at

    async def until(self, at):
        self.at = max(self.at, at)


def signed(message, key=None):
    """As its member signs it."""
    key = key or KEYS[message.member]
    return message.model_copy(update={"signature": key.sign(message_bytes(message))})


def orders(member, number, day=FIRST, wh=500, ptu=40, side=1, ticks=30_000, key=None):
    one = Orders(member=member, day=day, number=number, device=[0], ptu=[ptu], side=[side], quantity_wh=[wh], limit_ticks=[ticks], signature="0" * 128)  # fmt: skip
    return signed(one, key)


def readings(member, number, day=FIRST, ptu=(0,), wh=(120,), key=None):
    one = Readings(member=member, day=day, number=number, ptu=list(ptu), wh=list(wh), signature="0" * 128)
    return signed(one, key)


def prices(day, ticks=8_000):
    column = np.full(len(STREET.grid(day)), ticks)
    return (
        live.Priced(day, column, "exchange"),
        live.Imbalanced(day, column + 500, column - 500, "operator"),
    )


@asynccontextmanager
async def street(place=":memory:", clock=None, opens=None, neighbourhood=STREET):
    """A keeper with three members."""
    async with Keeper(opens or (lambda: open_log(place)), neighbourhood, clock or Hands()) as keeper:
        for name, key in KEYS.items():
            if name not in keeper.kept.keys:
                await keeper.tell(live.Joined(name, FIRST, "north"), {"public_key": key.public})
        yield keeper


def books(state):
    """What was booked, as plain numbers."""
    return {
        day.isoformat(): [column.tolist() for column in known.posted.columns()]
        for day, known in sorted(state.days.items())
        if known.posted is not None
    }


def elsewhere(**changes):
    return replace(STREET, **changes)


NOON = datetime(2026, 3, 27, 11, tzinfo=UTC)
