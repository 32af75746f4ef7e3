"""From a home file to what a plan is asked: house, state, outlook, and what had to be assumed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from laag.adapters import defaults
from laag.adapters.homefile import standins
from laag.adapters.homefile.devices import DevicesWire
from laag.adapters.homefile.expected import NOT_GIVEN, Noted, Series, expected, prices
from laag.adapters.homefile.fields import quoted
from laag.adapters.homefile.home import (
    AgreedWire,
    ExpectedWire,
    HomeFile,
    JobWire,
    StateWire,
    StayWire,
    TariffWire,
)
from laag.adapters.homefile.signals import FloorWire, GuaranteeWire, LimitWire, SignalWire
from laag.adapters.homefile.times import Times, times_of
from laag.foundation.errors import BadInput
from laag.foundation.ptu import PTU
from laag.foundation.words import Said
from laag.home.defaults import Edition, Household
from laag.home.devices import Appliance, Charger, EvSession, Job
from laag.home.house import HomeState, House
from laag.home.ladder import Claim, Floor, Guarantee, Ladder, Limit, SunFirst
from laag.home.outlook import Floats, Outlook
from laag.home.preferences import Misheard, Signals, UsualDay, Wished, hear
from laag.home.preferences.wishes import Aspect
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
    wishes: tuple[Wished, ...]
    edition: Edition | None
    """The public defaults that hold where no wish is said."""
    household: Household | None
    spoken: frozenset[Aspect]
    """What the file itself settles, so that no default need."""
    signals: Signals
    """What is expected of the country and the street."""
    street_kw: Floats | None
    """What homes around take on average."""
    usual_day: UsualDay | None
    begun: Mapping[str, datetime]
    """When each appliance last began."""
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
    wishes = tuple(_wish(i, line) for i, line in enumerate(home.wishes))
    stays = _stays(series, home, wishes, house.charger)
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
        wishes,
        None if home.defaults is None else defaults.load(home.defaults),
        None if home.household is None else Household(home.household),
        _spoken(home),
        _signals(series, home.expected),
        series.filled("expected.street_kw", home.expected.street_kw),
        UsualDay(home.usual_day.used_kwh, home.usual_day.departs_quarter) if home.usual_day else None,
        {
            _machine(house, "state.begun", name).name: times.instant(moment)
            for name, moment in home.state.begun.items()
        },
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
        if not there:
            return assumed
        if reading is not None:
            return reading
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


def _spoken(home: HomeFile) -> frozenset[Aspect]:
    """What numbers in the file say already."""
    warm = {Aspect.WARMTH} if "comfort" in home.devices.model_fields_set else set()
    ready = {Aspect.CAR_READY} if any(stay.wanted_kwh is not None for stay in home.stays or ()) else set()
    return frozenset(warm | ready)


def _stays(
    series: Series, home: HomeFile, wishes: tuple[Wished, ...], charger: Charger | None
) -> tuple[EvSession, ...]:
    """When the car is there; without a charger there is nothing to say, without stays a usual day is assumed."""
    if charger is None:
        if home.stays:
            raise BadInput(
                "stays are of a car, and the home has no charger; give devices.charger, or leave stays out"
            )
        return ()
    asked_elsewhere = any(wish.ABOUT is Aspect.CAR_READY for wish in wishes) or (
        home.defaults is not None and Aspect.CAR_READY not in _spoken(home)
    )
    full_kwh = 0.0 if asked_elsewhere else standins.USUALLY_FULL * charger.capacity_kwh
    if home.stays is None:
        series.note("stays", NOT_GIVEN, standins.CAR)
        return standins.stays(charger, full_kwh, series.times.grid.quarter_of_day(series.times.zone))
    return tuple(_stay(series, i, stay, charger, full_kwh) for i, stay in enumerate(home.stays))


def _stay(series: Series, i: int, stay: StayWire, charger: Charger, full_kwh: float) -> EvSession:
    times, where = series.times, f"stays[{i}]"
    arrives = _HERE_ALREADY if stay.arrives is None else times.first(stay.arrives)
    departs = _departs(series, where, stay)
    if departs <= arrives:
        raise BadInput(
            f"{where} ends at {stay.departs:%H:%M}, before a quarter-hour has passed; give a later departs"
        )
    wanted, stored = stay.wanted_kwh, stay.stored_kwh
    if wanted is None:
        wanted = full_kwh
        if full_kwh:
            series.note(f"{where}.wanted_kwh", NOT_GIVEN, _taken_as(wanted, "kWh"))
    if stored is None:
        stored = charger.capacity_kwh / 2
        if arrives >= 0 and (stay.used_kwh is None or not i):
            series.note(f"{where}.stored_kwh", NOT_GIVEN, _taken_as(stored, "kWh"))
    wanted = _held_at_most(series, f"{where}.wanted_kwh", wanted, charger)
    least = _held_at_most(series, f"{where}.least_kwh", stay.least_kwh, charger)
    return EvSession(arrives, departs, stored, wanted, stay.used_kwh, stay.most_kwh, least)


def _departs(series: Series, where: str, stay: StayWire) -> int:
    """The PTU before which the stay ends; one that is under way lasts at least to the end of the first."""
    times = series.times
    departs, leaves = times.stop(stay.departs), times.instant(stay.departs)
    here = stay.arrives is None or times.instant(stay.arrives) <= times.grid.start
    if departs or not here:
        return departs
    if leaves > times.grid.start:
        until = (times.grid.start + PTU).astimezone(times.zone)
        then = Said(f"gerekend tot {until:%H:%M}", f"taken as {until:%H:%M}")
        series.note(
            f"{where}.departs", Said("valt in het eerste kwartier", "is in the first quarter-hour"), then
        )
        return 1
    return _HERE_ALREADY if stay.arrives is None else departs


def _held_at_most(series: Series, where: str, kwh: float, charger: Charger) -> float:
    """No more than the car can hold; more is noted."""
    if kwh <= charger.capacity_kwh:
        return kwh
    beyond = Said(
        f"is {kwh:.1f} kWh, meer dan in de auto past".replace(".", ","),
        f"is {kwh:.1f} kWh, more than the car holds",
    )
    series.note(where, beyond, _taken_as(charger.capacity_kwh, "kWh"), unmet=True)
    return charger.capacity_kwh


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


def _wish(i: int, line: str) -> Wished:
    """What a line says; one that is not understood is answered in its own language."""
    wish = hear(line)
    if isinstance(wish, Misheard):
        raise BadInput(f"wishes[{i}]: {wish.said.to(wish.lang)}")
    return wish


def _signals(series: Series, given: ExpectedWire) -> Signals:
    return Signals(
        series.filled("expected.sun_w_m2", given.sun_w_m2),
        series.filled("expected.wind_share", given.wind_share),
        series.filled("expected.kg_co2_per_kwh", given.kg_co2_per_kwh),
        series.filled("expected.stress", given.stress),
    )


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
