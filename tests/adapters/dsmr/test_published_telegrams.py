"""Telegrams that others published, and what was broken in them: each handled as its index says."""

import csv
from datetime import UTC, datetime

import pytest

from laag.adapters.dsmr import Framer, Reading, reading_of
from laag.adapters.dsmr.crc import crc16

pytestmark = pytest.mark.real_data
ARRIVED = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture
def index(shared):
    with (shared / "telegrams/index.csv").open(encoding="utf-8") as rows:
        return [(row, (shared / "telegrams" / row["file"]).read_bytes()) for row in csv.DictReader(rows)]


def read(raw):
    framer = Framer()
    results = [reading_of(found, ARRIVED, b"salt") for found in framer.feed(raw) + framer.close()]
    return [result for result in results if isinstance(result, Reading)]


def wanted(row):
    """How many readings the index asks for.

    It calls a CRC without its leading zero none at all; computed, it is right.
    """
    if "accept two" in row["note"]:
        return 2
    if (
        "expected: accept" in row["note"]
        or "accept the second" in row["note"]
        or "skip the field" in row["note"]
    ):
        return 1
    if "derived fault" in row["note"]:
        return 0
    return int(row["crc_status"] in {"crc_ok", "no_crc"})


def test_each_is_believed_or_left_as_the_index_says(index):
    assert len(index) > 50
    assert {row["file"]: len(read(raw)) for row, raw in index} == {
        row["file"]: wanted(row) for row, _ in index
    }


def test_what_is_believed_is_what_the_index_describes(index):
    for row, raw in index:
        for reading in read(raw):
            assert (reading.version or "") == row["version_field"].removeprefix("be-"), row["file"]
            assert (reading.export_wh is not None) == (row["has_export_register"] == "True"), row["file"]
            assert any(other.kind in {"gas", "heat"} for other in reading.others) == (
                row["has_gas_or_heat"] == "True"
            ), row["file"]
            assert len(reading.phases) == int(row["phases"]) or (len(reading.phases), row["phases"]) == (
                0,
                "1",
            ), row["file"]
            assert len(reading.others) <= int(row["mbus_devices"]), row["file"]
            assert reading.doubts == (("1.7.0",) if "non_numeric" in row["file"] else ()), row["file"]


def test_our_checksum_is_theirs(index):
    computed = [(row, raw) for row, raw in index if row["crc_computed"]]
    assert len(computed) > 35
    for row, raw in computed:
        assert f"{crc16(raw[raw.index(b'/') : raw.rindex(b'!') + 1]):04X}" == row["crc_computed"].upper(), (
            row["file"]
        )


def test_no_fault_changes_a_register(index):
    """Of every fault that is believed, the figures are those of the telegram it was made from."""
    whole = {
        row["file"].split("/")[1].removesuffix(".txt"): read(raw)
        for row, raw in index
        if "originals" in row["file"]
    }
    for row, raw in index:
        if "faults" in row["file"]:
            (original,) = whole[row["file"].split("/")[1].split("__")[0]]
            assert {(r.at, r.import_wh, r.export_wh, r.others) for r in read(raw)} <= {
                (original.at, original.import_wh, original.export_wh, original.others)
            }, row["file"]
