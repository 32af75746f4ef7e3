"""A node's keys: for its owner alone, and never made anew over old ones."""

import hashlib
import stat

import pytest

from laag.adapters.ledger.comet import keys
from laag.foundation.errors import BadInput


@pytest.fixture
def made(tmp_path):
    keys.made(tmp_path / "config", tmp_path / "data")
    return tmp_path


def test_they_are_for_nobody_else(made):
    for path in (made / "config" / keys.VOTES, made / "config" / keys.PEERS, made / "data" / keys.SIGNED):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_others_who_can_read_them_are_noticed(made):
    (made / "config" / keys.VOTES).chmod(0o644)
    with pytest.raises(BadInput, match="chmod 600"):
        keys.node(made / "config")


def test_they_are_never_written_over(made):
    before = keys.node(made / "config")
    with pytest.raises(BadInput, match="never replaced"):
        keys.made(made / "config", made / "data")
    assert keys.node(made / "config") == before


def test_both_are_named_by_their_public_halves(made):
    assert len(bytes.fromhex(keys.node(made / "config"))) == 32
    assert len(bytes.fromhex(keys.peer(made / "config"))) == 20
    assert hashlib.sha256(bytes.fromhex(keys.node(made / "config"))).hexdigest()[:40] != keys.peer(
        made / "config"
    )


@pytest.mark.parametrize("text", ["", "{}", '{"priv_key":{"value":"AAAA"}}', '{"priv_key":{"value":"!"}}'])
def test_what_is_no_key_is_said(made, text):
    (made / "config" / keys.VOTES).write_text(text)
    with pytest.raises(BadInput, match="restore its copy"):
        keys.node(made / "config")
