"""Two thousand homes as a server sees them: keys, order lists like those of the built-in street, and readings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TypeVar

import numpy as np

from laag.adapters.keys import Key
from laag.adapters.neighbourhood.signing import call_bytes, message_bytes
from laag.adapters.neighbourhood.wire import Orders, Readings
from laag.adapters.stores import SqliteLog
from laag.apps.simulator import simulate
from laag.apps.wiring import Options, terms_of
from laag.cycle import live, replay
from laag.cycle.day import prepare
from laag.cycle.events import STEPPED, DayOrders, from_event
from laag.foundation.contracts import Ints
from laag.study.population import street as built_in

FIRST = date(2026, 3, 27)
LIKE_HOMES = 24
"""So many homes of the built-in street are planned; the others order like one of these, a little different."""
NO_SIGNATURE = "0" * 128
CABLES = 20
Wire = TypeVar("Wire", Orders, Readings)


@dataclass(frozen=True, slots=True)
class Templates:
    """A day of some homes."""

    orders: DayOrders
    offtake_wh: Ints


@cache
def templates() -> Templates:
    """What the built-in street orders and uses on a day."""
    street = built_in(FIRST, 1, homes=LIKE_HOMES, warmup_days=8)
    run = prepare(street, terms_of(Options(policy="layered", rule="layered")), FIRST, 1)
    with SqliteLog(":memory:") as log:
        simulate(run, log, version="load", workers=1, resume=False, told=lambda *_: None)
        steps = [from_event(event) for event in log.events(STEPPED)]
    (day,) = replay.days(run, steps)
    assert day.market is not None
    return Templates(day.market.orders, day.readings.offtake_wh)


@dataclass(frozen=True, slots=True)
class Home:
    """One of them."""

    number: int
    key: Key

    @property
    def member(self) -> str:
        """Its name."""
        return f"m-{self.number:06d}"

    @property
    def cable(self) -> str:
        """Where it hangs."""
        return f"c{self.number % CABLES}"

    def rows(self, day: date) -> live.Rows:
        """Its orders for a day."""
        rng = np.random.default_rng((self.number, day.toordinal()))
        like = templates().orders
        mine = like.member == self.number % LIKE_HOMES
        wh = np.maximum(1, like.quantity_wh[mine] * rng.integers(50, 151, int(mine.sum())) // 100)
        worth = like.limit_ticks[mine]
        ticks = np.where(np.abs(worth) < 1_000_000, worth + rng.integers(-500, 501, len(worth)), worth)
        return live.Rows(like.device[mine], like.ptu[mine], like.side[mine], wh, ticks)

    def offtake_wh(self, day: date) -> Ints:
        """What its meter says of a day."""
        rng = np.random.default_rng((self.number, day.toordinal(), 1))
        like = templates().offtake_wh[self.number % LIKE_HOMES]
        return np.asarray(like * rng.integers(50, 151, len(like)) // 100, np.int64)

    def orders(self, day: date, number: int) -> Orders:
        """Its orders, signed."""
        rows = self.rows(day)
        return self._signed(
            Orders(
                member=self.member,
                day=day,
                number=number,
                device=rows.device.tolist(),
                ptu=rows.ptu.tolist(),
                side=rows.side.tolist(),
                quantity_wh=rows.quantity_wh.tolist(),
                limit_ticks=rows.limit_ticks.tolist(),
                signature=NO_SIGNATURE,
            )
        )

    def readings(self, day: date, number: int, ptus: Sequence[int]) -> Readings:
        """Some quarter-hours of its meter, signed."""
        wh = self.offtake_wh(day)
        return self._signed(
            Readings(
                member=self.member,
                day=day,
                number=number,
                ptu=list(ptus),
                wh=wh[list(ptus)].tolist(),
                signature=NO_SIGNATURE,
            )
        )

    def _signed(self, message: Wire) -> Wire:
        return message.model_copy(update={"signature": self.key.sign(message_bytes(message))})

    def asks(self, path: str) -> dict[str, str]:
        """The headers with which it asks for its own."""
        at = datetime.now(UTC)
        signature = self.key.sign(call_bytes("GET", path, self.member, at, b""))
        return {
            "laag-member": self.member,
            "laag-at": at.isoformat(timespec="seconds"),
            "laag-signature": signature,
        }


def body(*messages: Orders | Readings) -> bytes:
    """As they are sent."""
    return b'{"messages":[' + b",".join(one.model_dump_json().encode() for one in messages) + b"]}"


def next_day(day: date) -> date:
    """The day after."""
    return day + timedelta(days=1)
