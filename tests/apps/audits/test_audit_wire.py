"""A day over the wire: what was sent is what arrives, and half of it is nothing."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.apps.audits.committed_street import committed, fact
from tests.cycle.any_street import PLACE

from laag.apps.audit import wire
from laag.apps.audit.asking import key_in
from laag.apps.audit.auditing import audited
from laag.apps.audit.places import place_of
from laag.apps.street.ledger.kept import LEAVES
from laag.foundation.errors import LaagError


@pytest.fixture(scope="module")
def made():
    return committed(homes=2)


@pytest.fixture(scope="module")
def sent(made):
    return list(wire.lines(iter(made.events), made.day, made.records, made.ledger))


def test_what_arrives_gives_the_same_audit(made, sent):
    assert audited(PLACE, wire.read(sent), made.ledger.id) == made.audit()
    made.records.delete(LEAVES, f"meter/{made.day}/1")
    again = list(wire.lines(iter(made.events), made.day, made.records, made.ledger))
    assert wire.read(again).trees[f"meter/{made.day}/1"].leaves is None


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_lines_that_lack_or_are_bent_are_refused_in_a_sentence_or_found_out(made, sent, data):
    at = data.draw(st.integers(0, len(sent) - 1))
    line = sent[at]
    cut = data.draw(st.integers(0, len(line) - 2))
    bent = data.draw(
        st.sampled_from([b"", line[:cut] + b"\n", b"[]\n", b'{"kind":"end","events":0}\n', b"{}\n"])
    )
    try:
        found = audited(PLACE, wire.read([*sent[:at], bent, *sent[at + 1 :]]), made.ledger.id)
    except LaagError:
        return
    assert found.code != 0 or json.loads(line)["kind"] == "tree"  # without leaves they are made of salts


def test_the_place_is_the_one_that_the_log_was_opened_for_or_none(made):
    assert place_of(made.events[0]) == PLACE
    for changed in ({"facts": "ab" * 32}, {"k_percent": "many"}, {"zone": "Mars/Olympus"}):
        with pytest.raises((LaagError, ValueError)):
            place_of(fact(made.events[0], **changed))


def test_a_key_that_others_can_read_or_that_is_none_is_refused(tmp_path):
    path = tmp_path / "key"
    path.write_text("laag_abc\n")
    path.chmod(0o644)
    with pytest.raises(LaagError, match="chmod 600"):
        key_in(path)
    path.chmod(0o600)
    assert key_in(path) == "laag_abc"
    path.write_text("something else")
    with pytest.raises(LaagError, match="holds no key"):
        key_in(path)
