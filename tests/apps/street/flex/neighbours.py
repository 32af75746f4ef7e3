"""A street of a dozen homes and a grid operator's desk in one process; what they say to each other is carried by hand."""

from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

import numpy as np
from tests.apps.street.kade import FIRST, STREET, Hands

from laag.adapters.keys import Key
from laag.adapters.neighbourhood.signing import message_bytes
from laag.adapters.neighbourhood.wire import Offers
from laag.adapters.stores import open_log
from laag.adapters.uftp import translate
from laag.adapters.uftp.desk import Desk
from laag.adapters.uftp.dso import Operator, Timing
from laag.adapters.uftp.participants import Listed, Participant
from laag.adapters.uftp.rules import Rules
from laag.adapters.uftp.signing import published
from laag.apps.street.flex.config import read
from laag.apps.street.flex.line import AtTheGrid
from laag.apps.street.keeper import Keeper
from laag.apps.street.taking import Signed
from laag.cycle import live

AGR, NET = "kade.example", "net.example"
POINT = "ean.871685900012636543"
HOMES = tuple(f"h-{n:02}" for n in range(12))
KEYS = {name: Key.new() for name in HOMES}
OURS, THEIRS = Key.new(), Key.new()
NOBODY_S = "http://127.0.0.1:9/nobody"
PLACE = replace(
    STREET, cables=(live.Cable("north"), live.Cable("south")), import_max_kw=np.inf, export_max_kw=np.inf
)
EVENING = np.arange(72, 80)
WH = 1_000
PENALTY_TICKS = 30_000


def settings(**more):
    return read(
        {
            "domain": AGR,
            "operator": NET,
            "operator_endpoint": NOBODY_S,
            "operator_key": published(THEIRS.public),
            "points": [POINT],
            "penalty_eur_per_kwh": Decimal("0.30"),
            **more,
        },
        PLACE,
        "wall",
    )


@dataclass
class Net:
    """The grid operator."""

    desk: Desk
    operator: Operator
    measured: dict

    def act(self, now):
        for due in self.operator.due(self.desk, now):
            due.then(self.desk, due.work(), now)

    def heard(self, kind):
        return list(self.desk.books.days(kind, mine=False))

    def said(self, kind):
        return list(self.desk.books.days(kind, mine=True))


def net(store, capacity_kw=40, penalty="0.30"):
    rules = Rules({POINT: frozenset({AGR})})
    listed = Listed([Participant.of(AGR, "AGR", NOBODY_S, published(OURS.public))])
    measured = {}

    def check(_point, grid, watts):
        return translate.room(sum(watts.values()), capacity_kw * 1000, grid)

    operator = Operator(
        check,
        lambda _point, _peer, grid: measured.get(grid.start.date() + timedelta(days=1)),
        timing=Timing(timedelta(minutes=30)),
        penalty_eur_per_kwh=Decimal(penalty),
    )
    return Net(Desk(NET, "DSO", THEIRS, listed, rules, store), operator, measured)


class Kade:
    """The street, its line, and the grid operator beside it."""

    def __init__(self, keeper, line, other, clock) -> None:
        self.keeper, self.line, self.net, self.clock = keeper, line, other, clock

    @property
    def now(self):
        return self.clock.now()

    async def post(self):
        """Carry everything that waits, either way, until nothing does."""
        desk = self.line.aggregating.line
        for _ in range(20):
            ours = await desk.on_desk(lambda one: one.waiting())
            theirs = self.net.desk.waiting()
            if not ours and not theirs:
                return
            for letter in ours:
                heard = self.net.desk.hear(letter.envelope, self.now)
                assert heard.status == 200, heard.why
                await desk.on_desk(lambda one, id_=letter.id: one.delivered(id_, 200, self.now))
            for letter in theirs:
                heard = await desk.hear(letter.envelope)
                assert heard.status == 200, heard.why
                self.net.desk.delivered(letter.id, 200, self.now)

    async def turn(self):
        """Both do what is due, and the post goes."""
        await self.line.act()
        await self.post()
        self.net.act(self.now)
        await self.post()
        await self.line.act()
        await self.post()

    async def cleared(self, day=FIRST, wh=WH):
        """Everybody orders for the evening, and the market is cleared."""
        count = len(EVENING)
        for number, name in enumerate(HOMES):
            rows = live.Rows(
                np.zeros(count, np.int64),
                EVENING,
                np.ones(count, np.int64),
                np.full(count, wh + number),
                np.full(count, 40_000),
            )
            await self.keeper.tell(live.Ordered(name, day, self.number(name), rows))
        self.clock.at = max(self.clock.at, live.gate(PLACE, day) + timedelta(minutes=30))
        await self.keeper.tell(live.Closed(day))
        await self.keeper.tell(live.Priced(day, np.full(len(PLACE.grid(day)), 8_000), "exchange"))
        assert self.keeper.live.day(day).is_cleared

    def number(self, name):
        return self.keeper.live.numbers.get(name, -1) + 1

    def asked(self, day=FIRST):
        return list(self.keeper.live.day(day).askings.values())

    async def offer(self, name, less_wh=400, ticks=25_000, permille=0, day=FIRST, which=0):
        """As a home says it: a part of every quarter-hour that is asked for, and as much later."""
        one = self.asked(day)[which]
        ptu = one.asked.ptu
        first, count = int(ptu.min()), int(ptu.max() - ptu.min()) + 1
        row = [less_wh if first + at in ptu else 0 for at in range(count)]
        said = Offers(
            member=name, day=day, number=self.number(name), request=one.asked.request, ptu=first,
            less_wh=[row] if less_wh else [], price_ticks=[ticks] if less_wh else [],
            rebound_step=[0] * count if less_wh else [],
            rebound_ptu=[84 + at for at in range(count)] if less_wh else [],
            rebound_wh=row if less_wh else [],
            least_permille=permille, signature="0" * 128,
        )  # fmt: skip
        signed = said.model_copy(update={"signature": KEYS[name].sign(message_bytes(said))})
        (outcome,) = await self.keeper.ask([Signed(signed)])
        return outcome

    async def offers(self, homes=HOMES, **more):
        for number, name in enumerate(homes):
            await self.offer(name, ticks=20_000 + 100 * number, **more)

    async def metered(self, day=FIRST, less_wh=0):
        """Everybody used what it agreed to, or so much less in each quarter-hour that was ordered."""
        known = self.keeper.live.day(day)
        self.clock.at = max(self.clock.at, PLACE.grid(day).end + timedelta(hours=3))
        for row, name in enumerate(HOMES):
            wh = known.market.cleared_wh[row].copy()
            for one in known.askings.values():
                for order in one.orders:
                    mine = order.home == row
                    np.subtract.at(wh, order.ptu[mine], order.bought_wh[mine] * less_wh // 100)
                    np.add.at(wh, order.ptu[mine], order.comes_back_wh[mine] * less_wh // 100)
            await self.keeper.tell(live.Metered(name, day, self.number(name), np.arange(len(wh)), wh))
        ticks = np.full(len(PLACE.grid(day)), 8_000)
        await self.keeper.tell(live.Imbalanced(day, ticks + 500, ticks - 500, "operator"))
        await self.keeper.tell(live.Settle(day))


@asynccontextmanager
async def kade(folder, capacity_kw=40, clock=None, **more):
    """All of it, from whatever is in the folder's stores."""
    clock = clock or Hands()
    with open_log(str(folder / "net.sqlite")) as theirs:
        async with Keeper(lambda: open_log(str(folder / "street.sqlite")), PLACE, clock) as keeper:
            for name, key in KEYS.items():
                if name not in keeper.kept.keys:
                    cable = "north" if name < "h-11" else "south"
                    await keeper.tell(live.Joined(name, FIRST, cable), {"public_key": key.public})
            line = AtTheGrid(settings(**more), OURS, str(folder / "uftp.sqlite"), keeper)
            async with line.aggregating.opened():
                yield Kade(keeper, line, net(theirs, capacity_kw), clock)
