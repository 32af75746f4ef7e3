"""A home that has lived three weeks: its agent's life as its pages find it, without a process around it."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

import numpy as np

from laag.adapters import defaults
from laag.adapters.dsmr import Reading
from laag.adapters.homestore import HomeStore, Stay
from laag.adapters.neighbourhood.wire import Board
from laag.apps.agent.life import Alone, Life, Told
from laag.apps.agent.mind import Mind
from laag.apps.agent.past import Past
from laag.apps.agent.senses import Senses
from laag.cycle.day import HORIZON_PTUS
from laag.cycle.living import think
from laag.cycle.street import Wants
from laag.foundation.ptu import AMSTERDAM, PTU
from laag.home.devices import Device
from laag.home.forecast import DE_BILT
from laag.home.operate import Because, Instruction, Measured, Why
from laag.home.plan.solver import Solver
from laag.study.population import street as built_in

TODAY = date(2026, 5, 20)
NOW = datetime(2026, 5, 20, 16, 37, 20, tzinfo=UTC)
SOLVER = Solver()


@dataclass(frozen=True)
class Stopped:
    """A clock that always says the same."""

    at: datetime = NOW
    speed: float = 1.0

    def now(self):
        return self.at

    async def until(self, at):
        """It will never be later."""


@cache
def street():
    return built_in(TODAY, 4, homes=8, warmup_days=21)


def home_with(*devices):
    """The first home of the built-in street that has these."""
    return next(home for home in street().homes if all(getattr(home.house, name) for name in devices))


def life_of(home, folder=None, *, now=NOW, wishes=("auto op 80 % om 07:00 op werkdagen",), board=True):
    """As if it had measured since the street began, and its car, where it has one, had been there since six."""
    store = HomeStore(":memory:" if folder is None else folder / "home.sqlite3")
    past, begin = Past(store, street().grid.start), street().grid.start
    past.moved(now)
    count = street().grid.index(now)
    lived(past, home, street().grid.window(0, count))
    senses = Senses(home.house, home.start)
    life = Life(
        house=replace(home.house, name="Kade 12"),
        clock=Stopped(now),
        zone=AMSTERDAM,
        store=store,
        past=Past(store, now),
        senses=senses,
        chance=0.3,
        secret=0.3,
        alone=Alone(0.26, 0.05),
        place=DE_BILT,
        habit=home.habit,
        base=Wants(defaults=defaults.load(defaults.NEWEST)),
    )
    for stay in home.sessions:
        if stay.departs < count:
            arrives, departs = begin + stay.arrives * PTU, begin + stay.departs * PTU
            store.write_stay(Stay(arrives, departs, stay.stored_kwh, stay.wanted_kwh, over=True))
    for line in wishes:
        store.wish(line)
    if board:
        life.board, life.seen_at = a_board(now), now - timedelta(seconds=70)
    return life


def lived(past, home, grid):
    """What its meter and its devices said of these quarter-hours."""
    span = slice(0, len(grid))
    load, outdoor, sun = (
        home.load_kw.values[span],
        street().outdoor_c.values[span],
        street().sun_w_m2.values[span],
    )
    pv = np.zeros(len(grid)) if home.pv_kw is None else home.pv_kw.values[span]
    ev = np.zeros(len(grid))
    for stay in home.sessions:
        most_kw = home.house.charger.max_kw if home.house.charger else 0.0
        ptus = int(np.ceil(4 * (stay.wanted_kwh - stay.stored_kwh) / max(most_kw, 1)))
        ev[stay.arrives : stay.arrives + ptus] = most_kw
    heat = np.full(len(grid), 0.4) if home.house.heat_pump else np.zeros(len(grid))
    kw = load + ev + heat - pv
    hour = np.array([at.astimezone(AMSTERDAM).hour for at in grid])
    series = {
        "import_wh": np.round(np.maximum(kw, 0) * 250),
        "export_wh": np.round(np.maximum(-kw, 0) * 250),
        "gas_dm3": 4_000_000
        + np.cumsum(np.where(home.house.heat_pump is None, 30.0, 0.0) * (hour < 23) * (hour > 6)),
        "load_kw": load,
        "pv_kw": pv,
        "ev_kw": ev,
        "battery_kw": np.zeros(len(grid)),
        "heat_pump_kw": heat,
        "outdoor_c": outdoor,
        "sun_w_m2": sun,
        "outdoor_forecast_c": street().outdoor_forecast_c.values[span],
        "sun_forecast_w_m2": street().sun_forecast_w_m2.values[span],
        "planned_kw": kw + 0.1,
        "buy_eur_per_kwh": prices(grid)[0],
        "sell_eur_per_kwh": prices(grid)[1],
    }
    if home.house.building is None:
        series["heat_pump_kw"] = np.zeros(len(grid))
    past.put_all(grid, series)
    ahead = street().grid.window(len(grid), min(len(grid) + HORIZON_PTUS, len(street().grid)))
    more = slice(len(grid), len(grid) + len(ahead))
    past.put_all(
        ahead,
        {
            "outdoor_forecast_c": street().outdoor_forecast_c.values[more],
            "sun_forecast_w_m2": street().sun_forecast_w_m2.values[more],
        },
    )


def prices(grid):
    """Cheap at noon and at night, dear in the evening."""
    hour = np.array([at.astimezone(AMSTERDAM).hour + at.minute / 60 for at in grid])
    buy = 0.22 + 0.10 * np.exp(-(((hour - 19) / 2) ** 2)) - 0.12 * np.exp(-(((hour - 13) / 2.5) ** 2))
    return np.round(buy, 4), np.round(buy - 0.14, 4)


def a_board(now):
    start = now - timedelta(seconds=now.timestamp() % 900)
    grid = street().grid.window(street().grid.index(start), street().grid.index(start) + 220)
    buy, sell = prices(grid)
    tomorrow = now.astimezone(AMSTERDAM).date() + timedelta(days=1)
    return Board(
        start=start,
        made_at=now - timedelta(minutes=5),
        buy_eur_per_kwh=buy.tolist(),
        sell_eur_per_kwh=sell.tolist(),
        above_eur_per_kwh=(buy + 0.02).tolist(),
        below_eur_per_kwh=(sell - 0.02).tolist(),
        margin_eur_per_kwh=buy.tolist(),
        published_until=start + 120 * PTU,
        bid_day=tomorrow,
        gate=now + timedelta(hours=17),
        surprise_eur_per_kwh=[],
        spread_eur_per_kwh=0.02,
        vat=1.21,
        notes=[],
    )


def thinks(life):
    """Its newest thought, as its agent makes it."""
    known, told = Mind(life).question(life.clock.now())
    life.thought = think(known, told, life.senses.held, HORIZON_PTUS, solver=SOLVER)
    return life


def heard(life, *, car=True):
    """Its meter and devices have just spoken, and each was told something."""
    now = life.clock.now()
    house, said = life.house, []
    if house.pv is not None:
        said.append(Measured(Device.PV, now - timedelta(seconds=4), 1.84))
    if house.battery is not None:
        said.append(Measured(Device.BATTERY, now - timedelta(seconds=6), -0.9, {"stored_kwh": 4.2}))
    if house.charger is not None:
        said.append(
            Measured(
                Device.EV, now - timedelta(seconds=3), 0.0, {"ev_stored_kwh": 21.0} if car else {}, here=car
            )
        )
    if house.heat_pump is not None:
        said.append(Measured(Device.HEAT_PUMP, now - timedelta(seconds=9), 0.6, {"indoor_c": 20.4}))
    if house.tank is not None:
        said.append(Measured(Device.WATER, now - timedelta(seconds=9), 0.0, {"tank_c": 51.0}))
    for one in said:
        life.senses.hear(one)
        because = Because(Why.PLAN)
        kw = float("inf") if one.device is Device.PV else one.kw or 0.0
        life.told[one.device, ""] = Told(
            Instruction(one.device, kw, because), now - timedelta(seconds=5), True
        )
    if house.charger is not None and car:
        from laag.apps.agent.car import plugged

        plugged(life, Measured(Device.EV, now - timedelta(hours=1), 0.0, {"ev_stored_kwh": 21.0}, here=True))
    life.senses.hear_meter(
        Reading(now, True, True, "", "50", 8_400_000, 3_100_000, import_w=0, export_w=610),
        now - timedelta(seconds=2),
    )
    return life


def plainly(text):
    return json.dumps(text, ensure_ascii=False)
