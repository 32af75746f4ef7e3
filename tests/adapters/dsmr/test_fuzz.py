"""Whatever becomes of a telegram on its way: no exception, and nothing believed that the meter did not vouch for."""

import random
from collections import Counter
from datetime import UTC, datetime
from functools import cache

import pytest
from tests.adapters.dsmr.mutations import mutated, originals

from laag.adapters.dsmr import Framer, Reading, Verdict, reading_of

NOW = datetime(2024, 6, 12, 12, tzinfo=UTC)


@cache
def bit_by_bit(body):
    crc = 0
    for byte in body:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ (0xA001 if crc & 1 else 0)
    return crc


def arrived(raw, rng):
    """The telegrams of a stream that comes in two pieces."""
    framer, at = Framer(), rng.randrange(len(raw) + 1)
    return framer.feed(raw[:at]) + framer.feed(raw[at:]) + framer.close()


def outcome(telegram, bodies, vouched):
    """What became of it; asserts what must hold for each."""
    read = reading_of(telegram, NOW, b"salt")
    assert isinstance(read, Reading) == (telegram.verdict in {Verdict.GOOD, Verdict.OLD})
    assert not isinstance(read, Reading) or read.checked == (telegram.verdict is Verdict.GOOD)
    if telegram.verdict is not Verdict.GOOD or telegram.body in bodies:
        return telegram.verdict.name
    return "VOUCHED" if vouched else "BY CHANCE"


def fuzz(seed, count, given):
    rng = random.Random(seed)
    bodies = {raw[: raw.rindex(b"!") + 1] for raw in given}
    kinds = Counter()
    for raw, vouched in mutated(seed, count, given):
        for telegram in arrived(raw, rng):
            if telegram.verdict is Verdict.GOOD:
                assert f"{bit_by_bit(telegram.body):X}".encode() in raw.upper()
            kinds[outcome(telegram, bodies, vouched)] += 1
    return kinds


def with_a_checksum(seed, count):
    """Nothing without a right CRC is believed; damage that its CRC happens to fit is one in 65,536."""
    kinds = fuzz(seed, count, originals(random.Random(seed), ("new", "belgian", "watt")))
    assert kinds["OLD"] == 0, "a telegram that lost its CRC passed for an old one"
    assert kinds["BY CHANCE"] <= 2 + count // 10_000
    return kinds


def test_eight_thousand_spoiled_telegrams():
    kinds = with_a_checksum(1, 8_000)
    assert min(kinds[kind] for kind in ("GOOD", "WRONG_CRC", "NO_CRC", "INCOMPLETE", "VOUCHED")) > 100


def test_four_thousand_spoiled_telegrams_that_never_had_a_checksum():
    """They are read where every line is whole, and each reading says that nothing vouches for it."""
    kinds = fuzz(1, 4_000, originals(random.Random(1), ("old",)))
    assert kinds["BY CHANCE"] == 0
    assert min(kinds[kind] for kind in ("OLD", "NO_CRC", "INCOMPLETE")) > 100


@pytest.mark.slow
def test_a_hundred_thousand_spoiled_telegrams():
    with_a_checksum(2, 100_000)
