"""What strangers and members with bad intentions send: it costs nobody else anything, and nothing of it is believed or obeyed."""

import asyncio
import logging

import pytest
from tests.apps.street.kade import DAY, orders, readings, signed
from tests.apps.street.test_api import KEYS, V1, body, by, post, server

from laag.apps.street.limits import Buckets
from laag.apps.street.logs import Lines, Plain


def done(coroutine):
    return asyncio.run(coroutine)


def unreadable(**more):
    return {"kind": "readings", "member": "m-9", "day": str(DAY), "number": 1, "ptu": [], "wh": [], "signature": "0" * 128} | more  # fmt: skip


@pytest.mark.parametrize("odd", [{"x" * 1_000_000: 1}, {"kind": "x" * 1_000_000}])
def test_what_cannot_be_read_is_repeated_in_a_line_and_not_in_megabytes(odd):
    """Every refusal is kept in the log and the latest in memory: strangers would fill both."""

    async def lived():
        async with server() as (running, caller):
            answer = await caller.post(f"{V1}/messages", json={"messages": [unreadable(**odd)]})
            (kept,) = running.keeper.kept.refused
            assert len(answer.content) < 2_000
            assert len(kept.why.nl) + len(kept.why.en) < 1_000

    done(lived())


def test_nothing_that_a_terminal_obeys_goes_into_the_log():
    """An operator reads it with `laag log show`."""

    async def lived():
        async with server() as (running, caller):
            odd = unreadable(member="m\x1b[2J\n9", day="\r2026", **{"\x1b]0;owned\x07": 1})
            await caller.post(f"{V1}/messages", json={"messages": [odd]})
            (kept,) = running.keeper.kept.refused
            assert all(said.isprintable() for said in (kept.member, kept.day, kept.why.nl, kept.why.en))

    done(lived())


@pytest.mark.parametrize("stamp", ["9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59", "now", ""])
def test_a_call_from_a_time_that_no_clock_has_is_not_believed(stamp):
    async def lived():
        async with server() as (_, caller):
            name, path = next(iter(KEYS)), f"{V1}/members/{next(iter(KEYS))}"
            answer = await caller.get(path, headers=by(name, path) | {"Laag-At": stamp})
            assert answer.status_code == 401

    done(lived())


def test_forged_messages_in_a_members_name_do_not_keep_the_member_from_speaking():
    async def lived():
        async with server() as (running, caller):
            name = next(iter(KEYS))
            forged = readings(name, 5).model_copy(update={"signature": "0" * 128})
            for _ in range(9):
                await caller.post(f"{V1}/messages", json=body(*[forged] * 500))
                running.limits.calls.__init__(600, 50)  # from yet another address
            assert await post(caller, orders(name, 1)) == ["taken"]

    done(lived())


def test_a_member_that_sends_lists_without_end_waits_before_it_has_filled_a_disk():
    async def lived():
        async with server() as (_, caller):
            name, rows = next(iter(KEYS)), 60 * 96 * 7
            one = orders(name, 0)
            columns = {"device": [at // 96 % 7 for at in range(rows)], "ptu": [at % 96 for at in range(rows)]}
            columns |= {"side": [1] * rows, "quantity_wh": [100] * rows, "limit_ticks": [1] * rows}
            statuses = []
            for number in range(40):  # what it may do grows back meanwhile, on a slow machine for longer
                message = signed(one.model_copy(update=columns | {"number": number}))
                statuses.append((await caller.post(f"{V1}/messages", json=body(message))).status_code)
                if statuses[-1] == 429:
                    break
            assert statuses[0] == 200
            assert statuses[-1] == 429

    done(lived())


@pytest.mark.parametrize(
    "asked",
    [
        "bill?first=0001-01-01&last=9999-12-31",
        "bill?first=9999-12-01&last=9999-12-31",
        "bill?first=9999-12-31&last=0001-01-01",
        "like?last=0001-01-01&days=31",
        "like?last=9999-12-31",
        "days/9999-12-31",
    ],
)
def test_days_beyond_the_calendar_are_no_fault_of_the_server(asked):
    async def lived():
        async with server() as (_, caller):
            name = next(iter(KEYS))
            path = f"{V1}/members/{name}/{asked}"
            answer = await caller.get(path, headers=by(name, path))
            assert answer.status_code == 404

    done(lived())


@pytest.mark.parametrize("formatter", [Lines(), Plain("%(asctime)s %(message)s")], ids=["street", "home"])
def test_a_line_of_a_log_stays_one_line_that_no_terminal_obeys(formatter):
    """Devices, neighbours and callers are quoted in it."""
    said = "the battery: \x1b[2J\r\n2026-01-01 INFO all is well \x9b31m \u2028 \u202e"
    record = logging.makeLogRecord({"msg": "%s", "args": (said,), "levelname": "INFO", "name": "laag"})
    assert formatter.format(record).isprintable()


def test_a_member_that_asks_for_its_history_all_day_waits_and_others_do_not():
    """Each time the whole log is read for it."""

    async def lived():
        async with server() as (running, caller):
            running.limits.reads = Buckets(burst=6, per_s=1e-6)  # however slow this machine is
            one, other = list(KEYS)[:2]
            path = f"{V1}/members/{one}/data"
            answers = [await caller.get(path, headers=by(one, path)) for _ in range(7)]
            assert answers[0].status_code == 200
            assert answers[-1].status_code == 429
            path = f"{V1}/members/{other}/data"
            assert (await caller.get(path, headers=by(other, path))).status_code == 200

    done(lived())
