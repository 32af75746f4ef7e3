"""A HomeWizard P1 meter: the telegram where it gives one, else its figures, and a sentence for all that may be wrong."""

import asyncio
import json
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.adapters.loopback import http

from laag.adapters.dsmr import Accepted, Kind, Notice, Patience, Reading, SetAside, Watch, Why, listen
from laag.adapters.dsmr.write import Gas, Moment, telegram
from laag.adapters.homewizard import HomeWizard
from laag.adapters.homewizard.translate import reading_of
from laag.adapters.homewizard.wire import Data, read
from laag.apps.meter import sentences
from laag.foundation.findings import Finding

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
QUICK = Patience(silent_after_s=20, retry_s=0.01, retry_at_most_s=0.02, clock_s=1e12)
P1 = json.dumps({"product_type": "HWE-P1", "product_name": "P1 meter", "serial": "3c39e7", "firmware_version": "5.18",
                 "api_version": "v1"})  # fmt: skip
SAID = {
    "wifi_ssid": "Home", "wifi_strength": 100, "smr_version": 50, "meter_model": "ISKRA  2M550T-101",
    "unique_id": "00112233", "active_tariff": 2, "total_power_import_kwh": 13779.338,
    "total_power_import_t1_kwh": 10830.511, "total_power_import_t2_kwh": 2948.827, "total_power_export_kwh": 1.001,
    "total_power_export_t1_kwh": 1.001, "total_power_export_t2_kwh": 0, "active_power_w": -543.0,
    "active_power_l1_w": -676, "active_power_l2_w": 133, "active_voltage_l1_v": 230.1, "active_current_l1_a": -4,
    "total_gas_m3": 2569.646, "gas_timestamp": 210606140010, "gas_unique_id": "ffee", "any_power_fail_count": 4,
    "external": [{"unique_id": "ffee", "type": "gas_meter", "timestamp": 210606140010, "value": 2569.646, "unit": "m3"},
                 {"unique_id": "abcd", "type": "water_meter", "timestamp": 210606140015, "value": 123.456, "unit": "m3"}],
}  # fmt: skip


def said(**changed):
    return json.dumps({name: value for name, value in (SAID | changed).items() if value is not ...})


def reading(**changed):
    return reading_of(read(Data, said(**changed).encode()), NOON)


kwh = st.integers(0, 999_999_999).map(lambda wh: Decimal(wh) / 1000)


@given(kwh, kwh, kwh, kwh, st.integers(-99_999, 99_999))
def test_every_register_arrives_to_the_wh(import_1, import_2, export_1, export_2, watts):
    """However their figures would be rounded as floats."""
    figures = {
        "total_power_import_t1_kwh": import_1, "total_power_import_t2_kwh": import_2,
        "total_power_export_t1_kwh": export_1, "total_power_export_t2_kwh": export_2, "active_power_w": watts,
    }  # fmt: skip
    body = "{" + ", ".join(f'"{name}": {figure:f}' for name, figure in figures.items()) + "}"
    got = reading_of(read(Data, body.encode()), NOON)
    assert got.import_wh == 1000 * (import_1 + import_2)
    assert got.export_tariffs_wh == (1000 * export_1, 1000 * export_2)
    assert got.import_w - got.export_w == watts
    assert min(got.import_w, got.export_w) == 0


@given(st.binary(max_size=200) | st.text().map(str.encode))
def test_whatever_it_answers_is_a_reading_or_a_sentence(body):
    data = read(Data, body)
    assert isinstance(data, str) or isinstance(reading_of(data, NOON), Reading | Finding)


def test_what_its_manual_shows():
    got = reading()
    assert (got.import_wh, got.import_tariffs_wh) == (13_779_338, (10_830_511, 2_948_827))
    assert (got.import_w, got.export_w) == (0, 543)
    assert [(phase.name, phase.export_w, phase.volts, phase.amperes) for phase in got.phases] == [
        ("L1", 676, 230.1, 4.0),
        ("L2", 0, None, None),
    ]
    assert [(other.kind, other.count, str(other.at)) for other in got.others] == [
        ("water", 123_456, "2021-06-06 12:00:15+00:00"),
        ("gas", 2_569_646, "2021-06-06 12:00:10+00:00"),
    ]
    assert (got.at, got.stamped, got.checked, got.version) == (NOON, False, False, "50")


def test_older_versions_name_the_gas_meter_apart():
    (gas,) = reading(external=...).others
    assert (gas.kind, gas.count, gas.meter) == ("gas", 2_569_646, "ffee")


def test_without_a_cable_there_is_no_register_and_no_zero():
    gone = dict.fromkeys([name for name in SAID if name.startswith(("total_power_import", "active"))], ...)
    found = reading(**gone)
    assert isinstance(found, Finding)
    assert "is its cable in the P1 port" in found.what


@pytest.mark.parametrize("odd", ["1e999", "NaN", "-5", '"much"', "true1", "[1]", "1e12"])
def test_a_figure_that_cannot_be_is_not_taken(odd):
    assert isinstance(read(Data, b'{"total_power_import_kwh": ' + odd.encode() + b"}"), str)


async def heard(answer, enough, patience=QUICK):
    """Events until so many readings, or so many events, came."""
    events = []
    async with http(answer) as address:
        source = HomeWizard("127.0.0.1", int(address.rpartition(":")[2]), every_s=0.01)
        async with asyncio.timeout(30), aclosing(listen(source, b"salt", patience)) as stream:
            async for event in stream:
                events.append(event)
                if enough(events):
                    return events
    return events


def readings(events):
    return [event for event in events if isinstance(event, Reading)]


def as_it_speaks(paths):
    return lambda path, _query: paths[path]() if path in paths else (404, b"")


def test_the_telegram_itself_is_preferred_and_each_is_heard_once():
    """Its CRC vouches for it, and it says when; asked too early the meter says the same again."""
    asked = []

    def now():
        asked.append(1)
        at = NOON + timedelta(seconds=len(asked) // 3)
        return telegram(Moment(at, (1000 + len(asked) // 3, 0), (0, 0), import_w=250, gas=Gas(5, NOON)))

    speaks = as_it_speaks({"/api": lambda: P1, "/api/v1/telegram": now})
    events = asyncio.run(heard(speaks, lambda events: len(readings(events)) == 4))
    assert events == readings(events)
    assert all(event.checked and event.stamped for event in events)
    assert [event.import_wh for event in events] == [1000, 1001, 1002, 1003]


def test_figures_count_once_the_next_ones_go_on_from_them():
    asked = []

    def now():
        asked.append(1)
        return said(total_power_import_kwh=13_779.338 + len(asked) / 1000, total_power_import_t1_kwh=...)

    speaks = as_it_speaks({"/api": lambda: P1, "/api/v1/data": now})
    events = asyncio.run(heard(speaks, lambda events: len(readings(events)) == 3))
    watch, outcomes = Watch(), []
    for event in readings(events):
        watch, outcome = watch.see(event)
        outcomes.append(type(outcome).__name__)
    assert outcomes == ["Waiting", "Accepted", "Accepted"]
    assert "00112233" not in repr(events)


def test_a_meter_that_jumps_back_is_set_aside():
    watch, whys = Watch(), []
    for second, kwh in enumerate((100, 100.001, 100.002, 50, 100.003, 100.004)):
        figures = {name: ... for name in SAID if "_t1_" in name or "_t2_" in name}
        data = read(Data, said(total_power_import_kwh=kwh, **figures).encode())
        watch, outcome = watch.see(reading_of(data, NOON + timedelta(seconds=second)))
        whys.append(outcome.why if isinstance(outcome, SetAside) else type(outcome))
    # The one before the jump waits in vain too: nothing has confirmed it.
    assert whys[2:5] == [Accepted, Why.UNCONFIRMED, Why.UNCONFIRMED]
    assert whys[-1] is Accepted


def first_notice(answer, patience=QUICK):
    return next(
        event
        for event in asyncio.run(heard(answer, lambda events: isinstance(events[-1], Notice), patience))
        if isinstance(event, Notice)
    )


def test_an_api_that_is_off_is_told_with_the_way_to_switch_it_on():
    told = first_notice(
        lambda _path, _query: (403, b'{"error": {"id": 202, "description": "API not enabled"}}')
    )
    assert told.kind is Kind.LOST
    assert "zet hem aan in de app" in sentences.notice(told).nl
    assert "switch it on in its app" in sentences.notice(told).en


def test_another_device_of_theirs_is_no_meter_of_the_home():
    told = first_notice(lambda _path, _query: P1.replace("HWE-P1", "HWE-SKT"))
    assert "HWE-SKT answers, and no P1 meter" in sentences.notice(told).en


def test_something_else_at_that_address_is_said_so():
    told = first_notice(lambda _path, _query: b"<html>a router</html>")
    assert "something else answers" in sentences.notice(told).en


def test_what_cannot_be_read_is_left_and_asked_again():
    turns = iter([b"{", (500, b"busy"), b"[]", b'{"active_power_w": "x"}'])
    speaks = as_it_speaks({"/api": lambda: P1, "/api/v1/data": lambda: next(turns, said())})
    events = asyncio.run(heard(speaks, lambda events: bool(readings(events))))
    assert [event.kind for event in events[:-1]] == [Kind.LEFT] * 4
    assert [event.finding.what.partition(": ")[2] for event in events[:2]] == [
        "it is no JSON",
        "it answers 500",
    ]
    assert sentences.notice(events[0]).nl == "Een telegram telt niet mee: er is niets uit te lezen."


def test_figures_that_stay_unreadable_are_silence():
    speaks = as_it_speaks({"/api": lambda: P1, "/api/v1/data": lambda: b"{"})
    patience = Patience(silent_after_s=0.3, retry_s=0.01, retry_at_most_s=0.01)
    silent = asyncio.run(heard(speaks, lambda events: events[-1].kind is Kind.SILENT, patience))
    assert silent[-1].because > 0


def test_nobody_at_that_address_is_told_once():
    async def main():
        server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        server.close()
        await server.wait_closed()
        async with aclosing(listen(HomeWizard("127.0.0.1", port), b"salt", QUICK)) as stream:
            return await anext(stream)

    told = asyncio.run(main())
    assert told.kind is Kind.LOST
    assert "127.0.0.1 cannot be reached" in told.finding.what


def test_an_answer_without_end_is_cut_off():
    told = first_notice(lambda _path, _query: b"/" * 1_000_000)
    assert "more than 65536 bytes" in told.finding.what
