"""What a living street is made of, on disk: the server's settings, and of each home its settings, its house and its past."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

from laag.adapters.clocks import Faster
from laag.adapters.homestore import HomeStore
from laag.adapters.stores.records import open_records
from laag.apps.agent.settings import settings_of, written
from laag.apps.agent.surroundings import Surroundings
from laag.apps.live import witnesses
from laag.apps.street.codes import made
from laag.cycle.street import Home, Street
from laag.foundation.errors import BadInput
from laag.foundation.ptu import AMSTERDAM, PTU, PtuGrid, midnight
from laag.study.population import street as built_in
from laag.study.population.wires import grid_file

WARMUP_DAYS = 28
DAYS = 28
"""How long the weather and the cars of the street last; then their last week comes again."""
BEGINS = timedelta(hours=11)
"""On the wall of the first day: its gate for the next closes an hour later, when all homes are there."""
HURRIES = timedelta(hours=12, minutes=5)
"""Once that gate is closed nothing is traded until midnight, and the clock makes haste."""
HASTE = 10.0
"""So many times faster, and never more than ``HASTE_MOST`` times the wall."""
HASTE_MOST = 600.0
PAGES = 11
"""The first home's pages are so many ports further than the server's."""
STATE = "live.json"


@dataclass(frozen=True, slots=True)
class Options:
    """What can be chosen; a street that is there already goes on with what it was made with."""

    out: Path
    homes: int = 12
    speed: float = 60.0
    first_day: date = date(2026, 6, 1)
    port: int = 8400
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Made:
    """A street on disk."""

    out: Path
    homes: int
    speed: float
    port: int
    at: datetime
    """Where its clock goes on."""
    trades_from: datetime
    """The midnight in which its first day of trade begins."""

    @property
    def street_settings(self) -> Path:
        """Of the server."""
        return self.out / "street" / "street.toml"

    def home_settings(self, number: int) -> Path:
        """Of one home, counted from 1."""
        return self.out / f"home-{number:02d}" / "home.toml"

    def home_port(self, number: int) -> int:
        """Where its pages are."""
        return self.port + PAGES + number - 1

    def save(self, at: datetime) -> None:
        """Remember where its clock stood."""
        body = {
            "homes": self.homes,
            "speed": self.speed,
            "port": self.port,
            "at": at.isoformat(),
            "trades_from": self.trades_from.isoformat(),
        }
        fresh = self.out / f"{STATE}.new"
        fresh.write_text(json.dumps(body), "utf-8")
        fresh.replace(self.out / STATE)


def there(out: Path) -> Made | None:
    """The street that is in a folder."""
    try:
        kept = json.loads((out / STATE).read_text("utf-8"))
        at, trades_from = (datetime.fromisoformat(kept[name]) for name in ("at", "trades_from"))
        return Made(out, kept["homes"], kept["speed"], kept["port"], at, trades_from)
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as odd:
        raise BadInput(f"{out / STATE} cannot be read ({odd}); give another --out folder") from odd


def make(options: Options) -> Made:
    """Write it all; done once, in the minute before a street begins to live."""
    first = options.first_day
    midnights = [midnight(day, AMSTERDAM) for day in (first, first + timedelta(days=1))]
    street = built_in(first, DAYS, options.homes, options.seed, WARMUP_DAYS)
    begun = Made(options.out, options.homes, options.speed, options.port, midnights[0] + BEGINS, midnights[1])
    _server(begun, street, options, first)
    with open_records(begun.street_settings.parent / "street.sqlite") as records:
        ledger = witnesses.made(options.out, begun.street_settings.parent, "zonnekade", options.port, records)
        with begun.street_settings.open("a", encoding="utf-8") as settings:
            settings.write(f"\n{ledger}")
        for number, home in enumerate(street.homes, 1):
            folder = begun.home_settings(number).parent
            folder.mkdir(parents=True, exist_ok=True)
            Surroundings.of(street, home).save(folder / "house.npz")
            code = made(records, home.feeder, home.house.name, begun.at, home.connection)
            (folder / "code").write_text(code.code, "utf-8")
            _past(begun, number, street, home)
    for number, home in enumerate(street.homes, 1):
        _home(begun, number, home, "wall")
    begun.save(begun.at)
    return begun


def set_clocks(made_: Made) -> str:
    """Give every settings file one clock that begins now where the street stood; its text."""
    clock = str(clock_from(made_, datetime.now(UTC)))
    for path in (made_.street_settings, *(made_.home_settings(n) for n in range(1, made_.homes + 1))):
        lines = path.read_text("utf-8").splitlines()
        path.write_text(
            "\n".join(f'clock = "{clock}"' if line.startswith("clock = ") else line for line in lines) + "\n",
            "utf-8",
        )
    return clock


def clock_from(made_: Made, wall: datetime) -> Faster:
    """Its clock, going on at an instant on the wall; before the first midnight it makes haste once the gate is closed.

    >>> at, midnight = datetime(2026, 6, 1, 9, tzinfo=UTC), datetime(2026, 6, 1, 22, tzinfo=UTC)
    >>> clock = clock_from(Made(Path(), 12, 60, 8400, at, midnight), datetime(2026, 11, 22, 8, tzinfo=UTC))
    >>> str(clock.wall(midnight) - datetime(2026, 11, 22, 8, tzinfo=UTC))[:7]
    '0:02:16'
    """
    plain = Faster(made_.speed, made_.at, wall)
    haste = min(HASTE * made_.speed, HASTE_MOST)
    hurries = max(
        made_.trades_from - timedelta(days=1) + HURRIES, made_.at + made_.speed * timedelta(seconds=1)
    )
    if haste <= made_.speed or hurries >= made_.trades_from:
        return plain
    begins = plain.wall(hurries)
    ends = begins + (made_.trades_from - hurries) / haste
    return replace(plain, then=((haste, begins), (made_.speed, ends)))


def _server(begun: Made, street: Street, options: Options, first: date) -> None:
    folder = begun.street_settings.parent
    folder.mkdir(parents=True, exist_ok=True)
    cables = "".join(
        f'\n[[street.cable]]\nname = "{one.name}"\nimport_max_kw = {one.import_max_kw}\nexport_max_kw = {one.export_max_kw}\n'
        for one in street.feeders
    )
    text = written(
        {
            "street": {
                "name": "Zonnekade",
                "clock": "wall",
                "port": begun.port,
                "seed": options.seed,
                "import_max_kw": street.import_max_kw,
                "export_max_kw": street.export_max_kw,
                "prices": "model",
                **({"wires": "grid.json"} if find_spec("power_grid_model") else {}),
                "public_market": True,
            }
        }
    )
    wired = grid_file([(home.house.name, home.feeder) for home in street.homes])
    (folder / "grid.json").write_text(json.dumps(wired, indent=1) + "\n", "utf-8")
    begun.street_settings.write_text(
        text.replace("[street]\n", f"[street]\nfirst_day = {first.isoformat()}\n") + cables, "utf-8"
    )


def _home(begun: Made, number: int, home: Home, clock: str) -> None:
    start = home.start
    text = settings_of(
        home,
        clock=clock,
        meter="simulated",
        neighbourhood={"url": f"http://127.0.0.1:{begun.port}"},
        page={"port": begun.home_port(number)},
        simulated={
            "stored_kwh": start.stored_kwh,
            "ev_stored_kwh": start.ev_stored_kwh,
            "indoor_c": start.indoor_c,
        },
    )
    begun.home_settings(number).write_text(text, "utf-8")


def _past(begun: Made, number: int, street: Street, home: Home) -> None:
    """Four weeks of what the home would have measured, so that it expects something from its first hour on."""
    from laag.adapters.homestore import Stay
    from laag.apps.agent.wiring import STORE

    grid = PtuGrid.between(street.grid.start, begun.at)
    part, count = grid.within(street.grid), len(grid)
    store = begun.home_settings(number).parent / "store"
    store.mkdir(exist_ok=True)
    with HomeStore(store / STORE) as kept:
        series = {
            "load_kw": home.load_kw.values[part],
            "outdoor_c": street.outdoor_c.values[part],
            "sun_w_m2": street.sun_w_m2.values[part],
        }
        if home.pv_kw is not None:
            series["pv_kw"] = home.pv_kw.values[part]
        for name, told in (
            ("outdoor_forecast_c", street.outdoor_forecast_c),
            ("sun_forecast_w_m2", street.sun_forecast_w_m2),
        ):
            if told is not None:
                series[name] = told.values[part]
        kept.write_all(grid, series)
        for stay in home.sessions:
            if stay.arrives < count:
                arrives, departs = (street.grid.start + ptu * PTU for ptu in (stay.arrives, stay.departs))
                over = stay.departs <= count
                kept.write_stay(Stay(arrives, departs, stay.stored_kwh, stay.wanted_kwh, over))
