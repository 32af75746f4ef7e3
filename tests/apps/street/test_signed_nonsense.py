"""A member may sign anything: what is validly signed and makes no sense is refused in a sentence, and harms nobody."""

import json
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.apps.street.callers import SIGNED, Calling
from tests.apps.street.paged_street import KEYS, street
from tests.cycle.living_street import FIRST

from laag.adapters.stores import open_log
from laag.apps.street.kept import Kept, followed
from laag.apps.street.reading import _OURS
from laag.cycle import live

MESSAGES = "/api/v1/messages"
DEEP = json.loads("[" * 300 + "]" * 300)
days = st.one_of(
    st.integers(-40, 40).map(lambda n: (FIRST + timedelta(days=n)).isoformat()),
    st.sampled_from(["0001-01-01", "9999-12-31", "1970-01-01", "2026-02-30", "2026-03-28T00:00:00", "20260328", ""]),
)  # fmt: skip
numbers = st.one_of(
    st.integers(0, 30), st.sampled_from([-1, 2**52 - 2, 2**52 - 1, 2**52, 2**53, 2**63, 10**400, 1.0, 1e308, "7", None, True])
)  # fmt: skip
edges = st.sampled_from(
    [-1, 0, 95, 96, 99, 100, 2**31, 2**41, 2**62 - 1, 2**62, 2**63, 2**64, -(2**62) + 1, 10**300]
)
odd = st.one_of(
    edges, st.sampled_from([0.5, 1e308, float("nan"), float("inf"), True, None, "1", "\x00", [], {}, DEEP])
)
columns = st.one_of(
    st.lists(st.integers(0, 95), max_size=6),
    st.lists(st.one_of(st.integers(0, 95), edges), max_size=6),
    st.lists(odd, max_size=3),
    st.sampled_from([[5, 5], [0] * 200, list(range(101)), DEEP, None, 7, "ptu"]),
)
NAMES = {
    "orders": ("device", "ptu", "side", "quantity_wh", "limit_ticks"),
    "amendments": ("device", "ptu", "side", "quantity_wh", "limit_ticks"),
    "readings": ("ptu", "wh"),
}


@st.composite
def sensible_rows(draw, names):
    """Columns that belong together, so that much of it is judged and not only read."""
    count = draw(st.integers(0, 5))
    among = {
        "device": st.integers(0, 6),
        "ptu": st.integers(0, 95),
        "side": st.integers(0, 1),
        "quantity_wh": st.integers(1, 4_000),
        "limit_ticks": st.integers(-20_000, 60_000),
        "wh": st.integers(-3_000, 3_000),
    }
    return {
        name: draw(st.lists(among[name], min_size=count, max_size=count, unique=name == "ptu"))
        for name in names
    }


@st.composite
def words(draw, member):
    """One message, without its signature: now and then a sensible one, mostly not."""
    kind = draw(st.sampled_from([*NAMES]))
    said = {"kind": kind, "member": member, "day": draw(days), "number": draw(numbers)}
    said |= draw(sensible_rows(NAMES[kind]))
    for name in draw(st.sets(st.sampled_from([*NAMES[kind], "more", "member", "kind"]), max_size=2)):
        said[name] = draw(
            columns if name in NAMES[kind] else st.sampled_from(["", "m 1", "x" * 50, None, DEEP])
        )
    return said


def signed(said, key):
    """Over the bytes that docs/api.md describes, whatever is said; what has no such bytes goes with others."""
    plain = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()
    return {**said, "signature": key.sign(b"laag v1 message\n" + plain)}


def envelope(messages):
    """Numbers that JSON has not are written as JSON's writers do it all the same."""
    return json.dumps({"messages": messages}).encode()


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("street")
    with street(folder) as made:
        limits = made.running.limits
        for buckets in (limits.calls, limits.messages):
            buckets.take = lambda *_: True
        made.log = str(folder / "street.sqlite")
        yield made


def lists_of(member):
    return st.lists(words(member), min_size=1, max_size=8)


@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate,),
    database=None,
)
@given(st.data())
def test_what_a_member_signs_is_taken_or_refused_and_never_a_fault(place, data):
    member = place.members[1]
    said = data.draw(lists_of(member))
    answer = Calling(place, SIGNED, member).request(
        "POST", MESSAGES, content=envelope([signed(one, KEYS[member]) for one in said])
    )
    assert answer.status_code == 200, answer.text
    answers = answer.json()["answers"]
    assert len(answers) == len(said)
    for one in answers:
        assert one["status"] in {"taken", "known", "refused"}
        if one["status"] == "refused":
            assert one["why"]["nl"]
            assert one["why"]["en"] != _OURS.en, said


def test_after_all_of_it_others_are_heard_and_the_log_comes_out_the_same(place):
    other, day = place.members[2], (FIRST + timedelta(days=1)).isoformat()
    message = {"kind": "readings", "member": other, "day": day, "number": 10_000, "ptu": [0], "wh": [50]}
    answer = Calling(place, SIGNED, other).request(
        "POST", MESSAGES, content=envelope([signed(message, KEYS[other])])
    )
    assert [one["status"] for one in answer.json()["answers"]] == ["taken"]
    kept = Kept(live.begin(place.running.keeper.live.neighbourhood))
    with open_log(place.log) as log:
        assert log.verify() > 0
        for event in log.events():
            kept = followed(kept, event)
    mine = place.running.keeper.kept
    assert kept.events == mine.events
    assert kept.live.numbers == mine.live.numbers


@pytest.mark.parametrize(
    "body",
    [b'{"messages":[NaN]}', b'{"messages":[' + b"[" * 100_000, b'{"messages":[1e999,{"number":1e999}]}',
     b'{"messages":[{"number":' + b"9" * 5_000 + b"}]}", b'{"messages":[' + b"{}," * 600 + b"{}]}",
     b'{"messages":[{}],"messages":[]}', b'{"messages":[{"kind":"\\ud800","member":"\\ud800","day":"\\udfff"}]}',
     b'{"messages":[' + b'{"a":' * 3_000 + b"1" + b"}" * 3_000 + b"]}", b"\xef\xbb\xbf{}", b"\x00" * 100, b'"messages"'],
    ids=lambda body: body[:24].decode("latin-1"),
)  # fmt: skip
def test_an_envelope_of_any_shape_is_no_fault(place, body):
    answer = Calling(place, SIGNED, place.members[1]).request("POST", MESSAGES, content=body)
    assert answer.status_code in {200, 422}, answer.text


def test_the_last_number_there_is_ends_only_the_sender(place):
    """Who uses it up can say nothing more under this name, and is told so each time."""
    last = place.members[3]
    day = (FIRST + timedelta(days=1)).isoformat()
    found = []
    for number in (2**52 - 1, 2**52 - 1, 5, 2**52):
        said = {"kind": "readings", "member": last, "day": day, "number": number, "ptu": [1], "wh": [5]}
        answer = Calling(place, SIGNED, last).request(
            "POST", MESSAGES, content=envelope([signed(said, KEYS[last])])
        )
        found += [one["status"] for one in answer.json()["answers"]]
    assert found == ["taken", "known", "known", "refused"]
    standing = Calling(place, SIGNED, last).request("GET", f"/api/v1/members/{last}")
    assert standing.json()["last_number"] == 2**52 - 1
