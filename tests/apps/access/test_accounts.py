"""Accounts: nobody is let in by guessing, by an old link, a stolen cookie or a forged form; and nobody is locked out for good."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.apps.access.hands import QUICK, Hands

from laag.adapters.stores import open_records
from laag.apps.access import Account, Accounts, ApiKeys, Passwords, Role, Sessions, Wait, tokens
from laag.apps.access.accounts import NAME_TAKEN, NO_INVITATION, SESSION_KIND, WRONG
from laag.apps.access.limits import ACCOUNT, ACCOUNT_HERE, ADDRESS, Limits, Patience
from laag.apps.access.passwords import TOO_COMMON, TOO_SHORT, objection
from laag.foundation.words import Said

GOOD, OTHER = "fiets regen kaasplank", "lantaarn onder het zand"
HERE, THERE = "198.51.100.7", "198.51.100.8"


@pytest.fixture
def clock():
    return Hands()


@pytest.fixture
def accounts(clock):
    with open_records(":memory:") as records:
        yield Accounts(records, clock, passwords=QUICK)


def member(accounts, name="Ann", role=Role.RESIDENT, password=GOOD):
    made = accounts.accept(accounts.invite(role, member="m-1"), name, password)
    assert isinstance(made, Account)
    return made


@given(st.text(max_size=11))
def test_no_short_password_is_taken(password):
    if len(password) < 12:
        assert objection(password) in {TOO_SHORT, TOO_COMMON}


@pytest.mark.parametrize(
    "password",
    ["wachtwoord1234", "Welkom2026!!!!", "aaaaaaaaaaaaaaaa", "123456789012345", "abcdefghijklmno", "Ann Ann 2026!", "passwordpassword"],
)  # fmt: skip
def test_what_is_tried_first_is_refused(password):
    assert objection(password, "Ann") is not None


@pytest.mark.parametrize("password", [GOOD, OTHER, "Hj7#kQ2pLx9z", "de kat krabt de krullen"])
def test_no_rules_of_composition_are_asked_for(password):
    assert objection(password, "Ann") is None


def test_the_same_letters_typed_on_another_keyboard_fit():
    assert QUICK.fits("cafe\u0301 onder water", QUICK.hashed("caf\u00e9 onder water"))


def test_who_is_recognised_gave_name_and_password(accounts):
    ann = member(accounts)
    assert accounts.recognise(" ann ", GOOD, HERE) == ann
    assert accounts.recognise("Ann", OTHER, HERE) is WRONG
    assert accounts.recognise("Bob", GOOD, HERE) is WRONG


def test_nothing_in_the_store_is_a_password_or_a_secret(accounts):
    ann = member(accounts)
    sessions, keys = Sessions(accounts), ApiKeys(accounts.records, accounts.clock)
    secrets = [GOOD, sessions.begin(ann), keys.make("meter", Role.GRID), accounts.invite(Role.GRID)]
    kept = str([accounts.records.list(kind) for kind in ("account", "session", "api_key", "invitation")])
    assert [secret for secret in secrets if secret in kept] == []


def test_a_stronger_measure_is_taken_at_the_next_sign_in(accounts, clock):
    member(accounts)
    later = Accounts(accounts.records, clock, passwords=Passwords(passes=2, memory_kib=64))
    before = accounts.records.get("account", "ann")["hash"]
    assert isinstance(later.recognise("Ann", GOOD, HERE), Account)
    after = accounts.records.get("account", "ann")["hash"]
    assert before != after
    assert "t=2" in after
    assert isinstance(later.recognise("Ann", GOOD, HERE), Account)


def test_an_invitation_makes_one_account(accounts):
    secret = accounts.invite(Role.GRID)
    assert accounts.invitation(secret) is Role.GRID
    assert isinstance(accounts.accept(secret, "Net", GOOD), Account)
    assert accounts.accept(secret, "Ander", GOOD) is NO_INVITATION
    assert accounts.invitation(secret) is None


def test_a_refused_name_or_password_uses_no_invitation_up(accounts):
    member(accounts)
    secret = accounts.invite(Role.RESIDENT)
    assert accounts.accept(secret, "Bob", "kort") is TOO_SHORT
    assert accounts.accept(secret, "ANN", GOOD) is NAME_TAKEN
    assert isinstance(accounts.accept(secret, " ", GOOD), Said)
    assert isinstance(accounts.accept(secret, "Bob", GOOD), Account)


def test_an_invitation_runs_out(accounts, clock):
    secret = accounts.invite(Role.GRID, lasts=timedelta(days=7))
    clock.on(days=7)
    assert accounts.accept(secret, "Net", GOOD) is NO_INVITATION


def test_the_first_operator_comes_by_the_newest_link_only(accounts):
    first, second = accounts.first_operator(), accounts.first_operator()
    assert accounts.invitation(first) is None
    assert isinstance(accounts.accept(second, "Op", GOOD), Account)
    assert accounts.first_operator() is None


def test_who_guesses_waits_longer_and_longer_but_never_for_good(accounts, clock):
    member(accounts)
    waits = []
    for _ in range(60):
        match accounts.recognise("Ann", "guess after guess", HERE):
            case Wait(seconds=seconds):
                waits.append(seconds)
                clock.on(seconds=seconds)
    assert waits == sorted(waits)
    assert max(waits) <= 901
    clock.on(seconds=901)
    assert isinstance(accounts.recognise("Ann", GOOD, HERE), Account)


def test_an_owner_elsewhere_waits_half_a_minute_at_most_while_others_guess(accounts, clock):
    member(accounts)
    for n in range(200):
        accounts.recognise("Ann", "guess after guess", f"203.0.113.{n}")
    answer = accounts.recognise("Ann", GOOD, THERE)
    assert isinstance(answer, Wait)
    assert answer.seconds <= 31
    clock.on(seconds=answer.seconds)
    assert isinstance(accounts.recognise("Ann", GOOD, THERE), Account)


def test_an_address_that_tries_many_names_waits(accounts):
    for n in range(20):
        accounts.recognise(f"name {n}", GOOD, HERE)
    assert isinstance(accounts.recognise("another", GOOD, HERE), Wait)
    assert accounts.recognise("another", GOOD, THERE) is WRONG


@given(
    st.lists(st.floats(0, 1000), max_size=40),
    st.sampled_from([ADDRESS, ACCOUNT, ACCOUNT_HERE, Patience(0, 5)]),
)
def test_no_wait_is_longer_than_the_longest(pauses, patience):
    limits, now_s = Limits(), 0.0
    for pause in pauses:
        now_s += pause
        limits.missed("key", now_s)
        assert 0 <= limits.wait_s("key", patience, now_s) <= patience.longest_s


def test_a_session_is_known_until_signed_out(accounts):
    ann, sessions = member(accounts), Sessions(accounts)
    one, two = sessions.begin(ann), sessions.begin(ann)
    assert sessions.account(one) == sessions.account(two) == ann
    sessions.end(one)
    assert sessions.account(one) is None
    assert sessions.account(two) == ann
    assert sessions.account("another") is None


@pytest.mark.parametrize(
    ("role", "idle", "most"),
    [
        (Role.RESIDENT, timedelta(days=30), timedelta(days=180)),
        (Role.OPERATOR, timedelta(hours=2), timedelta(hours=12)),
    ],
)
def test_a_session_ends_when_it_is_idle_and_at_last_anyway(accounts, clock, role, idle, most):
    who, sessions = member(accounts, role=role), Sessions(accounts)
    left, used = sessions.begin(who), sessions.begin(who)
    for _ in range(int(most / (idle / 2)) - 1):
        clock.on(seconds=(idle / 2).total_seconds())
        assert sessions.account(used) == who
    assert sessions.account(left) is None
    clock.on(seconds=(idle / 2).total_seconds())
    assert sessions.account(used) is None
    assert accounts.records.list(SESSION_KIND) == []


def test_another_password_signs_out_everywhere(accounts):
    ann, sessions = member(accounts), Sessions(accounts)
    stolen = sessions.begin(ann)
    assert accounts.change_password(ann, OTHER, GOOD, HERE) is WRONG
    assert sessions.account(stolen) == ann
    assert accounts.change_password(ann, GOOD, "kort", HERE) is TOO_SHORT
    assert accounts.change_password(ann, GOOD, OTHER, HERE) is None
    assert sessions.account(stolen) is None
    assert accounts.recognise("Ann", GOOD, HERE) is WRONG
    assert accounts.recognise("Ann", OTHER, HERE) == ann


def test_who_is_removed_is_signed_in_nowhere(accounts):
    ann, sessions = member(accounts), Sessions(accounts)
    secret = sessions.begin(ann)
    accounts.remove(ann)
    assert sessions.account(secret) is None


def test_a_key_opens_until_it_is_withdrawn(accounts, clock):
    keys = ApiKeys(accounts.records, clock)
    secret = keys.make("planning", Role.GRID)
    (before,) = keys.all()
    assert (before.name, before.role, before.used_at) == ("planning", Role.GRID, None)
    assert keys.caller(secret).role is Role.GRID
    assert keys.caller(secret[:-1]) is None
    assert keys.all()[0].used_at == clock.now()
    assert keys.withdraw(before.id)
    assert not keys.withdraw(before.id)
    assert keys.caller(secret) is None


def test_what_a_form_shows_does_not_give_its_cookie_away():
    secret = tokens.new()
    assert secret not in tokens.form_token(secret)
    assert tokens.form_token(secret) != tokens.form_token(tokens.new())
    assert tokens.form_token(secret) != tokens.kept(secret)
