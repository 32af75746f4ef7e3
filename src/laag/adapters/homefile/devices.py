"""The devices of a home file: the fields of ``laag.home.devices`` under their own names."""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import Field, model_validator

from laag.adapters.homefile.fields import Amount, Count, Name, Number, Quarter, Share, Strict, wrong
from laag.foundation.errors import BadInput
from laag.home.devices import (
    Appliance,
    Battery,
    Boiler,
    Building,
    Charger,
    Comfort,
    HeatingCurve,
    HeatPump,
    Pv,
    Tank,
    Wiring,
)


class DeviceWire(Strict):
    """A device that can be: what its own kind refuses is refused here, where its place in the file is known."""

    def device(self) -> Any:
        """As the plan knows it."""
        raise NotImplementedError

    @model_validator(mode="after")
    def _can_be(self) -> Self:
        try:
            self.device()
        except BadInput as refused:
            raise wrong(f" kan niet: {refused}", f" cannot be: {refused}") from None
        return self


class BatteryWire(DeviceWire):
    """A home battery."""

    capacity_kwh: Amount = Field(description="kWh that may be used of it")
    charge_max_kw: Amount = Field(description="the most it takes, kW")
    discharge_max_kw: Amount = Field(description="the most it gives, kW")
    charge_efficiency: Share = Field(default=0.95, description="share of what goes in that is stored")
    discharge_efficiency: Share = Field(
        default=0.95, description="share of what leaves the store that comes out"
    )
    wear_eur_per_kwh: Amount = Field(default=0.0, description="what a kWh given costs in lifetime, EUR/kWh")
    standby_kw: Amount = Field(default=0.0, description="what its electronics draw day and night, kW")
    charge_taper_from: Share = Field(
        default=1.0, description="fill (share) above which it takes less and less"
    )
    charge_at_full: Share = Field(
        default=0.1, description="share of charge_max_kw that it still takes when full"
    )
    discharge_taper_below: Share = Field(
        default=0.0, description="fill (share) below which it gives less and less"
    )
    discharge_at_empty: Share = Field(
        default=0.1, description="share of discharge_max_kw that it still gives when empty"
    )

    def device(self) -> Battery:
        """As the plan knows it."""
        return Battery(**self.model_dump())


class ChargerWire(DeviceWire):
    """A wall box and the car that usually hangs on it."""

    max_kw: Amount = Field(description="the most it charges with, kW")
    efficiency: Share = Field(default=0.92, description="share of what goes in that the car stores")
    capacity_kwh: Amount = Field(default=60.0, description="kWh that the car's battery holds")
    min_kw: Amount = Field(
        default=0.0, description="the least it charges with unless it rests, kW; 6 A is 1.38 kW a phase"
    )
    phases: Literal[1, 2, 3] = Field(default=1, description="how many phases it charges on")
    discharge_max_kw: Amount = Field(
        default=0.0, description="the most the car gives back (V2G), kW; 0: it does not"
    )
    discharge_efficiency: Share = Field(
        default=0.92, description="share of what leaves the car that comes out"
    )
    wear_eur_per_kwh: Amount = Field(
        default=0.0, description="what a kWh given back costs in lifetime, EUR/kWh"
    )

    def device(self) -> Charger:
        """As the plan knows it."""
        return Charger(**self.model_dump())


class CurveWire(DeviceWire):
    """The flow temperature that the radiators need, in a straight line between two outside temperatures."""

    at_minus_10_c: Number = Field(default=35.0, description="°C of the flow when it is -10 °C outside")
    at_15_c: Number = Field(default=35.0, description="°C of the flow when it is 15 °C outside")

    def device(self) -> HeatingCurve:
        """As the plan knows it."""
        return HeatingCurve(**self.model_dump())


class HeatPumpWire(DeviceWire):
    """An electric heat pump."""

    power_max_kw: Amount = Field(description="the most electricity it takes, kW")
    cop_at_7c: Amount = Field(
        default=3.5, description="heat per electricity at 7 °C outside and a flow of 35 °C"
    )
    cop_per_k: Number = Field(default=0.06, description="how much the COP rises per kelvin outside, 1/K")
    cop_min: Amount = Field(default=1.5, description="the COP never falls below this")
    cop_max: Amount = Field(default=6.0, description="the COP never rises above this")
    cop_per_flow_k: Number = Field(
        default=0.05, description="how much COP a kelvin of flow above 35 °C costs, 1/K"
    )
    curve: CurveWire = Field(default=CurveWire(), description="the heating curve")
    min_kw: Amount = Field(default=0.0, description="the least it takes unless it rests, kW")
    min_run_ptus: Count = Field(
        default=0, description="how long it runs at least once started, quarter-hours"
    )

    def device(self) -> HeatPump:
        """As the plan knows it."""
        return HeatPump(**self.model_dump(exclude={"curve"}), curve=self.curve.device())


class BoilerWire(DeviceWire):
    """A gas boiler beside the heat pump."""

    heat_max_kw: Amount = Field(default=20.0, description="the most heat it gives, kW")
    efficiency: Amount = Field(default=0.95, description="heat per kWh of gas, on the higher heating value")

    def device(self) -> Boiler:
        """As the plan knows it."""
        return Boiler(**self.model_dump())


class BuildingWire(DeviceWire):
    """The house as one heat store."""

    loss_kw_per_k: Amount = Field(description="heat that leaks per kelvin between inside and outside, kW/K")
    heat_capacity_kwh_per_k: Amount = Field(description="heat that the house holds per kelvin, kWh/K")
    solar_aperture_m2: Amount = Field(
        default=2.0, description="sun outside (kW/m²) times this is heat indoors (kW)"
    )
    internal_gain_kw: Amount = Field(default=0.3, description="heat of people and devices, kW")

    def device(self) -> Building:
        """As the plan knows it."""
        return Building(**self.model_dump())


class ComfortWire(DeviceWire):
    """The band of temperatures indoors at which residents are at ease."""

    low_day_c: Number = Field(default=19.5, description="at least this by day, °C")
    low_night_c: Number = Field(default=17.0, description="at least this by night, °C")
    high_c: Number = Field(default=22.0, description="at most this, °C")
    day_from_quarter: Quarter = Field(
        default=26, description="when the day begins: 06:30, or a quarter of the day"
    )
    day_until_quarter: Quarter = Field(
        default=90, description="when the night begins: 22:30, or a quarter of the day"
    )
    hours: tuple[tuple[Quarter, Quarter, Number], ...] = Field(
        default=(),
        description='what overrules day and night: [from, until, °C], for instance ["07:00", "10:00", 20]',
    )

    def device(self) -> Comfort:
        """As the plan knows it."""
        return Comfort(**self.model_dump())


class PvWire(DeviceWire):
    """Panels on the roof."""

    peak_kw: Amount = Field(description="the most they give, kW")
    curtailable: bool = Field(default=True, strict=True, description="whether they can be turned down")

    def device(self) -> Pv:
        """As the plan knows it."""
        return Pv(**self.model_dump())


class TankWire(DeviceWire):
    """A hot-water tank."""

    litres: Amount = Field(default=200.0, description="what it holds, litres")
    low_c: Number = Field(default=45.0, description="below this the shower is not warm, °C")
    high_c: Number = Field(default=65.0, description="never hotter than this, °C")
    pump_max_c: Number = Field(default=55.0, description="up to here the heat pump can heat it, °C")
    element_max_kw: Amount = Field(default=1.5, description="the power of its own electric element, kW")
    loss_kw_per_k: Amount = Field(default=0.0018, description="what it loses per kelvin above the room, kW/K")
    room_c: Number = Field(default=20.0, description="the temperature around it, °C")
    legionella_c: Number = Field(default=60.0, description="hot enough against legionella, °C")
    legionella_days: Count = Field(
        default=7, description="once in so many days it must be that hot; 0: never"
    )

    def device(self) -> Tank:
        """As the plan knows it."""
        return Tank(**self.model_dump())


class ApplianceWire(DeviceWire):
    """A machine that runs a programme once."""

    name: Name = Field(description="what the household calls it: dishwasher")
    programme_kw: tuple[Amount, ...] = Field(
        min_length=1, description="mean kW in each quarter-hour from its start"
    )

    def device(self) -> Appliance:
        """As the plan knows it."""
        return Appliance(self.name, self.programme_kw)


Shares = tuple[Share, Share, Share]


class WiringWire(DeviceWire):
    """A three-phase connection: what each phase carries, and how each device spreads over the three."""

    phase_max_kw: Amount = Field(
        default=5.75, description="the most that a phase carries, kW; 25 A is 5.75 kW"
    )
    load: Shares = Field(default=(1 / 3, 1 / 3, 1 / 3), description="share of the load on each phase")
    pv: Shares = Field(default=(1 / 3, 1 / 3, 1 / 3), description="share of the panels on each phase")
    battery: Shares = Field(default=(1 / 3, 1 / 3, 1 / 3), description="share of the battery on each phase")
    car: Shares = Field(default=(1.0, 0.0, 0.0), description="share of the car on each phase")
    heat_pump: Shares = Field(default=(1.0, 0.0, 0.0), description="share of the heat pump on each phase")
    water: Shares = Field(default=(1.0, 0.0, 0.0), description="share of the hot-water element on each phase")
    appliances: Shares = Field(default=(1.0, 0.0, 0.0), description="share of the appliances on each phase")

    def device(self) -> Wiring:
        """As the plan knows it."""
        return Wiring(**self.model_dump())


class DevicesWire(Strict):
    """What is behind the meter; a device that is left out is not there."""

    pv: PvWire | None = Field(default=None, description="panels on the roof")
    battery: BatteryWire | None = Field(default=None, description="a home battery")
    charger: ChargerWire | None = Field(default=None, description="a wall box and the car that hangs on it")
    heat_pump: HeatPumpWire | None = Field(
        default=None, description="an electric heat pump; needs a building"
    )
    boiler: BoilerWire | None = Field(
        default=None, description="a gas boiler beside the heat pump; needs a building"
    )
    building: BuildingWire | None = Field(default=None, description="the house that is heated")
    comfort: ComfortWire = Field(default=ComfortWire(), description="how warm the household wants it")
    tank: TankWire | None = Field(default=None, description="a hot-water tank")
    appliances: tuple[ApplianceWire, ...] = Field(
        default=(), description="machines that run a programme once"
    )
