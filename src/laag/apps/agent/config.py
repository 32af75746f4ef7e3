"""What a home's agent is told in one TOML file; what cannot be meant is refused by its path."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationError, field_validator

from laag.adapters.clocks import clock_of
from laag.adapters.defaults import NEWEST
from laag.adapters.homefile.devices import DevicesWire
from laag.adapters.homefile.fields import Amount, Name, Number, Quarter, Strict, Zone, wrong
from laag.adapters.homefile.home import ConnectionWire, HouseholdName
from laag.adapters.homefile.parse import faults
from laag.apps.upkeep.inventory import Device, Inventory
from laag.cycle.street import Habit
from laag.foundation.errors import BadInput
from laag.home.house import House
from laag.home.operate import Caution, Signal

WAY_OUT = "docs/home-agent.md has every field"
SIMULATED = "simulated"


class ContractWire(Strict):
    """What a kWh costs while there is no neighbourhood to say it."""

    buy_eur_per_kwh: Number
    sell_eur_per_kwh: Number


class NeighbourhoodWire(Strict):
    """Where the neighbourhood is."""

    url: Name


class PageWire(Strict):
    """Where the home's own pages are."""

    host: Name = "127.0.0.1"
    port: int = Field(default=8410, ge=0, le=65535)


class SimulatedWire(Strict):
    """A house that is not there."""

    file: Name = "house.npz"
    stored_kwh: Amount = 0.0
    ev_stored_kwh: Amount = 0.0
    indoor_c: Number = 20.0
    tank_c: Number = 50.0


class CautionWire(Strict):
    """How much this home lets others do; the defaults need no thought."""

    veto: tuple[Literal["prices", "requests"], ...] = ()
    kw_per_min: Number = Field(default=Caution().kw_per_min, gt=0)
    least_import_kw: Amount = Caution().least_import_kw
    longest_h: Number = Field(default=Caution().longest_h, gt=0)
    most_h_a_day: Number = Field(default=Caution().most_h_a_day, ge=0, le=24)

    def caution(self) -> Caution:
        """As live control takes it."""
        return Caution(
            kw_per_min=self.kw_per_min,
            least_import_kw=self.least_import_kw,
            longest_h=self.longest_h,
            most_h_a_day=self.most_h_a_day,
            veto=frozenset(Signal(one) for one in self.veto),
        )


class CarWire(Strict):
    """What the household expects of its car, until its own days have taught better."""

    arrives: Quarter = 72
    departs: Quarter = 30
    used_kwh: Amount = 8.0
    days: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)


class PlaceWire(Strict):
    """Where the home stands; how high the sun is depends on it."""

    latitude: Number
    longitude: Number


class HomeWire(Strict):
    """The whole of it."""

    name: Name
    store: Name = "store"
    clock: Name = "wall"
    zone: Zone = "Europe/Amsterdam"
    meter: Name
    control_s: Number = Field(default=10.0, ge=1.0, le=300.0)
    defaults: str = NEWEST
    household: HouseholdName | None = None
    place: PlaceWire | None = None
    weather: Literal["none", "open-meteo"] = "none"
    """Whom to ask for a forecast; nobody is asked unless the household says so."""
    connection: ConnectionWire = ConnectionWire()
    devices: DevicesWire = DevicesWire()
    car: CarWire = CarWire()
    caution: CautionWire = CautionWire()
    contract: ContractWire | None = None
    neighbourhood: NeighbourhoodWire | None = None
    page: PageWire = PageWire()
    simulated: SimulatedWire | None = None
    link: tuple[dict[str, Any], ...] = ()
    """Devices behind a protocol each; ``kind`` says which, the rest is that protocol's own."""
    panel: dict[str, Any] | None = None
    """The home in Home Assistant."""

    @field_validator("clock")
    @classmethod
    def _tells_time(cls, text: str) -> str:
        try:
            clock_of(text)
        except BadInput as odd:
            raise wrong(f" kan niet: {odd}", f" cannot be: {odd}") from None
        return text

    def house(self) -> House:
        """The connection and what is behind it."""
        devices = self.devices

        def built(name: str) -> Any:
            given = getattr(devices, name)
            return None if given is None else given.device()

        return House(
            self.name,
            self.connection.import_max_kw,
            self.connection.export_max_kw,
            battery=built("battery"),
            charger=built("charger"),
            heat_pump=built("heat_pump"),
            building=built("building"),
            comfort=devices.comfort.device(),
            pv=built("pv"),
            boiler=built("boiler"),
            tank=built("tank"),
            appliances=tuple(one.device() for one in devices.appliances),
            wiring=None if self.connection.wiring is None else self.connection.wiring.device(),
        )

    def habit(self) -> Habit:
        """Of the car."""
        car = self.car
        return Habit(car.arrives, car.departs, car.used_kwh, car.days)

    @property
    def comfort_said(self) -> bool:
        """Whether the file settles how warm it should be."""
        return "comfort" in self.devices.model_fields_set


class ConfigFile(Inventory):
    """The home, and what is known of its devices (docs/device-inventory.md)."""

    home: HomeWire


class Config(HomeWire):
    """A home's settings, and the folder in which its paths begin."""

    folder: Path
    inventory: tuple[Device, ...] = ()

    @property
    def store_folder(self) -> Path:
        """Where it keeps what it knows."""
        return self.folder / self.store

    @property
    def local(self) -> ZoneInfo:
        """Whose clock hangs on the wall."""
        return ZoneInfo(self.zone)

    def at(self, url: str) -> Config:
        """The same home in the neighbourhood at another address."""
        return self.model_copy(update={"neighbourhood": NeighbourhoodWire(url=url)})


def read(path: Path) -> Config:
    """The settings in a file."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise BadInput(f"{path} cannot be read ({fault}); give the path of a home's settings") from None
    return parse(text, path.parent, str(path))


def parse(text: str, folder: Path, source: str = "this") -> Config:
    r"""The settings in a text.

    >>> parse('[home]\nname = "Kade 12"\nmeter = "/dev/ttyUSB0"', Path()).page.port
    8410
    >>> parse('[home]\nname = "Kade 12"\nmetre = "/dev/ttyUSB0"', Path())
    Traceback (most recent call last):
    laag.foundation.errors.BadInput: this: home has no "metre"; did you mean meter? (docs/home-agent.md has every field)
    """
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as odd:
        raise BadInput(f"{source} is not TOML: {odd}; {WAY_OUT}") from None
    try:
        file = ConfigFile.model_validate(given)
    except ValidationError as odd:
        raise BadInput(f"{source}: {faults(odd)} ({WAY_OUT})") from None
    home = file.home
    if home.meter == SIMULATED and home.simulated is None:
        raise BadInput(
            f"{source}: home.meter is simulated and there is no [home.simulated] to simulate ({WAY_OUT})"
        )
    if home.devices.heat_pump is not None and home.devices.building is None:
        raise BadInput(f"{source}: home.devices.heat_pump needs a building to heat ({WAY_OUT})")
    _check_weather(home, source)
    _check_devices(home, source)
    return Config(
        folder=folder, inventory=file.devices, **{name: getattr(home, name) for name in home.model_fields_set}
    )


def _check_weather(home: HomeWire, source: str) -> None:
    """Of a service that is really there, for a home that is."""
    if home.weather == "none":
        return
    if home.place is None:
        raise BadInput(f"{source}: home.weather needs a home.place to ask for ({WAY_OUT})")
    if home.clock != "wall" or home.meter == SIMULATED:
        raise BadInput(
            f"{source}: home.weather asks for the weather of today; leave it out where clock or house are simulated ({WAY_OUT})"
        )


def _check_devices(home: HomeWire, source: str) -> None:
    """Of what is behind protocols; their settings are theirs, and read only where there are any."""
    try:
        if home.link:
            from laag.apps.agent.devices import check

            check(home.link, home.house())
        if home.panel is not None:
            from laag.apps.agent.devices_panel import panel_settings

            panel_settings(home.panel, home.house())
    except BadInput as odd:
        raise BadInput(f"{source}: {odd}") from None
