"""What a street file may say. Anything else is refused by name."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Self

from pydantic import Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from laag.adapters.files.connections import CONNECTIONS
from laag.adapters.homefile import devices as wire
from laag.adapters.homefile.fields import wrong
from laag.adapters.homefile.home import HouseholdName
from laag.adapters.streetfile.sources import Constant, Load, Series, Sessions, Source, Strict, Weather, Zone
from laag.foundation.errors import BadInput
from laag.home.preferences import Misheard, hear

Setting = bool | int | float
Settings = dict[str, Setting | dict[str, Setting] | list[list[Setting]]]
"""The fields of a device, as ``laag.home.devices`` names them."""


class Conditions(Strict):
    """The weather of the street."""

    temperature: Weather | Constant
    sun: Weather | Constant


class Prices(Strict):
    """National prices."""

    day_ahead: Source
    imbalance: Source | None = None


class FeederLimits(Strict):
    """A cable of the street."""

    name: str
    import_max_kw: float = Field(default=float("inf"), gt=0)
    export_max_kw: float = Field(default=float("inf"), gt=0)


class Grid(Strict):
    """The transformer and its cables."""

    import_max_kw: float = Field(default=float("inf"), gt=0)
    export_max_kw: float = Field(default=float("inf"), gt=0)
    feeders: tuple[FeederLimits, ...] = ()


class SimbenchStreet(Strict):
    """Homes, cables and transformer from a SimBench grid."""

    grid: Path
    profiles: Source


class HomeFile(Strict):
    """One connection."""

    name: str = Field(min_length=1)
    load: Load
    pv: Series | None = None
    pv_peak_kw: float | None = Field(None, gt=0)
    pv_curtailable: bool = True
    battery: Settings | None = None
    charger: Settings | None = None
    sessions: Sessions | None = None
    load_includes_car: bool = False
    """Whether the sessions' energy is also in the load, and must be taken out of it."""
    heat_pump: Settings | None = None
    building: Settings | None = None
    comfort: Settings = Field(default_factory=dict)
    boiler: wire.BoilerWire | None = None
    tank: wire.TankWire | None = None
    hot_water: Series | None = None
    """Heat drawn from the tank."""
    appliances: tuple[wire.ApplianceWire, ...] = ()
    wishes: tuple[str, ...] = ()
    """What the household wants, each in one sentence, Dutch or English."""
    household: HouseholdName | None = None
    feeder: str = ""
    group: str = ""
    connection: str = "3x25A"
    import_max_kw: float | None = Field(None, gt=0)
    export_max_kw: float | None = Field(None, ge=0)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.heat_pump is not None and self.building is None:
            raise ValueError("a heat pump needs a [homes.building] to heat")
        if self.boiler is not None and self.building is None:
            raise ValueError("a boiler needs a [homes.building] to heat")
        if self.sessions is not None and self.charger is None:
            raise ValueError("sessions need a [homes.charger] to charge at")
        if self.hot_water is not None and self.tank is None:
            raise ValueError("hot_water needs a [homes.tank] to be drawn from")
        names = [machine.name for machine in self.appliances]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"appliances share the name {', '.join(twice)}; give each one of its own")
        if self.import_max_kw is None and self.connection not in CONNECTIONS:
            known = ", ".join(CONNECTIONS)
            raise ValueError(f"connection {self.connection!r} is none of {known}; give import_max_kw with it")
        return self

    @model_validator(mode="after")
    def _understood(self) -> Self:
        for i, line in enumerate(self.wishes):
            wish = hear(line)
            if isinstance(wish, Misheard):
                said = wish.said.to(wish.lang)
                raise wrong(
                    f" {self.name}, wishes no. {i + 1}: {said}", f" {self.name}, wishes no. {i + 1}: {said}"
                )
        return self


class StreetFile(Strict):
    """The whole file."""

    name: str
    first_day: date
    days: int = Field(ge=1)
    warmup_days: int = Field(7, ge=0)
    """Days before the first that homes may learn from."""
    zone: Zone = "Europe/Amsterdam"
    prices: Prices
    weather: Conditions
    grid: Grid = Grid()
    simbench: SimbenchStreet | None = None
    homes: tuple[HomeFile, ...] = ()
    defaults: str | None = None
    """Which public defaults hold where a home says nothing; none unless asked for."""

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        names = [home.name for home in self.homes]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"homes share the name {', '.join(twice)}")
        feeders = {feeder.name for feeder in self.grid.feeders} | {""}
        if lost := sorted({home.feeder for home in self.homes} - feeders) if self.simbench is None else []:
            raise ValueError(f"homes hang on {', '.join(lost)}, which [[grid.feeders]] does not have")
        if self.defaults is None and (kinds := [home.name for home in self.homes if home.household]):
            raise ValueError(
                f"{', '.join(kinds)} names its household, which only public defaults ask; give the street defaults"
            )
        if not self.homes and self.simbench is None:
            raise ValueError("there are no [[homes]] and no [simbench]")
        return self


def parse(path: Path) -> StreetFile:
    """A street file as settings, or one sentence about what cannot be meant."""
    try:
        return StreetFile.model_validate(tomllib.loads(path.read_text("utf-8")))
    except OSError as missing:
        raise BadInput(f"{path} cannot be read ({missing.strerror}); check the path") from missing
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as odd:
        raise BadInput(f"{path.name} is not TOML: {odd}; see docs/importing.md for an example") from odd
    except ValidationError as odd:
        said = [_fault(one) for one in odd.errors(include_url=False)]
        more = f", and {len(said) - 3} more" if len(said) > 3 else ""
        raise BadInput(f"{path.name}: {'; '.join(said[:3])}{more}; see docs/importing.md") from odd


def _fault(one: ErrorDetails) -> str:
    """What is wrong and where; tables of a list are counted from one, as people do."""
    where = "".join(f" no. {part + 1}," if isinstance(part, int) else f".{part}" for part in one["loc"])
    where = where.replace(",.", ", ").strip(".,") or "the file"
    match one["type"]:
        case "extra_forbidden":
            return f"{where} is not a setting; remove it or mend its name"
        case "rule":
            return f"{where}{one['msg']}"
        case "missing":
            return f"{where} is missing"
        case _:
            return f"{where}: {one['msg']}"
