"""From a home's settings to its agent: where everything of one home meets."""

from __future__ import annotations

import random
import secrets
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np

from laag.adapters import defaults
from laag.adapters.clocks import clock_of
from laag.adapters.clocks.uptime import up_s
from laag.adapters.dsmr import Notice, Reading, listen
from laag.adapters.homefile.expected import by_contract
from laag.adapters.homestore import HomeStore
from laag.adapters.keys import Key
from laag.adapters.neighbourhood.bindings import check as registered
from laag.adapters.neighbourhood.link import Neighbourhood
from laag.apps.agent.agent import Agent, Runs
from laag.apps.agent.body import Body
from laag.apps.agent.comparing import Compares
from laag.apps.agent.config import SIMULATED, Config
from laag.apps.agent.devices import link_of
from laag.apps.agent.devices_panel import Panel, panel_settings
from laag.apps.agent.enrolling import FIRST_DAY, MEMBER
from laag.apps.agent.hands import LIMITED
from laag.apps.agent.life import Alone, Life
from laag.apps.agent.neighbour import Neighbour
from laag.apps.agent.pages.everyone.kept import dwelling
from laag.apps.agent.past import Past
from laag.apps.agent.senses import Senses
from laag.apps.agent.simulated import Simulated
from laag.apps.agent.surroundings import Surroundings
from laag.apps.agent.weather import FileWeather, Weather
from laag.apps.meter.source import source_of
from laag.cycle.street import Wants
from laag.foundation.errors import BadInput
from laag.foundation.ports import Clock
from laag.foundation.ptu import AMSTERDAM, midnight
from laag.home.defaults import Household
from laag.home.forecast import DE_BILT, Place
from laag.home.house import HomeState
from laag.home.operate import DeviceLink, Memory
from laag.home.preferences.wishes import Aspect

_JUST_BOOTED_S = 300.0
STORE, KEY, ACCESS = "home.sqlite", "home.key", "access.sqlite"


@dataclass(frozen=True, slots=True)
class Around:
    """What an agent is connected to."""

    hears: Callable[[], AsyncIterator[Reading | Notice]]
    links: tuple[DeviceLink, ...]
    weather: Weather | None
    beside: tuple[Runs, ...]


def agent_of(config: Config) -> Agent:
    """The agent of a home; its store is open and belongs to it."""
    registered()
    config.store_folder.mkdir(parents=True, exist_ok=True)
    clock = clock_of(config.clock)
    store = HomeStore(config.store_folder / STORE)
    house = config.house()
    around = _around(config, clock)
    held = store.kept("held") or _begins(config)
    life = Life(
        house=house,
        clock=clock,
        zone=config.local,
        store=store,
        past=Past(store, clock.now()),
        senses=Senses(house, HomeState(**held)),
        chance=_chance(store),
        secret=_secret(store),
        alone=_alone(config),
        place=_place(config),
        habit=config.habit(),
        base=_base(config),
        links=around.links,
        control_s=config.control_s,
        memory=_memory(store),
        caution=config.caution.caution(),
        back_at=_back_at(config, clock),
    )
    neighbour = _neighbour(config, life)
    compares = () if neighbour is None else (Compares(life, neighbour.link, lambda: dwelling(store)),)
    beside = (*around.beside, *_panel(config, life), *compares)
    return Agent(
        life,
        around.hears,
        neighbour,
        around.weather,
        beside,
        new_key=lambda: _renewed(config.store_folder / KEY),
    )


def key_of(config: Config) -> Key:
    """The home's key; made when it is first needed."""
    path = config.store_folder / KEY
    if not path.exists():
        config.store_folder.mkdir(parents=True, exist_ok=True)
        Key.new().save(path)
    return Key.load(path)


def _renewed(path: Path) -> Key:
    """Another key in the place of the former household's, which nobody can sign with any more."""
    key = Key.new()
    path.unlink(missing_ok=True)
    key.save(path)
    return key


def link_to(config: Config, store: HomeStore) -> Neighbourhood:
    """The way to its neighbourhood."""
    if config.neighbourhood is None:
        raise BadInput("the settings name no neighbourhood; write its url under [home.neighbourhood]")
    return Neighbourhood(config.neighbourhood.url, key_of(config), store.kept(MEMBER))


def _around(config: Config, clock: Clock) -> Around:
    links = tuple(link_of(table, clock) for table in config.link)
    # Nothing that is kept can be traced to the meter by who does not have the store.
    salt = _salt(config)
    if config.meter != SIMULATED:
        source = source_of(config.meter)
        return Around(lambda: listen(source, salt), links, _weather(config, clock), ())
    assert config.simulated is not None, "the settings were checked"
    house, given = config.house(), config.simulated
    surroundings = Surroundings.load(config.folder / given.file, house.comfort, config.local)
    start = HomeState(given.stored_kwh, given.ev_stored_kwh, given.indoor_c, given.tank_c)
    begins = max(surroundings.grid.start, clock.now().replace(minute=0, second=0, microsecond=0))
    body = Body(house, surroundings, start, begins, config.store_folder / "house.json")
    simulated = Simulated(body, clock)
    return Around(
        lambda: listen(simulated.meter, salt), (simulated, *links), FileWeather(surroundings), (simulated,)
    )


def _weather(config: Config, clock: Clock) -> Weather | None:
    if config.weather == "none" or config.place is None:
        return None
    from laag.adapters.openmeteo import Newest, OpenMeteo

    return Newest(OpenMeteo(clock), config.place.latitude, config.place.longitude)


def _panel(config: Config, life: Life) -> tuple[Runs, ...]:
    return () if config.panel is None else (Panel(*panel_settings(config.panel, life.house), life),)


def _neighbour(config: Config, life: Life) -> Neighbour | None:
    if config.neighbourhood is None:
        return None
    first = life.store.kept(FIRST_DAY)
    since = life.clock.now() if first is None else midnight(date.fromisoformat(first), life.zone)
    return Neighbour(life, link_to(config, life.store), since)


def _begins(config: Config) -> dict[str, float]:
    given = config.simulated
    if given is None:
        return {}
    return {
        "stored_kwh": given.stored_kwh,
        "ev_stored_kwh": given.ev_stored_kwh,
        "indoor_c": given.indoor_c,
        "tank_c": given.tank_c,
    }


def _chance(store: HomeStore) -> float:
    if (kept := store.kept("chance")) is not None:
        return float(kept)
    drawn = random.random()  # noqa: S311 - spreads a street, hides nothing
    store.keep("chance", drawn)
    return drawn


def _secret(store: HomeStore) -> int:
    if (kept := store.kept("secret")) is None:
        kept = f"{secrets.randbits(128):032x}"
        store.keep("secret", kept)
    return int(kept, 16)


def _memory(store: HomeStore) -> Memory:
    return Memory(limited=tuple(datetime.fromisoformat(at) for at in store.kept(LIMITED) or ()))


def _back_at(config: Config, clock: Clock) -> datetime | None:
    """When this computer began, where that was a moment ago: then the power came back, or somebody restarted it; both count alike."""
    on_s = up_s()
    if config.clock != "wall" or config.meter == SIMULATED or on_s is None or on_s > _JUST_BOOTED_S:
        return None
    return clock.now() - timedelta(seconds=on_s)


def _salt(config: Config) -> bytes:
    path = config.store_folder / "meter.salt"
    if not path.exists():
        path.write_bytes(secrets.token_bytes(16))
    return path.read_bytes()


def _alone(config: Config) -> Alone:
    if config.contract is not None:
        return Alone(config.contract.buy_eur_per_kwh, config.contract.sell_eur_per_kwh)
    buy, sell = by_contract("law-2027", np.zeros(1))
    return Alone(float(buy[0]), float(sell[0]))


def _place(config: Config) -> Place | None:
    if config.place is not None:
        return Place(config.place.latitude, config.place.longitude)
    return DE_BILT if config.local == AMSTERDAM else None


def _base(config: Config) -> Wants | None:
    if not config.defaults:
        return None
    named = config.defaults
    edition = defaults.load(config.folder / named if named.endswith(".toml") else named)
    settled = frozenset({Aspect.WARMTH}) if config.comfort_said else frozenset()
    household = None if config.household is None else Household(config.household)
    return Wants((), edition, household, settled)
