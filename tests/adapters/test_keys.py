"""A key signs what its holder says, stays where only its owner reads it, and is never written over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.adapters.keys import Key, verified
from laag.foundation.errors import BadInput

KEY, OTHER = Key.new(), Key.new()


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_a_signature_holds_for_these_bytes_by_this_key_and_nothing_else(data, other):
    signature = KEY.sign(data)
    assert verified(KEY.public, signature, data)
    assert not verified(OTHER.public, signature, data)
    assert verified(KEY.public, signature, other) == (data == other)


@given(st.text(max_size=130), st.text(max_size=130))
def test_what_is_no_key_or_signature_is_only_wrong(public, signature):
    assert not verified(public, signature, b"120 Wh")
    assert not verified(KEY.public, signature, b"120 Wh")


def test_a_key_comes_back_from_its_file_which_others_cannot_read(tmp_path):
    place = tmp_path / "home" / "key.pem"
    KEY.save(place)
    assert place.stat().st_mode & 0o777 == 0o600
    assert Key.load(place).public == KEY.public
    assert [one.name for one in place.parent.iterdir()] == ["key.pem"]


def test_a_key_is_never_written_over(tmp_path):
    place = tmp_path / "key.pem"
    KEY.save(place)
    with pytest.raises(BadInput, match="already"):
        OTHER.save(place)
    assert Key.load(place).public == KEY.public


@pytest.mark.parametrize(
    ("text", "says"),
    [(None, "no key at"), (b"", "no key that laag wrote"), (b"-----BEGIN PRIVATE KEY-----\nx", "no key that laag wrote")],
)  # fmt: skip
def test_a_missing_or_broken_file_says_the_way_out(tmp_path, text, says):
    place = tmp_path / "key.pem"
    if text is not None:
        place.write_bytes(text)
        place.chmod(0o600)
    with pytest.raises(BadInput, match=says):
        Key.load(place)


def test_a_key_that_others_can_read_is_not_used(tmp_path):
    place = tmp_path / "key.pem"
    KEY.save(place)
    place.chmod(0o644)
    with pytest.raises(BadInput, match="chmod 600"):
        Key.load(place)


def test_a_key_shows_its_public_half_only():
    assert repr(KEY) == f"Key({KEY.public[:12]}…)"
