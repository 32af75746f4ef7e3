"""A forecast arrives on quarter-hours as it was told, nobody learns where the home is, and what fails is a sentence."""

import asyncio
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.adapters.loopback import http

from laag.adapters.openmeteo import Newest, OpenMeteo, Weather, weather_from_files
from laag.adapters.openmeteo.translate import weather_of
from laag.adapters.openmeteo.wire import read
from laag.foundation.errors import BadInput, LookAhead
from laag.foundation.findings import Finding
from laag.foundation.ptu import PtuGrid

MIDNIGHT = datetime(2026, 6, 1, tzinfo=UTC)
NOW = MIDNIGHT + timedelta(hours=10, minutes=7)
UNITS = {"time": "unixtime", "temperature_2m": "°C", "shortwave_radiation": "W/m²"}


@dataclass(frozen=True)
class Stopped:
    speed = 1.0
    at: datetime = NOW

    def now(self):
        return self.at


def columns(temperatures, sun, step_s):
    first = round(MIDNIGHT.timestamp())
    return {
        "time": [first + i * step_s for i in range(len(sun))],
        "temperature_2m": temperatures,
        "shortwave_radiation": sun,
    }


def told(hours=96, quarters=None, **changed):
    """As documented: hours 10 °C and 400 W/m², and quarter-hours where given."""
    words = {
        "latitude": 52.4, "longitude": 4.9, "generationtime_ms": 0.1, "utc_offset_seconds": 0, "timezone": "GMT",
        "elevation": 0.0, "hourly_units": UNITS, "hourly": columns([10.0] * hours, [400] * hours, 3600),
    }  # fmt: skip
    if quarters is not None:
        words |= {"minutely_15_units": UNITS, "minutely_15": columns(*quarters, 900)}
    return json.dumps(words | changed)


def weather(body, now=NOW):
    found = read(body.encode())
    return weather_of(found, now, "here") if not isinstance(found, str) else found


figures = st.integers(-200, 350).map(lambda tenth: tenth / 10)
sunshine = st.integers(0, 1000).map(float)


def repeated(values):
    """Some values over and over, as many as four days and a quarter-hour have."""
    return st.lists(values, min_size=25, max_size=25).map(lambda some: (some * 16)[:385])


@given(repeated(figures), repeated(sunshine))
def test_every_quarter_hour_has_the_sun_that_was_told_at_its_end(temperatures, sun):
    got = weather(told(97, (temperatures, sun)))
    assert got.sun_w_m2.grid == PtuGrid(MIDNIGHT, 384)
    assert got.sun_w_m2.profile.values.tolist() == sun[1:]
    middles = (np.array(temperatures[:-1]) + temperatures[1:]) / 2
    np.testing.assert_allclose(got.outdoor_c.profile.values, middles, atol=1e-9)


@given(st.lists(sunshine, min_size=96, max_size=96))
def test_an_hour_keeps_its_mean_where_there_are_no_quarter_hours(sun):
    got = weather(told(hourly=columns([10.0] * 96, sun, 3600)))
    assert got.sun_w_m2.profile.values.reshape(-1, 4).mean(axis=1).tolist() == sun[1:]


def test_nothing_is_known_before_it_was_told():
    got = weather(told())
    now = got.sun_w_m2.grid.window(41, 45)
    assert got.sun_w_m2.read(NOW, now).values.tolist() == [400.0] * 4
    with pytest.raises(LookAhead):
        got.outdoor_c.read(NOW - timedelta(minutes=1), now)


def test_quarter_hours_that_end_earlier_go_on_as_hours():
    got = weather(
        told(
            96,
            ([5.0] * 8, [100.0] * 8),
        ),
        MIDNIGHT + timedelta(minutes=20),
    )
    assert got.sun_w_m2.profile.values[:9].tolist() == [100.0] * 7 + [400.0] * 2
    assert len(got.sun_w_m2.grid) == 95 * 4


def test_a_gap_ends_the_forecast_and_is_never_filled():
    hourly = columns([10.0] * 96, [400.0] * 60 + [None] + [400.0] * 35, 3600)
    got = weather(told(hourly=hourly))
    assert got.sun_w_m2.grid.end == MIDNIGHT + timedelta(hours=59)
    assert np.isfinite(got.sun_w_m2.profile.values).all()


def test_a_forecast_that_is_too_short_or_of_another_day_is_a_finding():
    assert "are the least that helps" in weather(told(24)).what
    assert "forecasts 0 quarter-hours" in weather(told(), NOW + timedelta(days=30)).what
    assert "forecasts 0 quarter-hours" in weather(told(hourly=columns([], [], 3600))).what


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("<html>", "no JSON"),
        ("[]", "valid dictionary"),
        (told(hourly=columns([10.0] * 95, [0] * 96, 3600)), "differ in length"),
        (told(hourly=columns([10.0] * 96, [0] * 96, 0)), "do not rise"),
        (told(hourly=columns([10.0] * 96, [0] * 96, 86_400)), "span more than"),
        (told(hourly=columns([99.0] * 96, [0] * 96, 3600)), "hourly.temperature_2m.0"),
        (told(hourly=columns(["warm"] * 96, [0] * 96, 3600)), "hourly.temperature_2m.0"),
        (told(hourly=columns([10.0] * 96, [-1] * 96, 3600)), "hourly.shortwave_radiation.0"),
        (told(hourly=columns([10.0] * 96, [float("nan")] * 96, 3600)), "no JSON"),
        (told(hourly_units=UNITS | {"temperature_2m": "°F"}), "hourly_units.temperature_2m"),
        (told(96, ([1.0] * 9, [1] * 9), minutely_15_units=None), "does not say in which units"),
        ('{"error": true, "reason": "no such model"}', "it says: no such model"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_reason(body, says):
    assert says in weather(body)


@given(st.binary(max_size=200) | st.text().map(str.encode))
def test_whatever_comes_is_a_forecast_or_a_reason(body):
    found = read(body)
    assert isinstance(found, str) or isinstance(weather_of(found, NOW, "here"), Weather | Finding)


def asked(answer, lat=52.36759, lon=4.90412, **how):
    async def main():
        async with http(answer) as base:
            return await OpenMeteo(Stopped(), base=base, **how).forecast(lat, lon)

    return asyncio.run(main())


def test_only_roughly_where_a_home_is_leaves_it():
    seen = []
    got = asked(lambda path, query: seen.append((path, query)) or told(), model="knmi_seamless")
    assert isinstance(got, Weather)
    assert got.made_at == NOW
    assert "CC BY 4.0" in got.source
    ((path, query),) = seen
    assert (path, query["latitude"], query["longitude"], query["models"]) == (
        "/v1/forecast",
        "52.4",
        "4.9",
        "knmi_seamless",
    )
    assert (query["minutely_15"], query["timeformat"]) == ("temperature_2m,shortwave_radiation", "unixtime")


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ((429, b"{}"), "asked too often"),
        ((503, b""), "it answers 503"),
        ((400, b'{"error": true, "reason": "Cannot initialize"}'), "it says: Cannot initialize"),
        (b"<html>", "no JSON"),
    ],
)
def test_each_way_to_fail_is_a_finding(answer, says):
    found = asked(lambda *_: answer)
    assert isinstance(found, Finding)
    assert says in found.what


def test_nobody_there_is_a_finding():
    found = asyncio.run(OpenMeteo(Stopped(), base="http://127.0.0.1:1").forecast(52, 5))
    assert "127.0.0.1 cannot be reached" in found.what


@pytest.mark.parametrize(("lat", "lon"), [(91, 5), (52, float("nan")), (52, -181)])
def test_a_place_that_is_none_is_refused(lat, lon):
    with pytest.raises(BadInput, match="no place on earth"):
        asked(lambda *_: b"", lat, lon)


class Source:
    """Says these one after the other, and counts how often it was asked."""

    def __init__(self, *said) -> None:
        self.said, self.asked = list(said), 0

    async def forecast(self, _lat, _lon):
        self.asked += 1
        return self.said.pop(0)


AWAY = Finding("Open-Meteo", "now", "away")


def test_the_last_forecast_is_kept_while_nobody_answers_and_not_for_ever():
    newest = Newest(Source(weather(told()), AWAY, weather(told())), 52, 5)
    at = NOW + timedelta(hours=1)

    async def main():
        await newest.ask(NOW)
        first = newest.weather
        await newest.ask(at)
        assert (newest.weather, newest.finding, newest.at(at)) == (first, AWAY, first)
        assert newest.at(NOW + timedelta(hours=25)) is None
        await newest.ask(at + timedelta(hours=1))
        assert newest.weather is not first
        assert newest.finding is None

    asyncio.run(main())


def test_a_home_is_told_what_was_and_each_forecast_once():
    newest = Newest(Source(weather(told()), AWAY), 52, 5)

    async def main():
        (past, was), (ahead, comes) = await newest.told(MIDNIGHT + timedelta(hours=9), NOW)
        assert past == PtuGrid(MIDNIGHT + timedelta(hours=9), 4)
        assert {name: len(values) for name, values in was.items()} == {"outdoor_c": 4, "sun_w_m2": 4}
        assert ahead == PtuGrid(MIDNIGHT + timedelta(hours=10), 340)
        assert set(comes) == {"outdoor_forecast_c", "sun_forecast_w_m2"}
        ((later, _),) = await newest.told(NOW + timedelta(seconds=1), NOW + timedelta(minutes=61))
        assert later == PtuGrid(MIDNIGHT + timedelta(hours=10), 4)
        assert await newest.told(NOW, NOW + timedelta(days=2)) == []

    newest.source.said.append(AWAY)
    asyncio.run(main())


@given(st.integers(0, 59), st.lists(st.integers(1, 90), max_size=60))
def test_nobody_is_asked_more_than_once_an_hour(minute, waits):
    """However often one looks, and also when nobody answers."""
    source = Source(*[AWAY] * 100)
    newest = Newest(source, 52, 5, minute=minute)

    async def main():
        now = NOW
        for wait in waits:
            await newest.ask(now)
            assert newest.next_at(now) >= now
            assert newest.next_at(now).minute == minute
            now += timedelta(minutes=wait)

    asyncio.run(main())
    assert source.asked <= 1 + sum(waits) / 60


def test_a_forecast_may_also_come_from_files(tmp_path):
    times = [MIDNIGHT + timedelta(hours=i) for i in range(50)]
    sun, temperature = tmp_path / "sun.csv", tmp_path / "temperature.csv"
    sun.write_text("time,ghi_w_m2\n" + "\n".join(f"{t:%Y-%m-%dT%H:%MZ},300" for t in times))
    temperature.write_text("time,temperature_c\n" + "\n".join(f"{t:%Y-%m-%dT%H:%MZ},12.5" for t in times))
    got, findings = weather_from_files(temperature, sun, PtuGrid(MIDNIGHT, 192), NOW)
    assert findings == ()
    assert set(got.outdoor_c.profile.values) == {12.5}
    np.testing.assert_allclose(got.sun_w_m2.profile.values[4:-4], 300, atol=1e-9)
    assert got.outdoor_c.until(NOW) == got.outdoor_c.grid.end
