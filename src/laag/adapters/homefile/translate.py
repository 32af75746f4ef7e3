"""From a home file to what a plan is asked: house, state, outlook, and what had to be assumed."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from laag.adapters.homefile import standins
from laag.adapters.homefile.devices import DevicesWire
from laag.adapters.homefile.expected import NOT_GIVEN, Noted, Series, expected, prices
from laag.adapters.homefile.fields import quoted
from laag.adapters.homefile.home import AgreedWire, HomeFile, JobWire, StateWire, StayWire, TariffWire
from laag.adapters.homefile.signals import FloorWire, GuaranteeWire, LimitWire, SignalWire
from laag.adapters.homefile.times import Times, times_of
from laag.foundation.errors import BadInput
from laag.foundation.words import Said
from laag.home.devices import Appliance, Charger, EvSession, Job
from laag.home.house import HomeState, House
from laag.home.ladder import Claim, Floor, Guarantee, Ladder, Limit, SunFirst
from laag.home.outlook import Outlook
from laag.home.tariff import Band, Peak

_HERE_ALREADY = -1


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """All that a home file asks of a plan; ``noted`` says what was assumed or strange."""

    house: House
    state: HomeState
    outlook: Outlook
    zone: ZoneInfo
    ladder: Ladder
    wishes: tuple[str, ...]
    keep_stored: bool
    noted: tuple[Noted, ...]


def asked(home: HomeFile) -> Asked:
    """The home in the plan's own words; ``BadInput`` where its parts do not fit together."""
    zone = ZoneInfo(home.zone)
    times = times_of(home.start, home.hours, zone)
    series = Series(times)
    house = _house(home)
    quarter = times.grid.quarter_of_day(zone)
    buy, sell = prices(series, home.prices)
    stays = _stays(series, home.stays, house.charger)
    outlook = Outlook(
        grid=times.grid,
        quarter=quarter,
        buy_eur_per_kwh=buy,
        sell_eur_per_kwh=sell,
        sessions=stays,
        jobs=tuple(_job(times, house, i, job) for i, job in enumerate(home.jobs)),
        claims=tuple(_claim(times, signal) for signal in home.signals),
        gas_eur_per_kwh=home.prices.gas_eur_per_kwh,
        band=_band(home.tariff),
        peak=_peak(home.tariff),
        **expected(series, home.expected, house, quarter),
        **_agreed(times, home.agreed),
    )
    state = _state(series, home.state, house, stays)
    return Asked(
        house,
        state,
        outlook,
        zone,
        Ladder.of(home.ladder),
        home.wishes,
        home.keep_stored,
        tuple(series.noted),
    )


def _house(home: HomeFile) -> House:
    """The devices behind the connection, where they go together."""
    given: DevicesWire = home.devices
    for name in ("heat_pump", "boiler"):
        if getattr(given, name) is not None and given.building is None:
            raise BadInput(f"devices.{name} has nothing to heat; give devices.building too")
    names = [machine.name for machine in given.appliances]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise BadInput(
            f"devices.appliances has {quoted(twice[0])} twice; give each machine a name of its own"
        )
    wiring = home.connection.wiring
    return House(
        name=home.name,
        import_max_kw=home.connection.import_max_kw,
        export_max_kw=home.connection.export_max_kw,
        battery=given.battery.device() if given.battery else None,
        charger=given.charger.device() if given.charger else None,
        heat_pump=given.heat_pump.device() if given.heat_pump else None,
        building=given.building.device() if given.building else None,
        comfort=given.comfort.device(),
        pv=given.pv.device() if given.pv else None,
        boiler=given.boiler.device() if given.boiler else None,
        tank=given.tank.device() if given.tank else None,
        appliances=tuple(machine.device() for machine in given.appliances),
        wiring=wiring.device() if wiring else None,
    )


def _state(series: Series, given: StateWire, house: House, stays: tuple[EvSession, ...]) -> HomeState:
    """What the devices hold; what is not said of a device that is there is assumed, and noted."""

    def held(name: str, reading: float | None, assumed: float, unit: str, *, there: bool) -> float:
        if reading is not None or not there:
            return assumed if reading is None else reading
        series.note(f"state.{name}", NOT_GIVEN, _taken_as(assumed, unit))
        return assumed

    half_kwh = house.battery.capacity_kwh / 2 if house.battery else 0.0
    here = bool(stays) and stays[0].arrives < 0
    return HomeState(
        stored_kwh=held("stored_kwh", given.stored_kwh, half_kwh, "kWh", there=house.battery is not None),
        ev_stored_kwh=held(
            "ev_stored_kwh", given.ev_stored_kwh, stays[0].stored_kwh if here else 0.0, "kWh", there=here
        ),
        indoor_c=held(
            "indoor_c", given.indoor_c, house.comfort.low_day_c, "°C", there=house.building is not None
        ),
        tank_c=held("tank_c", given.tank_c, 50.0, "°C", there=house.tank is not None),
        hot_ago_ptus=given.hot_ago_ptus,
        pump_ran_ptus=given.pump_ran_ptus,
    )


def _stays(
    series: Series, given: tuple[StayWire, ...] | None, charger: Charger | None
) -> tuple[EvSession, ...]:
    """When the car is there; without a charger there is nothing to say, without stays a usual day is assumed."""
    if charger is None:
        if given:
            raise BadInput(
                "stays are of a car, and the home has no charger; give devices.charger, or leave stays out"
            )
        return ()
    if given is None:
        series.note("stays", NOT_GIVEN, standins.CAR)
        return standins.stays(charger, series.times.grid.quarter_of_day(series.times.zone))
    return tuple(_stay(series, i, stay, charger) for i, stay in enumerate(given))


def _stay(series: Series, i: int, stay: StayWire, charger: Charger) -> EvSession:
    times, where = series.times, f"stays[{i}]"
    arrives = _HERE_ALREADY if stay.arrives is None else times.first(stay.arrives)
    departs = times.stop(stay.departs)
    if departs <= arrives:
        raise BadInput(
            f"{where} ends at {stay.departs:%H:%M}, before a quarter-hour has passed; give a later departs"
        )
    wanted = stay.wanted_kwh
    if wanted is None:
        wanted = standins.USUALLY_FULL * charger.capacity_kwh
        series.note(f"{where}.wanted_kwh", NOT_GIVEN, _taken_as(wanted, "kWh"))
    stored = stay.stored_kwh
    if stored is None:
        stored = max(wanted - standins.USED_KWH, 0.0)
        if arrives >= 0 and stay.used_kwh is None:
            series.note(f"{where}.stored_kwh", NOT_GIVEN, _taken_as(stored, "kWh"))
    elif not np.isfinite(stored):
        stored = nan
    return EvSession(arrives, departs, stored, wanted, stay.used_kwh, stay.most_kwh, stay.least_kwh)


def _taken_as(number: float, unit: str) -> Said:
    return Said(f"{number:.1f} {unit} aangenomen".replace(".", ","), f"taken as {number:.1f} {unit}")


def _job(times: Times, house: House, i: int, job: JobWire) -> Job:
    return Job(
        _machine(house, f"jobs[{i}].appliance", job.appliance),
        times.first(job.earliest),
        times.stop(job.deadline),
        None if job.started is None else min(times.stop(job.started), 0),
    )


def _machine(house: House, where: str, name: str) -> Appliance:
    for machine in house.appliances:
        if machine.name == name:
            return machine
    there = ", ".join(machine.name for machine in house.appliances) or "none"
    raise BadInput(f"{where} is {quoted(name)}; devices.appliances has {there}")


def _claim(times: Times, signal: SignalWire) -> Claim:
    """A signal on the grid; from the quarter-hour that holds its begin to the one that holds its end."""
    if isinstance(signal, GuaranteeWire):
        return Guarantee(signal.import_kw, signal.export_kw, signal.source)
    first = 0 if signal.since is None else times.stop(signal.since)
    stop = len(times.grid) if signal.until is None else times.first(signal.until)
    if isinstance(signal, LimitWire):
        return Limit(signal.rung, signal.on, first, stop, signal.max_kw, signal.source)
    if isinstance(signal, FloorWire):
        return Floor(signal.rung, signal.on, first, stop, signal.least, signal.source)
    return SunFirst(signal.rung, first, stop, signal.source)


def _agreed(times: Times, given: AgreedWire | None) -> dict[str, Any]:
    if given is None:
        return {}
    return {
        name: times.spread(getattr(given, name), f"agreed.{name}")
        for name in ("position_kw", "more_eur_per_kwh", "less_eur_per_kwh")
    }


def _band(given: TariffWire) -> Band | None:
    return Band(given.band.kw, given.band.beyond_eur_per_kwh) if given.band else None


def _peak(given: TariffWire) -> Peak | None:
    return Peak(given.peak.so_far_kw, given.peak.eur_per_kw) if given.peak else None
