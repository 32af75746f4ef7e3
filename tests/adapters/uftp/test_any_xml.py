"""Whatever is done to a message: it is read, or refused with a sentence, and what we read the schema has too."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.adapters.uftp.examples import FOLDER, NAMES, example, fits_schema
from tests.adapters.uftp.test_examples import BEFORE, THEIRS, THEM, Door

from laag.adapters.uftp.guard import Unreadable
from laag.adapters.uftp.signing import sealed
from laag.adapters.uftp.wire import read, written

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not FOLDER.exists(), reason="the examples are not here"),
]

ODD = ["0", "-1", "97", "1e9", "99999999999999999999", "", " ", "true", "\u0663", "NaN", "2023-02-30", "9999-12-31",
       "2023-01-01T24:00:00+00:00", "2023-01-01T00:00:00+99:99", "PT15M", "P1Y", "EUR", "Rejected", "&lt;", "x" * 2000, "Europe/Amsterdam",
       "Europe/../../etc/passwd", "ean.123456789012", "0933d40c-0e32-4969-a44f-43db8eada60a", "0.005", "1.00001", "+1", "1.", ".5"]  # fmt: skip


@st.composite
def mutated(draw):
    text = example(draw(st.sampled_from(NAMES))).decode()
    for _ in range(draw(st.integers(1, 3))):
        text = draw(st.sampled_from([_other_word, _no_word, _bytes, _twice, _cut, _mixed]))(draw, text)
    return text.encode("utf-8", "surrogatepass")


def _words(text):
    return [i for i in range(len(text)) if text.startswith('="', i)]


def _other_word(draw, text):
    if not (at := _words(text)):
        return text
    start = draw(st.sampled_from(at)) + 2
    return (
        text[:start]
        + draw(st.sampled_from(ODD))
        + text[text.index('"', start) if '"' in text[start:] else len(text) :]
    )


def _no_word(draw, text):
    if not (at := _words(text)):
        return text
    stop = draw(st.sampled_from(at))
    start = text.rfind(" ", 0, stop)
    end = text.find('"', stop + 2) + 1
    return text[:start] + text[end or len(text) :]


def _bytes(draw, text):
    at = draw(st.integers(0, len(text)))
    return text[:at] + draw(st.text(max_size=3)) + text[at + draw(st.integers(0, 3)) :]


def _twice(draw, text):
    lines = text.splitlines()
    at = draw(st.integers(0, len(lines) - 1))
    return "\n".join([*lines[: at + 1], *lines[at:]])


def _cut(draw, text):
    at = draw(st.integers(0, len(text)))
    return text[:at]


def _mixed(draw, text):
    other = example(draw(st.sampled_from(NAMES))).decode().splitlines()
    lines = text.splitlines()
    at = draw(st.integers(0, len(lines)))
    return "\n".join([*lines[:at], draw(st.sampled_from(other)), *lines[at:]])


@given(mutated())
@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_read_the_schema_has_and_what_is_not_is_refused(data):
    try:
        message = read(data)
    except Unreadable:
        return
    assert fits_schema(data), data
    assert read(written(message)) == message


@given(mutated(), st.sampled_from(["AGR", "DSO"]), st.sampled_from(["AGR", "DSO", "CRO"]))
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_any_signed_message_is_answered(data, role, says):
    door = Door(role)
    heard = door.desk.hear(sealed(data, THEM, says, THEIRS), BEFORE)
    assert heard.status in {200, 400}
    assert heard.status == 200 or heard.why
    for answer in door.answers():
        assert fits_schema(written(answer)) or "TestMessage" in type(answer).__name__


@given(st.binary(max_size=400))
@settings(deadline=None, max_examples=100)
def test_any_bytes_at_the_door_are_told_400(data):
    assert Door("DSO").desk.hear(data, BEFORE).status == 400
