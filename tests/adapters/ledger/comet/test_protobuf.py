"""Protocol buffers: what is written comes back, and what is torn or of a newer version does no harm."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.adapters.ledger.comet import abci
from laag.adapters.ledger.comet.protobuf import decoded, encoded, read_varint
from laag.adapters.ledger.comet.serving import answered
from laag.foundation.errors import BadInput
from laag.ledger.protobuf import blob, delimited, fixed64, number, varint

numbers = st.integers(-(2**63), 2**63 - 1)
misdeeds = st.builds(
    abci.Misbehavior,
    st.integers(0, 2),
    st.builds(abci.Validator, st.binary(max_size=20), numbers),
    numbers,
    st.builds(abci.Timestamp, numbers, st.integers(0, 10**9)),
    numbers,
)
blocks = st.builds(
    abci.FinalizeBlockRequest, st.lists(st.binary(max_size=300)).map(tuple), st.lists(misdeeds).map(tuple),
    st.binary(max_size=32), numbers, st.builds(abci.Timestamp, numbers),
)  # fmt: skip


@given(blocks)
def test_a_message_comes_back_as_it_was(block):
    assert decoded(abci.FinalizeBlockRequest, encoded(block)) == block


@given(blocks, st.integers(100, 2**20), st.binary(max_size=40))
def test_fields_of_a_newer_version_are_passed_over(block, field, more):
    newer = encoded(block) + number(field, 7) + blob(field + 1, more) + fixed64(field + 2, 3)
    assert decoded(abci.FinalizeBlockRequest, newer) == block


@given(blocks, st.data())
def test_a_torn_message_is_refused_or_shorter_never_a_crash(block, data):
    whole = encoded(block)
    torn = whole[: data.draw(st.integers(0, len(whole)))]
    with suppress(BadInput):
        decoded(abci.FinalizeBlockRequest, torn)


@given(st.binary(max_size=60))
def test_whatever_comes_is_answered(noise):
    assert answered(noise, lambda _: abci.EchoResponse("x"))


@given(st.integers(0, 2**64 - 1), st.binary(max_size=3))
def test_a_number_is_read_where_it_ends(value, more):
    data = varint(value)
    assert read_varint(data + more, 0) == (value, len(data))
    assert read_varint(data[:-1], 0) is None


def test_a_number_without_end_is_refused():
    with pytest.raises(BadInput, match="does not end"):
        read_varint(b"\xff" * 11, 0)


# As protoc 3 and CometBFT 0.38.26 write them.
@pytest.mark.parametrize(
    ("message", "hex_"),
    [
        (abci.CheckTxRequest(b"abc", 1), "0a036162631001"),
        (abci.ValidatorUpdate(abci.PublicKey(b"\x01" * 2), 0), "0a040a020101"),
        (abci.ProcessProposalResponse(abci.Proposal.REJECT), "0802"),
        (abci.CommitResponse(0), ""),
        (abci.CommitResponse(300), "18ac02"),
        (abci.FinalizeBlockResponse((abci.TxResult(), abci.TxResult(1)), (), b"\xaa"), "1200120208012a01aa"),
    ],
)  # fmt: skip
def test_messages_are_as_the_standard_writes_them(message, hex_):
    assert encoded(message).hex() == hex_
    assert decoded(type(message), bytes.fromhex(hex_)) == message


def test_a_fault_of_ours_is_said_to_cometbft():
    def fails(_):
        raise BadInput("the disk is full; make room")

    said = answered(blob(8, b""), fails)  # an empty message is left out: a request that is none
    assert b"ABCI 2.0" in said
    said = answered(bytes.fromhex("0a00"), fails)
    assert b"the disk is full" in said


def test_a_length_stands_before_each_message():
    assert delimited(b"x" * 200)[:2] == b"\xc8\x01"
