"""One way to write a thing down: what is written reads back, and what reads back was written that way."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.ledger.canonical import DEEPEST, ENTRY_BYTES, decode, encode
from laag.ledger.refused import Code, Refusal

TEXT = st.text(st.sampled_from([chr(n) for n in range(0x20, 0x7F) if chr(n) not in '"\\']), max_size=12)
WHOLE = st.integers(-(2**63) + 1, 2**63 - 1)
WORDS = st.recursive(
    WHOLE | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@given(WORDS)
def test_what_is_written_reads_back(said):
    assert decode(encode(said)) == said


@given(WORDS)
def test_it_is_json_as_everybody_can_write_it(said):
    """Sorted, without spaces: the standard library does the same."""
    assert encode(said) == json.dumps(said, sort_keys=True, separators=(",", ":")).encode()


@given(st.binary(max_size=40) | WORDS.map(encode), st.data())
def test_bytes_read_only_if_they_would_be_written_so(data, draw):
    """Whatever is cut, doubled or put in between: it is refused, or it is canonical itself."""
    place = draw.draw(st.integers(0, len(data)))
    changed = data[:place] + draw.draw(st.sampled_from([b"", b" ", b"0", b"-", b'"', b",", b"}", b"[", b"\\", b"1e3", b"\xc3"])) + data[place + draw.draw(st.integers(0, 1)):]  # fmt: skip
    with suppress(Refusal):
        assert encode(decode(changed)) == changed


@pytest.mark.parametrize("data", [
    b"", b"null", b"true", b"1.0", b"1e3", b"-0", b"01", b"+1", b" 1", b"1 ", b'{"b":1,"a":2}', b'{"a":1,"a":1}', b"[1,]",
    b'{"a":1,}', b'"\\u0041"', b'"\xc3\xa9"', b'"\n"', b"9223372036854775808", b"-9223372036854775808",
    b"99999999999999999999999", b"[", b'{"a"}', b"{1:2}", b'"', b"[1 ,2]", b"\xef\xbb\xbf1", b"'a'",
])  # fmt: skip
def test_another_way_to_write_it_is_refused(data):
    with pytest.raises(Refusal) as no:
        decode(data)
    assert no.value.refused.code is Code.FORM


@pytest.mark.parametrize(
    "said",
    [None, True, 0.5, 2**63, -(2**63), "é", 'say "so"', "a\\b", "a\nb", {1: 2}, b"x", [None], {"a": False}],
)
def test_what_has_no_place_on_a_ledger_is_not_written(said):
    with pytest.raises(Refusal):
        encode(said)


def test_depth_is_bounded_and_so_is_length():
    deep = b"[" * DEEPEST + b"1" + b"]" * DEEPEST
    assert encode(decode(deep)) == deep
    with pytest.raises(Refusal):
        decode(b"[" + deep + b"]")
    with pytest.raises(Refusal):
        decode(b"[" * 10_000)
    whole = encode("a" * (ENTRY_BYTES - 2))
    assert len(decode(whole)) == ENTRY_BYTES - 2
    with pytest.raises(Refusal) as no:
        decode(encode("a" * (ENTRY_BYTES - 1)))
    assert no.value.refused.code is Code.TOO_LONG
