"""The whole of a home file: what its parts are called and what they mean."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from laag.adapters.defaults import NEWEST
from laag.adapters.homefile.devices import DevicesWire, WiringWire
from laag.adapters.homefile.fields import (
    Amount,
    Count,
    Limit,
    Moment,
    Name,
    Number,
    Quarter,
    Reading,
    Series,
    Strict,
    Zone,
    wrong,
)
from laag.adapters.homefile.signals import RungName, SignalWire
from laag.foundation.errors import BadInput
from laag.home.ladder import Ladder

VERSION = 1
HouseholdName = Literal["single", "couple", "family", "home_by_day", "renter"]


class ConnectionWire(Strict):
    """Where the home meets the grid."""

    import_max_kw: Limit = Field(
        default=17.25, description="the most it takes, kW; 3x25A is 17.25; null: no limit"
    )
    export_max_kw: Limit = Field(default=17.25, description="the most it gives, kW; null: no limit")
    wiring: WiringWire | None = Field(default=None, description="the phases, where their fuses matter")


class StateWire(Strict):
    """What the devices hold when the plan begins; what is left out is assumed and reported."""

    stored_kwh: Reading | None = Field(default=None, description="in the home battery, kWh")
    ev_stored_kwh: Reading | None = Field(default=None, description="in the car that is plugged in now, kWh")
    indoor_c: Reading | None = Field(default=None, description="indoors, °C")
    tank_c: Reading | None = Field(default=None, description="in the hot-water tank, °C")
    hot_ago_ptus: Count = Field(
        default=0, description="how long ago the tank was last hot enough against legionella, quarter-hours"
    )
    pump_ran_ptus: Count = Field(
        default=0, description="how long the heat pump has been running, quarter-hours; 0: it is off"
    )
    begun: dict[Name, Moment] = Field(
        default={},
        description="when each appliance last began, by its name: a machine that has run is not run again",
    )


class PricesWire(Strict):
    """What a kWh costs and earns: both in EUR/kWh, or the market's price and the contract."""

    buy_eur_per_kwh: Series | None = Field(
        default=None, description="what a kWh taken costs, tax and VAT included, EUR/kWh"
    )
    sell_eur_per_kwh: Series | None = Field(default=None, description="what a kWh given earns, EUR/kWh")
    day_ahead_eur_per_mwh: Series | None = Field(
        default=None,
        description="the market's price without tax and VAT, EUR/MWh; the contract makes both prices of it",
    )
    contract: Literal["dynamic-2027", "law-2027"] = Field(
        default="dynamic-2027", description="under which policy the market's price is paid (docs/policies.md)"
    )
    gas_eur_per_kwh: Amount = Field(
        default=0.13, description="gas for a boiler, tax and VAT included, EUR/kWh"
    )

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.day_ahead_eur_per_mwh is not None and (self.buy_eur_per_kwh or self.sell_eur_per_kwh):
            raise wrong(
                " geeft de prijs van de markt en een eigen prijs; laat een van beide weg",
                " gives the market's price and a home's own; leave one of them out",
            )
        if self.buy_eur_per_kwh is None and self.sell_eur_per_kwh is not None:
            raise wrong(
                " zegt wat een kWh opbrengt maar niet wat hij kost; geef ook buy_eur_per_kwh",
                " says what a kWh earns but not what it costs; give buy_eur_per_kwh too",
            )
        return self


class AgreedWire(Strict):
    """What the market has cleared already."""

    position_kw: Series = Field(
        description="what was bought (+) or sold (-), mean kW; null where nothing is cleared"
    )
    more_eur_per_kwh: Series = Field(
        description="what taking one kWh more than that is expected to cost, EUR/kWh"
    )
    less_eur_per_kwh: Series = Field(
        description="what taking one kWh less than that is expected to earn, EUR/kWh"
    )


class ExpectedWire(Strict):
    """The day as it is expected; what is left out comes from a public stand-in and is reported."""

    load_kw: Series | None = Field(default=None, description="what the household uses beside its devices, kW")
    pv_kw: Series | None = Field(default=None, description="what the panels could give, kW")
    sun_w_m2: Series | None = Field(default=None, description="sun on the ground, W/m²")
    outdoor_c: Series | None = Field(default=None, description="outside, °C")
    heat_gain_kw: Series | None = Field(
        default=None, description="heat of sun and people indoors, kW; else from sun_w_m2"
    )
    hot_water_kw: Series | None = Field(default=None, description="heat drawn from the tank, kW")
    street_kw: Series | None = Field(
        default=None, description="what homes around take on average, to compare with, kW"
    )
    wind_share: Series | None = Field(
        default=None, description="what the country's turbines give, as a share of what they could"
    )
    kg_co2_per_kwh: Series | None = Field(
        default=None, description="what a kWh from the grid brings into the air, kg/kWh"
    )
    stress: Series | None = Field(
        default=None,
        description="how full the street's cable is, from -1 (with giving) by way of 0 (at ease) to 1 (with taking)",
    )


class StayWire(Strict):
    """One stay of the car at the wall box."""

    arrives: Moment | None = Field(
        default=None, description="when it is plugged in; left out: it is there already"
    )
    departs: Moment = Field(description="when it leaves")
    stored_kwh: Reading | None = Field(default=None, description="what it holds on arrival, kWh")
    wanted_kwh: Amount | None = Field(
        default=None, description="what it should hold on departure, kWh; else by wish or default"
    )
    used_kwh: Amount | None = Field(
        default=None, description="what it used since the stay before this one, kWh"
    )
    most_kwh: Limit = Field(default=float("inf"), description="never charged beyond this, kWh")
    least_kwh: Amount = Field(default=0.0, description="a car that gives back keeps at least this, kWh")


class UsualDayWire(Strict):
    """What past stays of the car teach."""

    used_kwh: Amount = Field(description="what all but the longest tenth of days take, kWh")
    departs_quarter: tuple[Quarter | None, ...] = Field(
        default=(None,) * 7,
        min_length=7,
        max_length=7,
        description="before when only one departure in five comes, Monday to Sunday; null where it is not known",
    )


class JobWire(Strict):
    """One programme that somebody wants run."""

    appliance: Name = Field(description="the name of one of devices.appliances")
    earliest: Moment | None = Field(default=None, description="not begun before; left out: from the start")
    deadline: Moment | None = Field(default=None, description="finished before; left out: by the end")
    started: Moment | None = Field(default=None, description="since when it is running, if it is")


class BandWire(Strict):
    """A subscribed band."""

    kw: Amount = Field(description="what the connection may take or give at no extra charge, kW")
    beyond_eur_per_kwh: Amount = Field(description="what a kWh beyond it costs extra, EUR/kWh")


class PeakWire(Strict):
    """A charge on the highest quarter-hour."""

    so_far_kw: Amount = Field(description="the peak that is paid for already, kW")
    eur_per_kw: Amount = Field(description="what each kW above it costs, EUR/kW")


class TariffWire(Strict):
    """What the network charges besides a price per kWh."""

    band: BandWire | None = Field(default=None, description="a subscribed band")
    peak: PeakWire | None = Field(default=None, description="a charge on the peak")


class HomeFile(Strict):
    """One home and its day."""

    version: Literal[1] = Field(description="of this format: 1")
    name: Name = Field(description="what the home is called")
    zone: Zone = Field(default="Europe/Amsterdam", description="whose clock hangs on the wall")
    start: Moment = Field(
        description="when the plan begins: a local time on a quarter-hour, or one with Z or an offset"
    )
    hours: Number | None = Field(
        default=None, description="how long the plan is, hours; left out: until the same time tomorrow"
    )
    connection: ConnectionWire = Field(default=ConnectionWire(), description="where the home meets the grid")
    devices: DevicesWire = Field(default=DevicesWire(), description="what is behind the meter")
    state: StateWire = Field(default=StateWire(), description="what the devices hold when the plan begins")
    prices: PricesWire = Field(default=PricesWire(), description="what a kWh costs and earns")
    agreed: AgreedWire | None = Field(default=None, description="what the market has cleared already")
    expected: ExpectedWire = Field(default=ExpectedWire(), description="the day as it is expected")
    stays: tuple[StayWire, ...] | None = Field(
        default=None, description="when the car is there; left out: a usual day"
    )
    usual_day: UsualDayWire | None = Field(default=None, description="what past stays of the car teach")
    jobs: tuple[JobWire, ...] = Field(default=(), description="programmes that somebody wants run")
    wishes: tuple[Name, ...] = Field(
        default=(), description="what the household wants, each in one sentence, Dutch or English"
    )
    household: HouseholdName | None = Field(
        default=None,
        description="what kind of household it is, for the public defaults; left out: as its devices tell",
    )
    defaults: Name | None = Field(
        default=NEWEST,
        description="which edition of the public defaults holds where no wish is said; null: none",
    )
    signals: tuple[SignalWire, ...] = Field(default=(), description="what grid operator and neighbours claim")
    ladder: tuple[RungName, ...] = Field(
        default=(), description="the household's order of its own rungs, highest first"
    )
    tariff: TariffWire = Field(
        default=TariffWire(), description="what the network charges besides a price per kWh"
    )
    keep_stored: bool = Field(
        default=False, strict=True, description="end with at least what the battery holds at the start"
    )

    @model_validator(mode="after")
    def _ladder_can_be(self) -> Self:
        try:
            Ladder.of(self.ladder)
        except BadInput as refused:
            raise wrong(f".ladder kan niet: {refused}", f".ladder cannot be: {refused}") from None
        return self
