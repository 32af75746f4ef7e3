"""From the words of a meter to ours: whole Wh, instants in UTC, and nothing made up."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.adapters.dsmr.telegrams import STANDARDS, signed, telegram

from laag.adapters.dsmr import Framer, OtherMeter, Phase, Reading, reading_of
from laag.adapters.dsmr.translate import instant
from laag.foundation.findings import Finding
from laag.foundation.ptu import AMSTERDAM

ARRIVED = datetime(2024, 6, 12, 11, 15, 2, tzinfo=UTC)
registers = st.integers(0, 999_999_999)


def read(raw, salt=b"salt"):
    (found,) = Framer().feed(raw)
    return reading_of(found, ARRIVED, salt)


@given(st.sampled_from(sorted(STANDARDS.keys() - {"old"})), registers, registers, registers, registers)
def test_every_register_arrives_to_the_wh(standard, import_1, import_2, export_1, export_2):
    """In every standard, whichever unit it prints."""
    got = read(telegram(standard, "240612131501S", import_1, import_2, export_1, export_2))
    assert (got.import_wh, got.export_wh) == (import_1 + import_2, export_1 + export_2)
    if standard != "watt":
        assert (got.import_tariffs_wh, got.export_tariffs_wh) == ((import_1, import_2), (export_1, export_2))


@given(st.integers(1_262_304_000, 2_208_988_800))
def test_every_instant_arrives_also_in_the_hour_that_comes_twice(second):
    at = datetime.fromtimestamp(second, UTC)
    local = at.astimezone(AMSTERDAM)
    assert instant(f"{local:%y%m%d%H%M%S}{'S' if local.dst() else 'W'}") == at


@given(st.text(max_size=14) | st.text("0123456789SW", min_size=12, max_size=14))
def test_a_stamp_that_cannot_be_read_is_no_instant(stamp):
    at = instant(stamp)
    assert at is None or at.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    "stamp", ["251026023000", "250330023000", "632525252525W", "700101010000X", "", None]
)
def test_stamps_that_tell_nothing(stamp):
    """Without S or W the doubled hour cannot be told, and the skipped one never was."""
    assert instant(stamp) is None


def test_a_dutch_telegram():
    assert read(telegram()) == Reading(
        at=datetime(2024, 6, 12, 11, 15, 1, tzinfo=UTC),
        stamped=True,
        checked=True,
        meter="4a8c3ce82082",
        version="50",
        import_wh=3_000_000,
        export_wh=700_000,
        import_tariffs_wh=(1_000_000, 2_000_000),
        export_tariffs_wh=(300_000, 400_000),
        import_w=250,
        export_w=0,
        phases=(Phase("L1", 250, 0, 230.1, 1.0),),
        others=(
            OtherMeter(1, "gas", datetime(2024, 6, 12, 11, 5, tzinfo=UTC), 321_045, "dm3", "d48e891ca822"),
        ),
    )


def test_an_old_telegram_has_no_time_and_nothing_that_vouches_for_it():
    got = read(telegram("old"))
    assert (got.at, got.stamped, got.checked, got.version) == (ARRIVED, False, False, None)
    assert (got.import_wh, got.import_w) == (3_000_000, 250)
    (gas,) = got.others
    assert (gas.kind, gas.count, gas.at) == ("gas", 321_045, datetime(2024, 6, 12, 11, tzinfo=UTC))


def test_a_belgian_telegram_has_gas_and_water():
    got = read(telegram("belgian"))
    assert [(other.kind, other.count) for other in got.others] == [("gas", 321_045), ("water", 8_579)]
    assert got.version == "50217"


def test_a_figure_that_cannot_be_read_is_unknown_and_named():
    body = telegram()[:-6].replace(b"-0:1.7.0(00.250*kW)", b"-0:1.7.0(--.---*kW)")
    got = read(signed(body))
    assert (got.import_w, got.export_w, got.doubts) == (None, 0, ("1.7.0",))


@pytest.mark.parametrize(
    "odd", [b"0x12.345*kWh", b"1E5*kWh", b"", b"12.5", b"12.5*kg", b"1*2*kWh", b"-5*kWh", b"NaN*kWh"]
)
def test_a_tariff_that_cannot_be_read_leaves_the_sum_unknown(odd):
    body = telegram()[:-6].replace(b"001000.000*kWh", odd)
    got = read(signed(body))
    assert (got.import_wh, got.import_tariffs_wh, got.export_wh) == (None, (), 700_000)
    assert got.doubts == ("1.8.1",)


def test_of_two_lines_that_contradict_each_other_neither_is_believed():
    got = read(telegram(extra="1-0:1.8.1(000999.000*kWh)\n"))
    assert (got.import_wh, got.doubts) == (None, ("1.8.1",))
    assert read(telegram(extra="1-0:1.8.1(001000.000*kWh)\n")) == read(telegram())


def test_a_heat_meter_counts_megajoules():
    body = (
        telegram()[:-6]
        .replace(b"0-1:24.1.0(003)", b"0-1:24.1.0(004)")
        .replace(b"00321.045*m3", b"240.860*GJ")
    )
    (heat,) = read(signed(body)).others
    assert (heat.kind, heat.count, heat.unit) == ("heat", 240_860, "MJ")


def test_a_meter_that_was_taken_away_counts_nothing():
    body = telegram()[:-6].replace(b"(240612130500S)(00321.045*m3)", b"(700101010000W)(00000000)")
    assert read(signed(body)).others == ()


def test_the_number_of_a_meter_can_be_compared_by_its_owner_only():
    ours, again, theirs = (
        read(telegram()),
        read(telegram(stamp="240612131502S")),
        read(telegram(), salt=b"other"),
    )
    assert ours.meter == again.meter != theirs.meter
    assert read(telegram(meter="3132")).meter != ours.meter
    assert "30313233343536373839" not in repr(ours)


def test_what_is_not_believed_is_a_finding():
    (wrong,) = Framer().feed(telegram().replace(b"00.250", b"00.251"))
    found = reading_of(wrong, ARRIVED, b"salt")
    assert found == Finding("smart meter", "2024-06-12T11:15:02Z", "a telegram was left: its CRC is wrong")
