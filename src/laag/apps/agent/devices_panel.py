"""The home in Home Assistant: what it shows there every few seconds, and what residents ask there done."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
from pydantic import ValidationError

from laag.adapters.homefile.parse import faults
from laag.apps.agent.devices import module_of, validated
from laag.apps.agent.hands import paused_until
from laag.apps.agent.life import Life
from laag.apps.agent.past import quarter_of
from laag.apps.agent.wishing import Wishing
from laag.foundation.errors import BadInput
from laag.foundation.findings import Finding
from laag.foundation.ptu import PTU, PTU_HOURS, PtuGrid, midnight
from laag.home.devices import Device
from laag.home.house import House
from laag.home.preferences import parse, say
from laag.home.preferences.wishes.car import CarBy
from laag.home.preferences.wishes.home import Slider
from laag.home.preferences.wishes.wished import Wished

if TYPE_CHECKING:
    from laag.adapters.homeassistant import Asked, PanelSettings, Shown
    from laag.adapters.mqtt import Broker

_SHOWS_S = 5.0
"""Of the wall."""
_UNTIL_ASKED = timedelta(days=3652)
"""A switch knows no hours: it is off until it is on again."""
_WISHES = "panel_wishes"


def panel_settings(table: Mapping[str, Any], house: House) -> tuple[PanelSettings, Broker]:
    """[home.panel] as the panel and its broker; the devices are those of the home."""
    module, broker = module_of("laag.adapters.homeassistant"), module_of("laag.adapters.mqtt").Broker
    if "devices" in table:
        raise BadInput("home.panel shows the devices that the home has; leave devices out")
    if not isinstance(table.get("broker"), Mapping):
        raise BadInput('home.panel needs a broker that Home Assistant knows too; write broker = {host = "…"}')
    rest = {name: value for name, value in table.items() if name != "broker"}
    try:
        return (
            validated(module.PanelSettings, {**rest, "devices": _told_in(house)}),
            validated(broker, table["broker"]),
        )
    except ValidationError as odd:
        raise BadInput(f"home.panel: {faults(odd)}; docs/devices-live.md has every field") from None


class Panel:
    """Goes on for as long as somebody waits for it."""

    name = "the panel in Home Assistant"

    def __init__(self, settings: PanelSettings, broker: Broker, life: Life) -> None:
        from laag.adapters.homeassistant import HomeAssistantPanel

        self._life = life
        self._panel = HomeAssistantPanel(settings, broker, life.clock)

    async def live(self) -> None:
        """Show and listen."""
        async with asyncio.TaskGroup() as works:
            works.create_task(self._shows())
            works.create_task(self._hears())

    async def _shows(self) -> None:
        while True:
            await self._panel.show(shown_of(self._life))
            await asyncio.sleep(_SHOWS_S)

    async def _hears(self) -> None:
        async for said in self._panel.asked():
            if isinstance(said, Finding):
                self._life.found(said)
                continue
            try:
                grant(self._life, said)
            except BadInput as unfit:
                stamp = f"{self._life.clock.now():%Y-%m-%dT%H:%M:%SZ}"
                self._life.found(Finding(self.name, stamp, str(unfit)))
            await self._panel.show(shown_of(self._life))


def grant(life: Life, asked: Asked) -> None:
    """Do what a resident asked for: a pause holds until it is taken back, a wish takes the place of the one asked before."""
    from laag.adapters.homeassistant import Ask

    match asked.what:
        case Ask.PAUSE:
            until = life.clock.now() + _UNTIL_ASKED if asked.value is True else None
            life.store.keep("paused_until", None if until is None else until.isoformat())
        case Ask.CAR_PERCENT:
            habit, percent = life.habit, round(float(asked.value))
            _wish(life, CarBy(percent, habit.departs_quarter % 96, tuple(habit.days)))
        case Ask.SLIDER:
            _wish(life, Slider(asked.value))  # type: ignore[arg-type] # a stop, of the slider


def shown_of(life: Life) -> Shown:
    """This moment as the panel shows it; what is not known is ``None``."""
    from laag.adapters.homeassistant import Shown

    wishes = [parse(line) for _, line in life.store.wishes()]
    car = [one for one in wishes if isinstance(one, CarBy)]
    slid = [one for one in wishes if isinstance(one, Slider)]
    plan_kw, price = _planned(life)
    return Shown(
        grid_kw=life.senses.meter_kw,
        plan_kw=plan_kw,
        price_eur_per_kwh=price,
        cost_today_eur=_cost_today_eur(life),
        told=tuple(one.instruction for one in life.told.values()),
        paused=paused_until(life) is not None,
        car_percent=car[-1].percent if car else None,
        stop=slid[-1].stop if slid else None,
    )


def _wish(life: Life, wish: Wished) -> None:
    kind, wishing = type(wish).__name__, Wishing(life)
    before = dict(life.store.kept(_WISHES) or {})
    number = wishing.add(say(wish)).number
    if before.get(kind) not in {None, number}:
        wishing.remove(before[kind])
    life.store.keep(_WISHES, {**before, kind: number})


def _planned(life: Life) -> tuple[float | None, float | None]:
    """Of this quarter-hour: the power by the plan, and what a kWh costs."""
    if (thought := life.thought) is None:
        return None, None
    at = thought.plan.grid.index(life.clock.now())
    if not 0 <= at < len(thought.plan):
        return None, None
    return float(thought.plan.connection_kw[at]), float(thought.outlook.buy_eur_per_kwh[at])


def _cost_today_eur(life: Life) -> float | None:
    """What was measured so far at the prices of then, and what is planned for the rest of the day at its own."""
    if (thought := life.thought) is None:
        return None
    now = life.clock.now()
    today = now.astimezone(life.zone).date()
    begins, ends = (midnight(day, life.zone) for day in (today, today + timedelta(days=1)))
    gone = life.store.series(PtuGrid(begins, (quarter_of(now) - begins) // PTU))
    paid = gone["import_wh"] * gone["buy_eur_per_kwh"] - gone["export_wh"] * gone["sell_eur_per_kwh"]
    plan, outlook = thought.plan, thought.outlook
    ahead = slice(max(plan.grid.index(quarter_of(now)), 0), max(plan.grid.index(ends), 0))
    kwh = plan.connection_kw[ahead] * PTU_HOURS
    price = np.where(kwh > 0, outlook.buy_eur_per_kwh[ahead], outlook.sell_eur_per_kwh[ahead])
    return float(np.nansum(paid) / 1000 + (kwh * price).sum())


def _told_in(house: House) -> list[dict[str, str]]:
    """What the home tells devices."""
    has = {
        Device.PV: house.pv is not None and house.pv.curtailable,
        Device.BATTERY: house.battery is not None,
        Device.EV: house.charger is not None,
        Device.HEAT_PUMP: house.heat_pump is not None,
        Device.WATER: house.tank is not None,
    }
    steered = [{"device": device.name.lower()} for device, there in has.items() if there]
    return [*steered, *({"device": "appliance", "which": one.name} for one in house.appliances)]
