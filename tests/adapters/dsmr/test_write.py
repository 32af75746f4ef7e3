"""What we write as a meter, our own parser reads back to the last Wh; and it is spoken as a P1 port speaks."""

import asyncio
from contextlib import aclosing
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.adapters.dsmr import (
    Framer,
    OtherMeter,
    Patience,
    Phase,
    Reading,
    Serial,
    Tcp,
    Verdict,
    listen,
    reading_of,
)
from laag.adapters.dsmr.speak import speaking_pty, speaking_tcp
from laag.adapters.dsmr.write import Gas, Moment, telegram
from laag.foundation.errors import BadInput

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
QUICK = Patience(silent_after_s=20, retry_s=0.01, retry_at_most_s=0.05, clock_s=1e12)
instants = st.integers(1_577_836_800, 2_208_988_800).map(lambda s: datetime.fromtimestamp(s, UTC))
registers = st.tuples(st.integers(0, 999_999_999), st.integers(0, 999_999_999))
watts = st.integers(0, 99_999)


@st.composite
def phases(draw):
    names = ("L1", "L2", "L3")[: draw(st.integers(0, 3))]
    return tuple(
        Phase(
            name, draw(watts), draw(watts), draw(st.integers(0, 9999)) / 10, float(draw(st.integers(0, 999)))
        )
        for name in names
    )


gases = st.none() | st.builds(Gas, st.integers(0, 99_999_999), instants)
moments = st.builds(Moment, instants, registers, registers, watts, watts, phases(), gases)


def read(raw):
    (found,) = Framer().feed(raw)
    assert found.verdict is Verdict.GOOD
    return reading_of(found, NOON, b"salt")


@given(moments)
def test_every_figure_that_is_written_is_read_back(moment):
    got = read(telegram(moment))
    assert (got.at, got.stamped, got.checked, got.version, got.doubts) == (moment.at, True, True, "50", ())
    assert (got.import_tariffs_wh, got.export_tariffs_wh) == (moment.import_wh, moment.export_wh)
    assert (got.import_wh, got.export_wh) == (sum(moment.import_wh), sum(moment.export_wh))
    assert (got.import_w, got.export_w, got.phases) == (moment.import_w, moment.export_w, moment.phases)
    assert [(other.kind, other.count, other.at) for other in got.others] == (
        [("gas", moment.gas.dm3, moment.gas.at)] if moment.gas else []
    )


@given(moments, st.integers(1, 10_000), st.integers(1, 255))
def test_a_byte_that_changes_on_the_way_is_noticed(moment, place, flip):
    raw = bytearray(telegram(moment))
    raw[1 + place % raw.rindex(b"!")] ^= flip
    framer = Framer()
    for found in framer.feed(bytes(raw)) + framer.close():
        assert found.verdict is not Verdict.GOOD


def test_two_meters_are_told_apart_by_their_numbers():
    ours, theirs = (
        read(telegram(Moment(NOON, (0, 0), (0, 0), serial=serial))).meter for serial in ("E1", "E2")
    )
    assert ours != theirs


def test_what_a_meter_does_not_know_it_does_not_say():
    got = read(telegram(Moment(NOON, (0, 0), (0, 0), phases=(Phase("L1", None, None, 230.0, None),))))
    assert got.phases == (Phase("L1", None, None, 230.0, None),)
    assert got.others == ()


def test_gas_is_of_the_hour_it_was_read_in():
    gas = Gas(1_234_567, NOON - timedelta(minutes=5), serial="G7")
    (other,) = read(telegram(Moment(NOON, (0, 0), (0, 0), gas=gas))).others
    assert isinstance(other, OtherMeter)
    assert (other.channel, other.unit, other.count, other.at) == (1, "dm3", 1_234_567, gas.at)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"import_wh": (-1, 0)}, "cannot print -1 Wh; give 0 to"),
        ({"export_wh": (0, 10**9)}, "Wh; give 0 to"),
        ({"import_w": 100_000}, "cannot print 100000 W"),
        ({"phases": (Phase("N", 0, 0, None, None),)}, "name it L1, L2 or L3"),
        ({"phases": (Phase("L1", 0, 0, float("nan"), None),)}, "cannot print nan V"),
        ({"gas": Gas(10**8, NOON)}, "dm³"),
        ({"serial": ""}, "no number of a meter"),
        ({"at": NOON.replace(tzinfo=None)}, "leaves open in which zone"),
    ],
)
def test_what_no_meter_could_print_is_refused(wrong, says):
    with pytest.raises(BadInput, match=says):
        telegram(Moment(**{"at": NOON, "import_wh": (0, 0), "export_wh": (0, 0)} | wrong))


async def every_moment(wait_s=0.002):
    """A meter that never ends, a Wh further at each telegram."""
    wh = 0
    while True:
        yield telegram(Moment(NOON + timedelta(seconds=wh), (wh, 0), (0, 0)))
        wh += 1
        await asyncio.sleep(wait_s)


async def heard(source, enough):
    got = []
    async with asyncio.timeout(30), aclosing(listen(source, b"salt", QUICK)) as stream:
        async for event in stream:
            got += [event] if isinstance(event, Reading) else []
            if len(got) >= enough:
                break
    return got


def one_by_one(readings):
    wh = [reading.import_wh for reading in readings]
    return wh == list(range(wh[0], wh[0] + len(wh)))


def test_several_hear_one_meter_over_the_network():
    async def main():
        async with speaking_tcp(every_moment()) as port:
            return await asyncio.gather(*(heard(Tcp("127.0.0.1", port), 10) for _ in range(3)))

    assert all(one_by_one(readings) for readings in asyncio.run(main()))


def test_it_is_heard_over_a_cable_also_when_nobody_listened_at_first():
    async def main():
        async with speaking_pty(every_moment()) as device:
            await asyncio.sleep(0.1)
            return await heard(Serial(device), 10)

    readings = asyncio.run(main())
    assert readings[0].import_wh > 0
    assert one_by_one(readings[1:])


def test_when_the_telegrams_end_so_does_the_connection():
    async def three():
        await asyncio.sleep(0.1)
        for wh in range(3):
            yield telegram(Moment(NOON, (wh, 0), (0, 0)))

    async def main():
        async with speaking_tcp(three()) as port:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            async with asyncio.timeout(20):
                said = await reader.read()
            writer.close()
            return said

    assert asyncio.run(main()).count(b"/LAA5") == 3


def test_a_meter_that_breaks_says_so_to_who_made_it():
    async def broken():
        yield telegram(Moment(NOON, (-1, 0), (0, 0)))

    async def main():
        async with speaking_tcp(broken()):
            await asyncio.sleep(0.05)

    with pytest.raises(BadInput, match="cannot print -1 Wh"):
        asyncio.run(main())
