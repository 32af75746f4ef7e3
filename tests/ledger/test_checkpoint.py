"""Checkpoints as other logs write them: C2SP's own examples, our notes there and back, and two that do not go together."""

import base64
import hashlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ledger.parties import Ledger, hashed
from tests.ledger.proving import day, noted_head

from laag.adapters.keys import verified
from laag.ledger.checkpoint import Checkpoint, Line, checkpoint, log_line, note, stamped, witness
from laag.ledger.heads import noted
from laag.ledger.refused import Code, Refusal
from laag.ledger.split_view import split_view

# From c2sp.org/tlog-cosignature.
PUBLISHED = """example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
""".encode()


def test_a_published_note_reads_and_writes_the_same():
    read = note(PUBLISHED)
    assert read.data == PUBLISHED
    assert [line.name for line in read.lines] == ["example.com/behind-the-sofa", "witness.example.com/w1"]
    assert stamped(read.lines[0]) is None
    assert stamped(read.lines[1])[0] == 1679315147


def test_a_key_is_called_as_the_specification_says():
    public = "ab" * 32
    name = f"laag/{'0' * 64}"
    line = log_line("0" * 64, public, "00" * 64)
    assert line.id == hashlib.sha256(name.encode() + b"\n\x01" + bytes.fromhex(public)).digest()[:4]
    assert base64.b64decode(line.text.split()[2])[:4] == line.id


STREET = day(Ledger.of())


def test_a_head_is_the_same_after_it_was_a_note():
    head = noted_head(STREET)
    sent = head.note(STREET.id, STREET.state.members).data
    assert noted(note(sent), STREET.id, STREET.state.members, verified) == head
    assert checkpoint(note(sent).text) == Checkpoint(STREET.id, STREET.state.size, STREET.state.root)


def test_strangers_and_bad_signatures_under_a_note_are_left_out():
    head = noted_head(STREET)
    made = head.note(STREET.id, STREET.state.members)
    tampered = Line(made.lines[1].name, made.lines[1].id, made.lines[1].signature[:-1] + b"\0")
    stranger = Line("elsewhere/w", b"abcd", bytes(72))
    sent = (
        made.text
        + b"\n"
        + "".join(one.text for one in (stranger, made.lines[0], tampered, made.lines[2])).encode()
    )
    read = noted(note(sent), STREET.id, STREET.state.members, verified)
    assert read.cosigned == head.cosigned[1:]


def test_a_note_without_the_sequencer_or_of_another_log_is_refused():
    head = noted_head(STREET)
    made = head.note(STREET.id, STREET.state.members)
    with pytest.raises(Refusal) as no:
        noted(type(made)(made.text, made.lines[1:]), STREET.id, STREET.state.members, verified)
    assert no.value.refused.code is Code.HEAD_SIGNATURE
    with pytest.raises(Refusal) as no:
        noted(made, hashed("other"), STREET.state.members, verified)
    assert no.value.refused.code is Code.OTHER_LEDGER


@pytest.mark.parametrize("sent", [
    b"", b"text\n", b"text\n\n", PUBLISHED[:-1], PUBLISHED.replace("—".encode(), b"-"), PUBLISHED.replace(b"\n\n", b"\n"),
    PUBLISHED.replace(b"Az3", b"!z3"), PUBLISHED + b"x" * 70_000, PUBLISHED.replace(b"example", b"ex\x07mple"), b"\xff\n\n\xff\n",
])  # fmt: skip
def test_what_is_no_note_is_refused(sent):
    with pytest.raises(Refusal):
        note(sent)


@pytest.mark.parametrize("text", ["", "laag/x\n1\nAA==\n", f"laag/{'0' * 64}\n01\n{'A' * 43}=\n", f"laag/{'0' * 64}\n1\n{'A' * 43}=\nmore\n",
                                  f"laag/{'0' * 64}\n-1\n{'A' * 43}=\n", f"other/{'0' * 64}\n1\n{'A' * 43}=\n"])  # fmt: skip
def test_what_is_no_checkpoint_of_ours_is_refused(text):
    with pytest.raises(Refusal):
        checkpoint(text.encode())


@given(st.binary(max_size=80))
def test_any_bytes_are_a_note_or_refused(data):
    with suppress(Refusal):
        assert note(data).lines


def test_two_histories_of_one_size_prove_who_signed_both():
    here, there = day(Ledger.of()), day(Ledger.of(), attests=("grid", "town"))
    members = here.state.members
    notes = [
        noted_head(one, cosigners).note(one.id, members)
        for one, cosigners in ((here, ("grid", "town")), (there, ("grid", "meters")))
    ]
    found = split_view(*notes, here.id, members, verified)
    assert (found.size, found.by) == (6, ("coop", "grid"))
    assert found.roots == (here.state.root, there.state.root)
    assert "coop, grid" in found.said.nl


def test_one_history_at_two_sizes_proves_nothing_against_anybody():
    short, members = day(Ledger.of(), attests=()), STREET.state.members
    a, b = noted_head(STREET).note(STREET.id, members), noted_head(short).note(STREET.id, members)
    assert split_view(a, b, STREET.id, members, verified) is None
    assert split_view(a, a, STREET.id, members, verified) is None


def test_a_made_up_history_proves_nothing_against_anybody():
    there = day(Ledger.of(), attests=("grid", "town"))
    members = STREET.state.members
    made = noted_head(there).note(there.id, members)
    forged = type(made)(made.text, noted_head(STREET).note(STREET.id, members).lines)
    assert (
        split_view(noted_head(STREET).note(STREET.id, members), forged, STREET.id, members, verified) is None
    )


def test_a_witness_is_named_after_its_ledger_and_member():
    assert witness("0" * 64, "town") == f"laag/{'0' * 64}/town"
