"""Where a telegram begins and ends, and what may be believed of it."""

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.adapters.dsmr.telegrams import STANDARDS, signed, telegram

from laag.adapters.dsmr.crc import crc16
from laag.adapters.dsmr.wire import LONGEST, Framer, Verdict

GOOD, OLD, WRONG_CRC, NO_CRC, INCOMPLETE, _ = Verdict


def verdicts(*chunks):
    framer = Framer()
    found = [t for chunk in chunks for t in framer.feed(chunk)]
    return [t.verdict for t in found + framer.close()]


streams = st.lists(
    st.one_of(
        st.sampled_from([telegram(standard) for standard in STANDARDS]),
        st.sampled_from(
            [b"/", b"!", b"\r\n", b"\r", b"\n", b"!1", b"!12345\r\n", b"/XYZ5", b"\0!\0\r\n", b"!6796/"]
        ),
        st.binary(max_size=30),
        st.sampled_from([telegram(standard)[:n] for standard in STANDARDS for n in (1, 60, 200, -3, -1)]),
    ),
    max_size=8,
).map(b"".join)


@given(streams, st.lists(st.integers(1, 400), min_size=1))
def test_how_the_bytes_are_cut_up_does_not_matter(stream, sizes):
    """What is believed of a stream is the same in one piece and in any pieces."""
    chunks, at = [], 0
    while at < len(stream):
        chunks.append(stream[at : at + sizes[len(chunks) % len(sizes)]])
        at += len(chunks[-1])
    assert verdicts(*chunks) == verdicts(stream)


@given(streams, st.sampled_from(sorted(STANDARDS.keys() - {"old"})))
def test_a_good_telegram_is_found_whatever_came_before_it(noise, standard):
    assert verdicts(noise + b"\r\n" + telegram(standard))[-1] is GOOD


@given(st.binary(max_size=300))
def test_the_checksum_is_the_remainder_of_the_polynomial(data):
    """CRC-16/ARC bit by bit, as the standard defines it; and the remainder of a message with its checksum is zero."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ (0xA001 if crc & 1 else 0)
    assert crc16(data) == crc
    assert crc16(data + crc.to_bytes(2, "little")) == 0


def test_a_body_lies_between_its_marks():
    framer = Framer()
    (found,) = framer.feed(b"end of an earlier one)\r\n" + telegram())
    assert (found.body[:1], found.body[-1:]) == (b"/", b"!")


@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        (telegram("old"), [OLD]),
        (telegram() + telegram(), [GOOD, GOOD]),
        (telegram().rstrip() + telegram(), [GOOD, GOOD]),
        (telegram().rstrip(), [GOOD]),
        (telegram().replace(b"\r\n", b"\n"), [WRONG_CRC]),
        (telegram()[:-4] + b"0\0\r\n", [WRONG_CRC]),
        (telegram()[:-6] + telegram()[-6:].lower(), [GOOD]),
        (telegram()[:300] + telegram(), [INCOMPLETE, GOOD]),
        (telegram()[20:], [INCOMPLETE]),
        (telegram()[:300], [INCOMPLETE]),
        (telegram()[:-6] + b"\r\n", [NO_CRC]),
        (telegram("belgian")[:-6] + b"\r\n", [NO_CRC]),
        (telegram("watt")[:-6] + b"\r\n", [NO_CRC]),
        (telegram().replace(b"-0:1.7.0(00.250", b"-0:1.7.0(00!250"), [WRONG_CRC, INCOMPLETE]),
        (telegram().replace(b"-0:1.7.0(00.250", b"-0:1.7.0(00/250"), [INCOMPLETE, WRONG_CRC]),
        (telegram("old").replace(b"\r\n", b"\n"), [OLD]),
        (telegram("old").replace(b"(0-1:24.2.1)", b"(0-1:24.2.0)"), [OLD]),
        (telegram("old").replace(b"(00321.045)", b"(00321,045)"), [NO_CRC]),
        (telegram("old").replace(b"0-0:17.0.0", b"0-0:77.0.0"), [NO_CRC]),
        (b"", []),
    ],
)  # fmt: skip
def test_verdicts(stream, expected):
    assert verdicts(stream) == expected


def test_a_checksum_may_lack_its_leading_zeros():
    stamps = (f"240612{h:02}{m:02}{s:02}S" for h in range(24) for m in range(60) for s in range(60))
    found = next(t for t in (telegram(stamp=stamp) for stamp in stamps) if t[-6:-5] == b"0")
    assert verdicts(found[:-6] + found[-5:]) == [GOOD]


def test_a_slash_in_the_name_of_a_meter_is_no_new_telegram():
    body = telegram()[:-6].replace(b"laag-5", b"laag/5")
    assert verdicts(signed(body)) == [GOOD]


def test_a_meter_that_once_had_a_checksum_does_not_go_without():
    """Else a telegram that lost it on the way could pass for an old one."""
    assert verdicts(telegram("old"), telegram(), telegram("old")) == [OLD, GOOD, NO_CRC]


@pytest.mark.parametrize("endless", [b"/ABC5 and on ", b"no start ", b"!", b"/", b"!x", b"/!/"])
def test_a_stream_without_end_does_not_fill_memory(endless):
    framer = Framer()
    chunk = endless * (4096 // len(endless))
    tracemalloc.start()
    try:
        for _ in range(500):
            framer.feed(chunk)
        held = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert held < 12 * LONGEST
    assert framer.feed(b"\r\n" + telegram())[-1].verdict is GOOD
