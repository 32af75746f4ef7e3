"""The one door out of a home: what is not registered, not for this purpose, or not wanted, stays."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.adapters.neighbourhood import bindings, wire
from laag.adapters.neighbourhood.bindings import BINDINGS, Bound, check, ours, unbound
from laag.adapters.neighbourhood.calls import CALLS, call_of
from laag.adapters.neighbourhood.leaving import KINDS, Stays, call_leaves, leaves, passes, seen, unasked
from laag.foundation.consent import ASKED, covered
from laag.foundation.data import GROUNDS, Ground, Purpose
from laag.foundation.errors import BadInput
from laag.foundation.register import REGISTER

SIGNED = "0" * 128
READING = wire.Readings(member="m-1", day=date(2026, 6, 1), number=7, ptu=[0], wh=[120], signature=SIGNED)
CONSENT = wire.Consents(
    member="m-1", day=date(2026, 6, 1), number=8, purpose="coach", until=None, signature=SIGNED
)


def test_every_wire_class_has_a_purpose_and_every_field_stands_in_the_register_for_it():
    assert unbound(ours()) == []
    assert set(KINDS.values()) <= set(BINDINGS)


def test_what_is_registered_goes_as_it_is():
    for message in (READING, CONSENT):
        assert leaves(message) == leaves(message.model_dump_json()) == message.model_dump_json()


names = st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=20)


@given(names, st.one_of(st.integers(), st.text(), st.none(), st.lists(st.integers(), max_size=3)))
def test_a_field_that_nobody_registered_stays_whatever_it_is_called_and_holds(name, value):
    """Also where somebody adds it to what was written before, past every class."""
    said = json.loads(READING.model_dump_json())
    registered = bindings.field_of("readings", name)
    text = json.dumps({**said, name: said.get(name, value)})
    if registered is not None:
        assert leaves(text) == text
        return
    with pytest.raises(Stays, match=f"readings.{name}"):
        leaves(text)


def test_a_class_with_a_field_more_is_found_at_the_start_and_does_not_leave():
    class Nosy(wire.Readings):
        indoor_c: float = 20.0

    told = {**BINDINGS, Nosy: BINDINGS[wire.Readings]}
    with pytest.raises(BadInput, match=r"Nosy\.indoor_c is not in the register as readings\.indoor_c"):
        check([Nosy], told)
    with pytest.raises(BadInput, match="Nosy has no purpose"):
        check([Nosy])
    with pytest.raises(Stays):
        leaves(Nosy(**READING.model_dump()))


def test_a_class_may_not_be_sent_for_something_that_its_fields_are_not_for():
    wrong = {wire.Readings: Bound("readings", Purpose.VOTING)}
    assert any("not registered for voting" in one for one in unbound([wire.Readings], wrong))
    with pytest.raises(Stays):
        leaves(READING, Purpose.RESEARCH)
    with pytest.raises(Stays):
        passes(["orders.limit_ticks"], Purpose.RESEARCH, lambda _: True)


def test_without_a_yes_nothing_goes_for_what_a_household_is_asked_and_with_one_it_does():
    for purpose in ASKED:
        fields = [field.name for field in covered(purpose)]
        with pytest.raises(Stays) as stays:
            passes(fields, purpose)
        assert stays.value.why.nl
        passes(fields, purpose, lambda one, purpose=purpose: one is purpose)


def test_no_yes_makes_advertising_allowed():
    """``may`` would let it; there is no field that names it."""
    assert not [purpose for purpose, ground in GROUNDS.items() if ground is Ground.NEVER and unasked(purpose)]
    for name in REGISTER:
        with pytest.raises(Stays):
            passes([name], Purpose.ADVERTISING, lambda _: True)


@pytest.mark.parametrize(
    ("method", "target", "body"),
    [
        ("GET", "/members/m-1/diary", b""),
        ("GET", "/board?home=m-1", b""),
        ("GET", "/members/m-1/bill?first=2026-06-01&name=Jansen", b""),
        ("GET", "/board", b"{}"),
        ("POST", "/messages", b'{"messages":[],"name":"Jansen"}'),
        ("POST", "/messages", b'{"messages":[{"kind":"diary"}]}'),
        ("POST", "/enrolments", b'{"code":"abcd","name":"Jansen"}'),
    ],
)
def test_a_call_that_is_not_known_or_says_more_is_not_made(method, target, body):
    with pytest.raises(Stays):
        call_leaves(method, target, body)


def test_a_taking_back_always_leaves():
    """Nobody's silence, and no other refusal, keeps a home from saying no."""
    assert leaves(CONSENT, may=lambda purpose: GROUNDS[purpose] is Ground.CONTRACT)


def test_every_call_names_its_purpose_and_what_it_asks_stands_in_the_register():
    for call in CALLS:
        assert call_of(call.method, call.path.replace("{member}", "m-1").replace("{day}", "d")) is call
        for name in call.query:
            assert REGISTER[f"call.{name}"].serves(call.purpose), (call.path, name)


def test_what_a_message_holds_is_told_by_the_names_of_the_register():
    fields = [one.name for one in seen(json.loads(READING.model_dump_json()), wire.Readings)]
    assert fields == [
        "envelope.kind", "envelope.member", "envelope.day", "envelope.number", "readings.ptu", "readings.wh",
        "envelope.signature",
    ]  # fmt: skip
