"""A second opinion: dsmr-parser's own reading of whole telegrams, with the specification of each country."""

from datetime import UTC, datetime

import pytest
from dsmr_parser import telegram_specifications as by_country
from dsmr_parser.parsers import TelegramParser
from hypothesis import given
from hypothesis import strategies as st
from tests.adapters.dsmr.telegrams import telegram

from laag.adapters.dsmr import Framer, reading_of

COUNTRIES = {"new": by_country.V5, "belgian": by_country.BELGIUM_FLUVIUS, "old": by_country.V3}
PUBLISHED = {
    "v2_2": by_country.V2_2,
    "v3": by_country.V3,
    "v4_2": by_country.V4,
    "v5": by_country.V5,
    "v5_two_mbus": by_country.V5,
    "fluvius_v171": by_country.BELGIUM_FLUVIUS,
    "fluvius_v171_alt": by_country.BELGIUM_FLUVIUS,
    "iskra_ie": by_country.ISKRA_IE,
    "v5_eon_hu": by_country.EON_HUNGARY,
    "spec_5_0__crc_recomputed": by_country.V5,
}
NAMES = ("ELECTRICITY_USED_TARIFF_1", "ELECTRICITY_USED_TARIFF_2", "ELECTRICITY_DELIVERED_TARIFF_1",
         "ELECTRICITY_DELIVERED_TARIFF_2", "CURRENT_ELECTRICITY_USAGE", "CURRENT_ELECTRICITY_DELIVERY")  # fmt: skip


def ours(raw):
    (found,) = Framer().feed(raw)
    return reading_of(found, datetime(2024, 1, 1, tzinfo=UTC), b"salt")


def assert_the_same(raw, specification):
    read, theirs = ours(raw), TelegramParser(specification).parse(raw.decode())
    figures = (*read.import_tariffs_wh[:2], *read.export_tariffs_wh[:2], read.import_w, read.export_w)
    assert figures == tuple(int(getattr(theirs, name).value * 1000) for name in NAMES)
    if read.stamped and b"230202132747S" not in raw:
        assert read.at == theirs.P1_MESSAGE_TIMESTAMP.value
    metered = {device.channel_id: device for device in getattr(theirs, "MBUS_DEVICES", [])}
    for other in read.others:
        names = ("MBUS_METER_READING", "HOURLY_GAS_METER_READING", "GAS_METER_READING")
        count = next(
            getattr(metered[other.channel], name) for name in names if hasattr(metered[other.channel], name)
        )
        assert (other.count, other.at) == (int(float(count.value) * 1000 + 1e-6), count.datetime)


@given(st.sampled_from(sorted(COUNTRIES)), st.lists(st.integers(0, 99_999_999), min_size=4, max_size=4))
def test_our_telegrams(standard, registers):
    assert_the_same(telegram(standard, "251026023000W", *registers), COUNTRIES[standard])


@pytest.mark.real_data
@pytest.mark.parametrize("name", PUBLISHED)
def test_published_telegrams(shared, name):
    """Of the one meter that says summer time in February, they go by the calendar and we by its word."""
    assert_the_same((shared / f"telegrams/originals/{name}.txt").read_bytes(), PUBLISHED[name])
