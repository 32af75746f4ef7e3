"""The home in Home Assistant: what is asked there is done, and what is shown is what is so."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from tests.adapters.devices.listening import until
from tests.adapters.mqtt.broker import Mosquitto, needed
from tests.apps.agent.lived_in import NOW, heard, home_with, life_of, thinks

from laag.adapters.homeassistant import Ask, Asked, PanelSettings
from laag.adapters.mqtt import Broker
from laag.apps.agent.devices_panel import Panel, grant, panel_settings, shown_of
from laag.apps.agent.hands import Hands, paused_until
from laag.foundation.ptu import PTU, PtuGrid, midnight
from laag.home.devices import Device
from laag.home.preferences import parse
from laag.home.preferences.blanks import Stop
from laag.home.preferences.wishes.car import CarBy


@pytest.fixture
def life():
    made = heard(life_of(home_with("charger", "pv"), wishes=()))
    yield made
    made.store.close()


def asked(what, value):
    return Asked(what, value, NOW)


def lines(life):
    return [line for _, line in life.store.wishes()]


def test_a_pause_holds_until_it_is_taken_back(life):
    grant(life, asked(Ask.PAUSE, True))
    assert paused_until(life) > NOW + timedelta(days=365)
    assert shown_of(life).paused is True
    asyncio.run(Hands(life).step(NOW))
    assert not life.told
    grant(life, asked(Ask.PAUSE, False))
    assert paused_until(life) is None
    assert shown_of(life).paused is False


def test_a_percentage_for_the_car_becomes_a_wish_by_when_it_usually_leaves(life):
    grant(life, asked(Ask.CAR_PERCENT, 60.0))
    assert parse(lines(life)[-1]) == CarBy(60, life.habit.departs_quarter % 96, tuple(life.habit.days))
    assert life.replan.is_set()
    assert shown_of(life).car_percent == 60


def test_what_is_asked_again_takes_the_place_of_what_was_asked_before(life):
    life.store.wish("warmtepomp uit van 23:00 tot 06:00")
    for percent in (60.0, 85.0):
        grant(life, asked(Ask.CAR_PERCENT, percent))
        grant(life, asked(Ask.SLIDER, Stop.GREEN))
    assert len(lines(life)) == 3
    assert shown_of(life).car_percent == 85
    assert shown_of(life).stop is Stop.GREEN


def test_what_the_home_does_not_know_is_not_shown_as_zero(life):
    shown = shown_of(life)
    assert shown.price_eur_per_kwh is None
    assert shown.plan_kw is None
    assert shown.cost_today_eur is None
    assert shown.stop is None


def test_today_costs_what_was_paid_so_far_and_what_is_planned(life):
    thought = thinks(life).thought
    today = NOW.astimezone(life.zone).date()
    begins = midnight(today, life.zone)
    done = life.store.series(PtuGrid(begins, (NOW - begins) // PTU))
    paid = done["import_wh"] * done["buy_eur_per_kwh"] - done["export_wh"] * done["sell_eur_per_kwh"]
    left = (midnight(today + timedelta(days=1), life.zone) - thought.plan.grid.start) // PTU
    rest = sum(
        kw / 4 * float((thought.outlook.buy_eur_per_kwh if kw > 0 else thought.outlook.sell_eur_per_kwh)[i])
        for i, kw in enumerate(thought.plan.connection_kw[:left].tolist())
    )
    assert shown_of(life).cost_today_eur == pytest.approx(np.nansum(paid) / 1000 + rest)
    assert shown_of(life).price_eur_per_kwh == thought.outlook.buy_eur_per_kwh[0]


def test_what_is_shown_of_devices_is_what_the_home_tells(life):
    steered = {Device.PV, Device.BATTERY, Device.EV, Device.HEAT_PUMP}
    for house, there in (
        (life.house, steered),
        (replace(life.house, battery=None, pv=replace(life.house.pv, curtailable=False)), {Device.EV, Device.HEAT_PUMP}),
    ):  # fmt: skip
        settings, broker = panel_settings({"broker": {"host": "broker.local"}}, house)
        assert {one.device for one in settings.devices} == there
        assert broker.at == 1883


def test_over_a_real_broker_a_pause_is_heard_done_and_shown(life, tmp_path):
    needed()
    broker = Mosquitto(tmp_path)
    broker.start()
    try:
        asyncio.run(asyncio.wait_for(paused_by_mqtt(life, broker.port), 60))
    finally:
        broker.stop()


async def paused_by_mqtt(life, port):
    from aiomqtt import Client

    settings = PanelSettings(home="kade", devices=[{"device": "ev"}])
    panel = asyncio.create_task(Panel(settings, Broker(host="127.0.0.1", port=port), life).live())
    async with Client("127.0.0.1", port) as client:
        said = {}

        async def listens():
            async for message in client.messages:
                said[str(message.topic)] = message.payload.decode()

        await client.subscribe("laag/kade/#")
        listening = asyncio.create_task(listens())
        await until(lambda: said.get("laag/kade/there") == "online")
        assert said["laag/kade/pause/state"] == "OFF"
        await client.publish("laag/kade/pause/set", "ON", qos=1)
        await until(lambda: said.get("laag/kade/pause/state") == "ON")
        assert paused_until(life) is not None
        await client.publish("laag/kade/car_percent/set", "60", qos=1)
        await until(lambda: said.get("laag/kade/car_percent/state") == "60")
        for task in (panel, listening):
            task.cancel()
        await asyncio.gather(panel, listening, return_exceptions=True)
