"""Every door of a street's server and everybody who can stand before it: people, machines with a key, homes that sign."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.apps.street.callers import ANYBODY, EVERYBODY, PEOPLE, SIGNED, Calling, Who, signed
from tests.apps.street.paged_street import KEYS, street
from tests.cycle.living_street import FIRST

from laag.adapters.keys import Key
from laag.apps.access import Caller, Role
from laag.apps.access.doors import FOR_PEOPLE, NOT_YOURS, PURPOSE_MISSING, PURPOSE_REFUSED, SIGN_IN, SOMEBODYS
from laag.apps.access.roles import PURPOSES, Purpose

STREAMS = {"/api/v1/stream"}
SHUT = {said.en for said in (SIGN_IN, NOT_YOURS, FOR_PEOPLE, SOMEBODYS, PURPOSE_MISSING, PURPOSE_REFUSED)}
LAST = ("/account/sign-out", "/sign-out", "/api/v1/members/{member}/leave", "/api/v1/members/{member}")
"""What ends a session or a membership comes last."""


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    with street(tmp_path_factory.mktemp("street")) as made:
        limits = made.running.limits
        for buckets in (limits.calls, limits.codes, limits.all_codes, limits.reads):
            buckets.take = lambda *_: True
        yield made


def doors(place):
    every = place.app.state.doors.items()
    return sorted(
        (one for one in every if one[0][1] not in STREAMS), key=lambda one: (one[0][1] in LAST, one[0])
    )


def at(path, member):
    known = {"member": member, "day": FIRST.isoformat(), "ptu": "40"}
    for name in ("member", "day", "ptu", "code", "secret", "name"):
        path = path.replace(f"{{{name}}}", known.get(name, "K7QP3MXA"))
    return path


def shut(answer):
    """The sentence with which a door stays shut; ``None`` where it opened, whatever was behind it."""
    if answer.status_code not in {401, 403} or "json" not in answer.headers["content-type"]:
        return None  # a page that tells a form is not ours lies behind the door
    said = answer.json()["detail"]
    return said["en"] if isinstance(said, dict) and said["en"] in SHUT else None


@pytest.mark.parametrize("who", EVERYBODY, ids=str)
def test_every_door_lets_in_whom_its_table_names_and_nobody_else(place, who):
    """To what is their own; with no purpose named nobody comes to what is another's."""
    own, other = place.members[:2]
    calling = Calling(place, who, own)
    for (method, path), door in doors(place):
        let_in = door.opens_to(Caller(who.role, machine=who.by == "by key"))
        may = let_in and (not door.personal or who.role in {Role.RESIDENT, Role.HOME})
        if not (may and path in LAST):
            assert (shut(calling.request(method, at(path, own))) is None) == may, (method, path)
        if door.personal:
            said = shut(calling.request(method, at(path, other)))
            assert said in SHUT, (method, path)


@pytest.mark.parametrize("who", [one for one in EVERYBODY if one != ANYBODY], ids=str)
def test_to_what_is_anothers_leads_only_a_purpose_of_ones_role_which_is_noted(place, who):
    calling, other = Calling(place, who, place.members[0]), place.members[1]
    for (method, path), door in doors(place):
        if not door.personal or method != "GET":
            continue
        for purpose in Purpose:
            before = place.running.keeper.kept.events
            answer = calling.request(method, at(path, other), headers={"laag-purpose": purpose.value})
            may = door.opens_to(Caller(who.role)) and purpose in PURPOSES[who.role] - {Purpose.OWN}
            assert (shut(answer) is None) == may, (path, purpose)
            assert place.running.keeper.kept.events - before == may, (path, purpose)


@pytest.mark.parametrize("role", [*PEOPLE, Role.HOME])
def test_a_key_that_was_withdrawn_opens_what_is_open_to_anybody(place, role):
    secret = place.site.keys.make("gone", role)
    assert place.site.keys.withdraw(place.site.keys.all()[0].id)
    calling = Calling(place, ANYBODY, place.members[0])
    for path in ("/api/v1/status", f"/api/v1/members/{place.members[0]}"):
        assert calling.request("GET", path, headers={"authorization": f"Bearer {secret}"}).status_code == 401
    assert (
        calling.request("GET", "/api/v1/about", headers={"authorization": f"Bearer {secret}"}).status_code
        == 200
    )


@pytest.mark.parametrize("path", ["invite", "remove", "keys", "keys/withdraw"])
def test_no_machine_gives_or_takes_access(place, path):
    """What a key made, or made others lose, would still be so after the key was withdrawn."""
    machine = Calling(place, Who(Role.OPERATOR, "by key"), place.members[0])
    keys, accounts = place.site.keys.all(), place.site.accounts.all()
    form = {
        "role": "operator", "name": "more", "key": keys[0].id, "account": accounts[0].key if accounts else ""
    }  # fmt: skip
    answer = machine.request("POST", f"/operator/access/{path}", data=form)
    assert (answer.status_code, shut(answer)) == (403, FOR_PEOPLE.en)
    assert [one.id for one in place.site.keys.all()] == [one.id for one in keys]
    assert place.site.accounts.all() == accounts


def test_a_machine_does_what_else_its_role_may(place):
    machine = Calling(place, Who(Role.OPERATOR, "by key"), place.members[0])
    assert machine.request("GET", "/api/v1/status").status_code == 200
    assert machine.request("POST", "/api/v1/codes", json={}).status_code == 201


def test_a_home_that_signs_with_anothers_key_for_another_call_or_time_is_nobody(place):
    own, other = place.members[:2]
    calling = Calling(place, ANYBODY, own)
    path = f"/api/v1/members/{own}"

    def asked(signing, headers=None, to=path):
        call = calling._asking.build("GET", signing)
        return calling.request("GET", to, headers=headers(call)).status_code

    assert asked(path, lambda call: signed(own, call)) == 200
    assert asked(path, lambda call: signed(own, call, key=KEYS[other])) == 401
    assert asked(path, lambda call: signed(own, call, key=Key.new())) == 401
    assert asked(f"{path}/positions", lambda call: signed(own, call)) == 401
    assert asked(path, lambda call: signed(own, call), to=f"{path}?lang=nl") == 401
    assert asked(path, lambda call: signed(own, call) | {"Laag-Member": other}) == 401
    old = datetime.now(UTC) - timedelta(minutes=6)
    assert asked(path, lambda call: signed(own, call, at=old)) == 401
    assert asked(path, lambda call: signed("nobody", call, key=KEYS[own])) == 401


def test_a_home_that_leaves_stays_nobody_elses(place):
    """The last door: what it opens is the end of a membership, and is its own home's only."""
    gone = place.members[4]
    path = f"/api/v1/members/{gone}"
    for who in EVERYBODY:
        if who != SIGNED:
            assert shut(Calling(place, who, place.members[0]).request("DELETE", path)) is not None
    assert Calling(place, SIGNED, gone).request("DELETE", path).status_code == 200
