"""What a ledger asks of a witness, written and read as C2SP's tlog-witness says."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.adapters.ledger.witness.wire import MOST_HASHES, Asked, read, written
from laag.foundation.errors import BadInput

HASH = base64.b64encode(bytes(32)).decode()
# As the specification prints it: a log of 20,852,163 entries that was last cosigned at 20,852,014.
PRINTED = """old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
"""
asked = st.builds(
    Asked,
    old=st.integers(0, 2**53),
    proof=st.lists(st.binary(min_size=32, max_size=32), max_size=MOST_HASHES).map(tuple),
    note=st.text(min_size=1).filter(lambda text: text == text.encode("utf-8", "ignore").decode()),
)


@given(asked)
def test_a_call_is_read_as_it_was_written(one):
    assert read(written(one)) == one


def test_the_printed_call_is_read_and_written_again():
    one = read(PRINTED.encode())
    assert (one.old, len(one.proof), one.note.splitlines()[1]) == (20852014, 4, "20852163")
    assert written(one) == PRINTED.encode()


def test_a_first_call_has_no_proof():
    assert read(b"old 0\n\nstreet.example\n") == Asked(0, (), "street.example\n")


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "write a line"),
        (b"old 1", "write a line"),
        (b"old 1\n\n", "write a line"),
        (b"old 01\n\nnote\n", "write a line"),
        (b"old -1\n\nnote\n", "write a line"),
        (b"old 1 \n\nnote\n", "write a line"),
        (b"Old 1\n\nnote\n", "write a line"),
        (b"old 9999999999999999999\n\nnote\n", "write a line"),
        (b"old 1\nAAAA\n\nnote\n", "no hash"),
        (f"old 1\n{HASH[:-2]}B=\n\nnote\n".encode(), "no hash"),
        (f"old 1\n {HASH}\n\nnote\n".encode(), "no hash"),
        (f"old 1\n{HASH}=\n\nnote\n".encode(), "no hash"),
        (b"old 1\n\xff\n\nnote\n", "no UTF-8"),
        (("old 1\n" + (HASH + "\n") * (MOST_HASHES + 1) + "\nnote\n").encode(), "64 hashes"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_way_out(body, says):
    with pytest.raises(BadInput, match=says):
        read(body)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(body):
    try:
        read(body)
    except BadInput:
        return
    assert body.startswith(b"old ")
