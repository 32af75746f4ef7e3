"""A meter that comes through a broker: telegrams, JSON, or a value on each topic; kept ones are not news."""

import asyncio
import json
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.adapters.loopback import broker

from laag.adapters.dsmr import Kind, Notice, Patience, Reading, listen
from laag.adapters.dsmr.dsmr_reader import Gathered, reading_of
from laag.adapters.dsmr.mqtt import Mqtt
from laag.adapters.dsmr.write import Moment, telegram
from laag.apps.meter import sentences
from laag.apps.meter.source import source_of
from laag.foundation.errors import BadInput
from laag.foundation.findings import Finding

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
QUICK = Patience(silent_after_s=20, retry_s=0.01, retry_at_most_s=0.02, clock_s=1e12)


def values(second=0, wh=1_000, **changed):
    return {
        "id": 7, "timestamp": f"{NOON + timedelta(seconds=second):%Y-%m-%dT%H:%M:%SZ}",
        "electricity_delivered_1": f"{Decimal(wh) / 1000:f}", "electricity_returned_1": "0.000",
        "electricity_delivered_2": "2.000", "electricity_returned_2": "0.500", "electricity_currently_delivered": "0.250",
        "electricity_currently_returned": "0.000", "phase_currently_delivered_l1": "0.250",
        "phase_currently_delivered_l2": None, "extra_device_timestamp": "2026-06-01T11:55:00Z",
        "extra_device_delivered": "321.045", "phase_voltage_l1": "230.1", "phase_power_current_l1": 1,
    } | changed  # fmt: skip


async def heard(messages, enough, topic="p1", code=0):
    events = []
    async with broker(messages, code) as (port, _seen):
        source = Mqtt("127.0.0.1", topic, port, "home", "secret word")
        async with asyncio.timeout(30), aclosing(listen(source, b"salt", QUICK)) as stream:
            async for event in stream:
                events.append(event)
                if len(events) == enough:
                    break
    return events


def moments(count):
    return [Moment(NOON + timedelta(seconds=i), (1000 + i, 0), (0, 0)) for i in range(count)]


@pytest.mark.parametrize(
    "cut", [lambda raw: raw, lambda raw: raw.rstrip(), lambda raw: raw.replace(b"\r\n", b"\n")]
)
def test_telegrams_on_a_topic(cut):
    """With or without the end of their last line; with other line ends their CRC is wrong, and none is believed."""
    sent = [("p1", cut(telegram(moment)), False) for moment in moments(3)]
    events = asyncio.run(heard(sent, 3))
    if b"\r" in sent[0][1]:
        assert [event.import_wh for event in events] == [1000, 1001, 1002]
        assert all(event.checked for event in events)
    else:
        assert [event.kind for event in events] == [Kind.LEFT] * 3


def test_what_the_broker_kept_is_not_what_the_meter_says_now():
    kept, new = (telegram(moment) for moment in moments(2))
    (event,) = asyncio.run(heard([("p1", kept, True), ("p1", new, False)], 1))
    assert event.import_wh == 1001


def test_json_on_a_topic():
    sent = [("p1", json.dumps(values(i, 1000 + i)).encode(), False) for i in range(2)]
    first, second = asyncio.run(heard(sent, 2))
    assert (first.at, first.stamped, first.checked) == (NOON, True, False)
    assert (first.import_wh, first.export_wh, first.import_w) == (3_000, 500, 250)
    assert second.import_tariffs_wh == (1_001, 2_000)
    assert [(phase.name, phase.import_w, phase.volts) for phase in first.phases] == [("L1", 250, 230.1)]
    assert [(gas.kind, gas.count, gas.meter) for gas in first.others] == [("gas", 321_045, None)]


def test_a_value_on_each_topic():
    sent = [
        (f"dsmr/reading/{name}", str(value).encode(), False)
        for second in range(3)
        for name, value in values(second, 1000 + second).items()
        if value is not None
    ]
    events = asyncio.run(heard(sent, 2, "dsmr/reading/#"))
    assert [(event.at.second, event.import_wh) for event in events] == [(0, 3_000), (1, 3_001)]


def test_values_that_come_before_a_time_belong_to_nothing():
    gathered = Gathered()
    assert gathered.add("x/electricity_delivered_1", b"1.0", NOON) is None
    assert gathered.add("x/timestamp", b"2026-06-01T12:00:00Z", NOON) is None
    found = gathered.add("x/timestamp", b"2026-06-01T12:00:10Z", NOON)
    assert isinstance(found, Finding)
    assert "electricity_delivered_1" in found.what


kwh = st.integers(0, 999_999_999).map(lambda wh: Decimal(wh) / 1000)


@given(kwh, kwh, kwh, kwh, st.booleans())
def test_every_register_arrives_to_the_wh(import_1, import_2, export_1, export_2, quoted):
    figures = dict(
        zip(
            ("delivered_1", "delivered_2", "returned_1", "returned_2"),
            (import_1, import_2, export_1, export_2),
            strict=True,
        )
    )
    quote = '"' if quoted else ""
    body = ", ".join(f'"electricity_{name}": {quote}{figure:f}{quote}' for name, figure in figures.items())
    got = reading_of(b'{"timestamp": "2026-06-01T12:00:00Z", ' + body.encode() + b"}", NOON)
    assert (got.import_tariffs_wh, got.export_tariffs_wh) == (
        (1000 * import_1, 1000 * import_2),
        (1000 * export_1, 1000 * export_2),
    )


@pytest.mark.parametrize(
    "wrong",
    [b"{", b"{}", b"[" * 100_000, b'{"timestamp": "2026-06-01T12:00:00"}', json.dumps(values(wh=-1)).encode(),
     json.dumps(values(electricity_returned_1="NaN")).encode(), json.dumps(values(timestamp="yesterday")).encode()],
)  # fmt: skip
def test_what_cannot_be_read_is_left_with_a_reason(wrong):
    found = reading_of(wrong, NOON)
    assert isinstance(found, Finding)
    assert "a message was left" in found.what


def test_a_password_that_is_refused_is_said_so_and_never_shown():
    (told,) = asyncio.run(heard([], 1, code=5))
    assert isinstance(told, Notice)
    assert "weigert deze naam of dit wachtwoord" in sentences.notice(told).nl
    assert "secret" not in repr(told)


def test_a_broker_that_hangs_up_is_tried_again():
    async def main():
        async with broker([("p1", telegram(moments(1)[0]), False)], hang_up=True) as (port, seen):
            events = []
            async with (
                asyncio.timeout(30),
                aclosing(listen(Mqtt("127.0.0.1", "p1", port), b"s", QUICK)) as stream,
            ):
                async for event in stream:
                    events.append(event)
                    if sum(isinstance(event, Reading) for event in events) == 2:
                        break
            return events, len(seen)

    events, connected = asyncio.run(main())
    assert connected == 2
    assert [type(event).__name__ for event in events] == ["Reading", "Notice", "Notice", "Reading"]


def test_sources_are_named_in_a_word(monkeypatch):
    monkeypatch.setenv("LAAG_MQTT_PASSWORD", "a word")
    assert source_of("mqtt://home@broker.local/p1/telegram") == Mqtt(
        "broker.local", "p1/telegram", 1883, "home", "a word"
    )
    assert source_of("mqtts://broker.local/dsmr/reading/#").port == 8883
    assert source_of("mqtts://broker.local/dsmr/reading/#").topic == "dsmr/reading/#"
    assert source_of("homewizard://192.168.1.20").name == "192.168.1.20:80"
    assert "word" not in repr(source_of("mqtt://h:word@broker.local/p1"))


@pytest.mark.parametrize(
    ("word", "way_out"),
    [
        ("mqtt://broker.local", "mqtt://HOST/TOPIC"),
        ("mqtt://h:secret@broker.local:99999/p1", "mqtt://HOST/TOPIC"),
        ("homewizard://", "homewizard://HOST"),
        ("homewizard://host/path", "homewizard://HOST"),
        ("ftp://host", "tcp://HOST:PORT"),
    ],
)
def test_a_word_that_cannot_be_meant_is_refused_with_the_way_out(word, way_out):
    with pytest.raises(BadInput, match=way_out) as refused:
        source_of(word)
    assert "secret" not in str(refused.value)
