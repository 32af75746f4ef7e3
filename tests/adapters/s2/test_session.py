"""A session, message by message: in order, out of order, twice, and wrong."""

import json
from datetime import timedelta

import pytest
from pydantic import ValidationError
from tests.adapters.devices.listening import NOON
from tests.adapters.s2.schemas import published, valid
from tests.adapters.s2.words import (
    at,
    constraints,
    details,
    handshake,
    kinds,
    limit,
    message,
    mode,
    power,
    span,
    started,
    switches,
    system,
    told,
)  # fmt: skip

from laag.adapters.s2.facts import Ended, Known, Level, Odd, Power, Received, Steerable, Target
from laag.adapters.s2.session import GREETING_S, RECEPTION_S, begin, overdue
from laag.adapters.s2.translate import S2Device, S2Settings, measured_of
from laag.adapters.s2.wire import name_of, written

FRBC, PEBC, OMBC = ("FILL_RATE_BASED_CONTROL", "POWER_ENVELOPE_BASED_CONTROL", "OPERATION_MODE_BASED_CONTROL")


def statuses(done):
    return [reply.status.value for reply in done.replies if reply.message_type == "ReceptionStatus"]


def of(done, kind):
    return [fact for fact in done.facts if isinstance(fact, kind)]


def test_a_handshake_is_answered_and_what_is_offered_is_chosen():
    greeted = told(started(), handshake())
    assert kinds(greeted) == ["ReceptionStatus", "HandshakeResponse"]
    introduced = told(greeted.session, details(PEBC, FRBC))
    assert kinds(introduced) == ["ReceptionStatus", "SelectControlType"]
    assert introduced.replies[1].control_type.value == FRBC
    assert of(introduced, Known) == [Known("battery-1", "Thuisbatterij")]


def test_a_peer_that_skips_or_turns_round_its_greeting_is_served_as_well():
    early = told(started(), details(PEBC))
    assert kinds(early) == ["ReceptionStatus", "SelectControlType"]
    assert kinds(told(early.session, handshake())) == ["ReceptionStatus", "HandshakeResponse"]


def test_what_is_described_before_it_is_asked_for_is_kept():
    limits = constraints(limit("LOWER", -4000, 0), limit("UPPER", 0, 0))
    done = told(started(), limits, details(PEBC))
    assert done.session.described.id.root == "constraints-1"


def test_what_does_not_belong_to_the_chosen_way_of_steering_is_not_taken():
    done = told(started(), details(FRBC), switches(("on", 0, 2000)))
    assert statuses(done) == ["INVALID_CONTENT"]
    assert done.session.described is None


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        ("", "INVALID_DATA"),
        ("{", "INVALID_DATA"),
        ("[]", "INVALID_DATA"),
        (b"\xff\xfe\x00", "INVALID_DATA"),
        ("[" * 100_000, "INVALID_DATA"),
        ('{"message_type":"FRBC.StorageStatus","message_id":"ab","present_fill_level":NaN}', "INVALID_DATA"),
        ('{"message_type":"FRBC.StorageStatus","message_id":"ab","present_fill_level":1e999}', "INVALID_DATA"),
        ("{}", "INVALID_MESSAGE"),
        ('{"message_type":"Nonsense","message_id":"ab"}', "INVALID_MESSAGE"),
        ('{"message_type":["Handshake"],"message_id":"ab"}', "INVALID_MESSAGE"),
        ('{"message_type":"Handshake","message_id":"ab"}', "INVALID_MESSAGE"),
        ('{"message_type":"Handshake","message_id":"ab","role":"RM","extra":1}', "INVALID_MESSAGE"),
        ('{"message_type":"Handshake","message_id":"ab","role":"CEM"}', "INVALID_CONTENT"),
        ('{"message_type":"SelectControlType","message_id":"ab","control_type":"NO_SELECTION"}', "INVALID_CONTENT"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_answered_as_the_standard_says_and_the_session_goes_on(raw, status):
    done = told(started(), raw)
    assert statuses(done) == [status]
    assert valid(written(done.replies[0]))
    assert of(done, Odd)
    assert not done.session.ended
    assert statuses(told(done.session, handshake())) == ["OK"]


def test_the_same_rubbish_is_answered_each_time_and_told_once():
    first = told(started(), "{")
    assert (len(of(first, Odd)), len(of(told(first.session, "{"), Odd))) == (1, 0)


def test_a_message_that_comes_twice_is_answered_twice_and_done_once():
    measured = power(1500)
    first = told(started(), measured)
    second = told(first.session, measured)
    assert (len(of(first, Power)), len(of(second, Power))) == (1, 0)
    assert statuses(first) == statuses(second) == ["OK"]


def test_an_id_used_for_another_message_is_remarked_on_and_the_message_taken():
    other = power(1600) | {"message_id": "the-same"}
    done = told(started(), power(1500) | {"message_id": "the-same"}, other)
    assert of(done, Power) == [Power(1600.0, NOON)]
    assert of(done, Odd)


def test_a_peer_of_another_version_is_told_so_and_let_go():
    done = told(started(), handshake(["9.9"]))
    assert kinds(done) == ["ReceptionStatus", "SessionRequest"]
    assert done.session.ended
    assert of(done, Ended)


def test_a_device_that_can_only_be_steered_in_ways_unknown_to_us_is_left_alone():
    done = told(started(), details("DEMAND_DRIVEN_BASED_CONTROL"))
    assert done.replies[1].control_type.value == "NO_SELECTION"
    assert of(done, Odd)


def test_phases_add_up_and_gas_is_no_power():
    values = [
        {"commodity_quantity": f"ELECTRIC.POWER.L{phase}", "value": 100.0 * phase} for phase in (1, 2, 3)
    ]
    values.append({"commodity_quantity": "NATURAL_GAS.FLOW_RATE", "value": 7.0})
    three = message("PowerMeasurement", measurement_timestamp="2026-06-01T11:59:58Z", values=values)
    [fact] = of(told(started(), three), Power)
    assert (fact.watts, (NOON - fact.at).total_seconds()) == (600.0, 2.0)
    assert not of(told(started(), power(3.0, "NATURAL_GAS.FLOW_RATE")), Power)


@pytest.mark.parametrize(
    "stamp", ["1970-01-01T00:00:00Z", "2026-06-01T13:00:00Z", "0001-01-01T00:00:00+14:00"]
)
def test_a_measurement_of_a_device_whose_clock_is_astray_is_of_now_and_said_once(stamp):
    first = told(started(), power(5, at=stamp))
    assert of(first, Power) == [Power(5.0, NOON)]
    assert len(of(first, Odd)) == 1
    assert not of(told(first.session, power(6, at=stamp)), Odd)


def test_a_level_told_before_the_system_is_known_is_told_when_it_is():
    status = message("FRBC.StorageStatus", present_fill_level=40)
    done = told(started(), details(FRBC), status, system(mode("idle", 0, 0)))
    assert of(done, Level) == [Level(40.0, "SoC in %")]


def test_a_car_says_when_it_leaves_and_how_full_it_is_then():
    profile = message(
        "FRBC.FillLevelTargetProfile",
        start_time="2026-06-01T12:00:00Z",
        elements=[
            {"duration": 3_600_000, "fill_level_range": span(0, 100)},
            {"duration": 60_000, "fill_level_range": span(80, 100)},
        ],
    )
    wanted = Target(80.0, NOON + timedelta(hours=1), "SoC in %")
    assert of(told(started(), details(FRBC), profile, system(mode("idle", 0, 0))), Target) == [wanted]
    assert of(told(started(), details(FRBC), system(mode("idle", 0, 0)), profile), Target) == [wanted]
    never = profile | {"message_id": "never", "start_time": "9999-12-31T23:59:59Z"}
    assert of(told(started(), details(FRBC), never), Odd)
    car = measured_of(S2Device(resource="ab", device="ev", full_kwh=50), wanted, NOON)
    assert (car.wanted_kwh, car.leaves_at) == (40.0, NOON + timedelta(hours=1))


def test_what_is_revoked_is_gone():
    limits = constraints(limit("LOWER", 0, 0), limit("UPPER", 0, 7400))
    revoked = message("RevokeObject", object_type="PEBC.PowerConstraints", object_id="constraints-1")
    done = told(started(), details(PEBC), limits, revoked)
    assert of(done, Steerable) == [Steerable(so=False)]
    assert done.session.described is None
    older = message("RevokeObject", object_type="PEBC.PowerConstraints", object_id="constraints-0")
    assert told(started(), details(PEBC), limits, older).session.described is not None


@pytest.mark.parametrize("request_", ["TERMINATE", "RECONNECT"])
def test_a_session_ends_when_its_peer_asks(request_):
    done = told(started(), message("SessionRequest", request=request_))
    assert done.session.ended
    assert statuses(done) == ["OK"]


def test_an_instruction_that_is_not_carried_out_is_told():
    refused = message("InstructionStatusUpdate", instruction_id="i1", status_type="REJECTED", timestamp="2026-06-01T12:00:00Z")  # fmt: skip
    assert of(told(started(), refused), Odd)
    assert not of(told(started(), refused | {"status_type": "SUCCEEDED"}), Odd)


def test_a_peer_that_says_nothing_of_itself_is_sent_away_after_a_while():
    session = started()
    assert overdue(session, at(GREETING_S - 1)).session.ended is False
    late = overdue(session, at(GREETING_S + 1))
    assert late.session.ended
    assert kinds(late) == ["SessionRequest"]


def test_a_reception_status_that_does_not_come_is_missed_once():
    session = told(started(), details(PEBC)).session
    late = overdue(session, at(RECEPTION_S + 1))
    assert {fact.taken for fact in of(late, Received)} == {False}
    assert len(of(late, Odd)) == 1
    assert not overdue(late.session, at(RECEPTION_S + 2)).facts


def test_a_reception_status_says_whether_what_was_sent_was_taken():
    first = begin(started().key, at())
    name = name_of(first.replies[0])
    status = {"message_type": "ReceptionStatus", "subject_message_id": name, "status": "OK"}
    assert told(first.session, status).facts == (Received(name, taken=True),)
    assert not told(first.session, status | {"subject_message_id": "another"}).facts
    refused = told(first.session, status | {"status": "TEMPORARY_ERROR", "diagnostic_label": "busy"})
    assert refused.facts[0] == Received(name, taken=False, why="TEMPORARY_ERROR: busy")


@pytest.mark.parametrize("file", ["s2_docs_example_heat_pump.jsonl", "s2_docs_example_pv.jsonl"])
def test_the_conversations_of_the_documentation_are_understood(file):
    """Every message in them is named xxx, which is remarked on and forgiven."""
    session, ours = started(), {"HandshakeResponse", "SelectControlType", "SessionRequest"}
    for one in published(file):
        if (
            one["message_type"] not in ours
            and not one["message_type"].endswith("Instruction")
            and one.get("role") != "CEM"
        ):
            done = told(session, one)
            assert statuses(done) == ["OK"], one
            assert all(valid(written(reply)) for reply in done.replies)
            session = done.session
    assert session.described is not None


def test_every_published_message_is_answered_with_a_valid_status():
    for one in published("s2_python_test_messages_a.jsonl"):
        done = told(started(), json.dumps(one))
        assert all(valid(written(reply)) for reply in done.replies)


def test_ids_are_never_given_twice():
    session, names = started(), set()
    for _ in range(50):
        done = told(session, details(PEBC, resource="r1"), details(OMBC, resource="r1"))
        session = done.session
        names.add(name_of(done.replies[-1]))
    assert len(names) == 50


def test_span_of_nothing_is_not_a_message():
    assert statuses(told(started(), json.dumps(span(0, 1)))) == ["INVALID_MESSAGE"]


def test_a_peer_that_is_wrong_in_ever_new_ways_is_answered_each_time_but_not_told_of_for_ever():
    session, odd = started(), 0
    for number in range(300):
        done = told(session, message(f"Nonsense{number}"))
        assert statuses(done) == ["INVALID_MESSAGE"]
        session, odd = done.session, odd + len(of(done, Odd))
    assert odd == 100


def test_a_device_or_a_resource_that_stands_twice_in_the_settings_is_refused():
    battery = {"resource": "b1", "device": "battery"}
    with pytest.raises(ValidationError, match="twice"):
        S2Settings(devices=[battery, battery | {"resource": "b2"}])
    with pytest.raises(ValidationError, match="resources"):
        S2Settings(devices=[battery, battery | {"which": "upstairs"}])
    assert S2Settings(devices=[battery, {"resource": "b2", "device": "battery", "which": "upstairs"}])
