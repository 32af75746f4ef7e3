"""From prognosis to a settled bill between real programs on loopback, killed (-9) at every turn of their clock and between."""

import asyncio
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import httpx
import numpy as np
import pytest
from tests.doors import free_port
from tests.live.processes import Process, eventually

from laag.adapters.clocks import faster
from laag.adapters.keys import Key
from laag.adapters.neighbourhood.link import Away, Neighbourhood
from laag.adapters.neighbourhood.own import OwnBill, OwnGrid
from laag.adapters.neighbourhood.signing import message_bytes
from laag.adapters.neighbourhood.wire import Offers, Orders, Readings, Standing
from laag.adapters.stores import open_log, open_records
from laag.adapters.uftp.desk import known_from, verified_messages
from laag.adapters.uftp.link import PATH
from laag.adapters.uftp.signing import published
from laag.apps.dso import powers
from laag.apps.street import codes
from laag.foundation.ptu import AMSTERDAM, PtuGrid

pytestmark = pytest.mark.slow

DAY = date(2026, 6, 2)
GRID = PtuGrid.day(DAY, AMSTERDAM)
POINT = "ean.871685900012636543"
AGR, NET = "kade.example", "net.example"
HOMES = 12
EVENING = range(72, 80)
ZONE = ZoneInfo("Europe/Amsterdam")
BEFORE, CLEARED, CHOSEN, SETTLED = (
    datetime(2026, 6, day, hour, minute, tzinfo=ZONE)
    for day, hour, minute in ((1, 10, 0), (1, 13, 30), (1, 14, 5), (3, 3, 0))
)
"""Before the gate, after the market, after the request has ended, and when the day is settled."""


@dataclass
class Home:
    """Speaks as a real one would, without its devices; half of them do what they sold, the others nothing of it."""

    name: str
    link: Neighbourhood
    keeps: bool
    number: int = -1
    offered: bool = False
    wh: list = field(default_factory=list)

    async def say(self, message):
        """Until it is answered."""
        signed = message.model_copy(update={"signature": self.link.key.sign(message_bytes(message))})
        while True:
            try:
                (answer,) = (await self.link.send([signed.model_dump_json()])).answers
            except Away:
                await asyncio.sleep(0.2)
            else:
                return answer.status.value

    async def joins(self, code):
        while self.link.member is None:
            try:
                await self.link.enrol(code)
            except Away:
                await asyncio.sleep(0.2)

    def _next(self):
        self.number += 1
        return {"member": self.link.member, "day": DAY, "number": self.number, "signature": "0" * 128}

    async def orders(self):
        count = len(EVENING)
        rows = {
            "device": [0] * count,
            "ptu": list(EVENING),
            "side": [1] * count,
            "quantity_wh": [1_000] * count,
            "limit_ticks": [90_000] * count,
        }
        return await self.say(Orders(**self._next(), **rows))

    async def grid(self):
        try:
            return await self.link.own(OwnGrid, "GET", "grid")
        except Away:
            return None

    async def answers(self):
        """On whatever is asked, once."""
        told = await self.grid()
        if self.offered or told is None or not told.asked:
            return self.offered
        (one,) = told.asked
        first, count = one.ptu[0], one.ptu[-1] - one.ptu[0] + 1
        row = [400 if first + at in one.ptu else 0 for at in range(count)]
        steps = {
            "request": one.id,
            "ptu": first,
            "less_wh": [row],
            "price_ticks": [20_000 + 100 * int(self.name.removeprefix("h-"))],
            "rebound_step": [0] * count,
            "rebound_ptu": [84 + at for at in range(count)],
            "rebound_wh": row,
            "least_permille": 0,
        }
        self.offered = await self.say(Offers(**self._next(), **steps)) in {"taken", "known"}
        return self.offered

    async def meters(self):
        """What it used of the day: what it bought, less what it sold where it keeps to that."""
        wh = np.zeros(len(GRID), np.int64)
        wh[list(EVENING)] = 1_000
        if self.keeps:
            for one in self.ordered:
                np.subtract.at(wh, one.ptu, one.less_wh)
                np.add.at(wh, one.comes_back_ptu, one.comes_back_wh)
        self.wh = wh
        return await self.say(Readings(**self._next(), ptu=list(range(len(GRID))), wh=wh.tolist()))


class Town:
    """Both programs, with their files."""

    def __init__(self, folder) -> None:
        self.folder, self.lives = folder, False
        self.ports = free_port(), free_port()
        self.keys = {}
        for who in ("street", "net"):
            (folder / who).mkdir()
            self.keys[who] = Key.new()
            self.keys[who].save(folder / who / "uftp.pem")
        (folder / "net" / "measured").mkdir()
        self.street = Process(folder / "street.txt", "serve", folder / "street" / "street.toml")
        self.net = Process(folder / "net.txt", "dso", "run", folder / "net" / "dso.toml")
        self.store = str(folder / "street" / "street.sqlite")

    @property
    def url(self):
        return f"http://127.0.0.1:{self.ports[0]}"

    def at(self, instant):
        """Both are killed where they live, and start again at another time."""
        self.kills()
        clock = faster(1, instant)
        net = f"http://127.0.0.1:{self.ports[1]}"
        (self.folder / "street" / "street.toml").write_text(
            f'[street]\nname = "Kade"\nfirst_day = {DAY}\nclock = "{clock}"\nport = {self.ports[0]}\n'
            f'[dso]\ndomain = "{AGR}"\noperator = "{NET}"\noperator_endpoint = "{net}{PATH}"\n'
            f'operator_key = "{published(self.keys["net"].public)}"\npoints = ["{POINT}"]\n'
            "penalty_eur_per_kwh = 0.30\n"
        )
        (self.folder / "net" / "dso.toml").write_text(
            f'[dso]\ndomain = "{NET}"\nclock = "{clock}"\nport = {self.ports[1]}\n'
            "offers_within_minutes = 30\npenalty_eur_per_kwh = 0.30\n"
            f'[[dso.point]]\naddress = "{POINT}"\naggregators = ["{AGR}"]\ncapacity_kw = 40\n'
            f'[[participant]]\ndomain = "{AGR}"\nrole = "AGR"\nendpoint = "{self.url}{PATH}"\n'
            f'key = "{published(self.keys["street"].public)}"\n'
        )
        self.net.start()
        self.street.start()
        self.lives = True

    def kills(self):
        if self.lives:
            self.street.kill()
            self.net.kill()
        self.lives = False

    def events(self, kind):
        with open_log(self.store) as log:
            return list(log.events(kind))

    def heard(self, who, type_):
        store = self.folder / who / "uftp.sqlite"
        if not store.exists():
            return []
        with open_log(str(store)) as log:
            return [known_from(one) for one in log.events("uftp-heard") if one.facts["type"] == type_]

    def killed(self):
        """The neighbourhood's server, at once; and it starts again."""
        self.street.kill()
        self.street.start()

    def said(self):
        return self.street.said[-4_000:] + self.net.said[-4_000:]


async def _lives(town, folder):
    with open_records(town.store) as records:
        made = [codes.made(records, "", f"h-{n}", BEFORE).code for n in range(HOMES)]
    town.at(BEFORE)
    async with httpx.AsyncClient(timeout=20, trust_env=False) as client:
        homes = [
            Home(f"h-{n}", Neighbourhood(town.url, Key.new(), None, client), n % 2 == 0) for n in range(HOMES)
        ]
        await asyncio.gather(*(home.joins(code) for home, code in zip(homes, made, strict=True)))
        assert await asyncio.gather(*(home.orders() for home in homes)) == ["taken"] * HOMES

        async def everybody(does):
            return all(await asyncio.gather(*(does(home) for home in homes)))

        # Killed before anybody has answered, and again when all has been passed on.
        town.at(CLEARED)
        await eventually(lambda: town.events("asked"), town.said)
        town.killed()
        await eventually(lambda: everybody(Home.answers), town.said)
        await eventually(lambda: town.events("passed"), town.said)
        town.killed()
        await eventually(lambda: town.heard("net", "FlexOffer"), town.said)
        town.at(CHOSEN)

        async def ordered(home):
            told = await home.grid()
            home.ordered = [] if told is None else told.ordered
            return home.ordered

        await eventually(lambda: everybody(ordered), town.said)
        await eventually(lambda: len(town.heard("net", "D-Prognosis")) > 1, town.said)
        town.at(SETTLED)
        assert await asyncio.gather(*(home.meters() for home in homes)) == ["taken"] * HOMES
        street_w = 4 * np.sum([home.wh for home in homes], axis=0)
        powers.write(powers.of_day(town.folder / "net" / "measured", DAY), GRID, POINT, street_w, AGR)

        async def bill(home):
            path = f"bill?first={DAY}&last={DAY}"
            try:
                home.bill = await home.link.own(OwnBill, "GET", path)
            except Exception:  # noqa: BLE001 - there is none before it is settled
                return False
            return home.bill.days

        await eventually(lambda: everybody(bill), town.said)
        await eventually(lambda: town.heard("net", "FlexSettlementResponse"), town.said)
        standing = await asyncio.gather(*(home.link.own(Standing, "GET", "") for home in homes))
        assert [one.last_number for one in standing] == [home.number for home in homes]
    return homes


def test_a_street_of_twelve_sells_an_evening_and_is_paid_for_it(tmp_path):
    town = Town(tmp_path)
    try:
        homes = asyncio.run(_lives(town, tmp_path))
    finally:
        town.street.stop()
        town.net.stop()

    # Nothing is lost or doubled, whatever was killed.
    assert len(town.events("asked")) == len(town.events("passed")) == 1
    orders = town.heard("street", "FlexOrder")
    assert orders
    assert sorted(one.facts["order"] for one in town.events("flexed")) == sorted(one.id for one in orders)
    for who in ("street", "net"):
        with open_log(str(tmp_path / who / "uftp.sqlite")) as log:
            assert all(whole for _, whole in verified_messages(log))
        assert {one.standing.value for one in town.heard(who, "FlexOffer")} <= {"accepted"}

    # Who kept to it is paid, who did not is fined, and each reads so.
    for home in homes:
        (line,) = [one for one in home.bill.lines if one.code == "flexibility"]
        less_wh = sum(sum(one.less_wh) for one in home.ordered)
        assert less_wh > 0
        assert "18:00" in line.because.nl
        assert ("voor wat ontbrak betaal je" in line.because.nl) is not home.keeps
    paid = [next(one.amount_units for one in home.bill.lines if one.code == "flexibility") for home in homes]
    kept = [units for home, units in zip(homes, paid, strict=True) if home.keeps]
    broken = [units for home, units in zip(homes, paid, strict=True) if not home.keeps]
    assert max(kept) < min(broken)

    # The grid operator settles by its own meters: half of it came, and the rest is fined.
    (settlement,) = town.heard("street", "FlexSettlement")
    items = settlement.message.flex_order_settlements
    assert sum(Decimal(one.net_settlement) for one in items) < sum(Decimal(one.price) for one in items)
