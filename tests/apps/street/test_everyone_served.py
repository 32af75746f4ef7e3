"""Moving out, taking over, support and comparing, asked over HTTP as homes ask it."""

from datetime import timedelta
from tempfile import TemporaryDirectory

import httpx
import pytest
from tests.apps.street.kade import FIRST, KEYS
from tests.apps.street.test_api import HERE, OPERATOR, V1, a_settled_day, done, server

from laag.adapters.keys import Key
from laag.adapters.neighbourhood.everyone import (
    Forgotten,
    MonthShared,
    MovesOut,
    OwnBeside,
    OwnFinal,
    OwnMove,
    OwnSupport,
    SupportYes,
)
from laag.adapters.neighbourhood.link import Neighbourhood
from laag.apps.street import codes, shared_months
from laag.apps.street.leaving import linked
from laag.cycle.live import Consented, ConsentWithdrawn
from laag.foundation.consent import scope
from laag.foundation.data import Purpose
from laag.foundation.errors import BadInput


def home(caller, member):
    link = Neighbourhood(HERE, KEYS[member], member, caller)
    link.may = lambda _: True
    return link


def asked(of):
    """Whatever is asked of a street in which a day was settled."""

    async def go():
        with TemporaryDirectory() as folder:
            async with server(f"{folder}/log.sqlite") as (running, caller):
                await a_settled_day(running, caller)
                return await of(running, caller)

    return done(go())


def moves(caller, member="m-1", why="moved"):
    return home(caller, member).tell(OwnMove, "POST", "move", MovesOut(last_day=FIRST, why=why))


def test_who_moves_gets_a_final_account_a_link_and_a_code_for_who_follows():
    async def go(running, caller):
        moved = await moves(caller)
        final = await home(caller, "m-1").own(OwnFinal, "GET", "final")
        secret = moved.link.rsplit("/", 1)[1]
        whose = (
            linked(running, secret, running.now()),
            linked(running, secret, running.now() + timedelta(days=80)),
        )
        return moved, final, whose, codes.found(running.records, moved.code), running.keeper.live

    _, final, whose, code, state = asked(go)
    assert whose == ("m-1", None)
    assert code.follows == "m-1"
    assert (code.cable, code.connection) == ("north", "3x25A")
    assert state.members["m-1"].why_left == "moved"
    assert sum(one.amount_units for one in final.lines[:-1]) == final.total_units
    assert final.last == FIRST
    assert not final.is_closed


def test_who_follows_takes_over_the_connection_the_day_after_and_sees_nothing_of_the_former():
    async def go(running, caller):
        moved = await moves(caller)
        running.records.put(
            "account", "ann", {"name": "Ann", "role": "resident", "member": "m-1", "hash": ""}
        )
        running.records.put("session", "s", {"account": "ann"})
        running.records.put(
            "account", "bob", {"name": "Bob", "role": "resident", "member": "m-2", "hash": ""}
        )
        new = Neighbourhood(HERE, Key.new(), None, caller)
        enrolled = await new.enrol(moved.code)
        with pytest.raises(BadInput):
            await new.own(OwnFinal, "GET", "final")
        assert [key for key, _ in running.records.list("account")] == ["bob"]
        assert running.records.list("session") == []
        new.member = "m-1"
        with pytest.raises(BadInput):
            await new.own(OwnFinal, "GET", "final")
        return moved, enrolled, running.keeper.live

    moved, enrolled, state = asked(go)
    assert enrolled.first_day == moved.last_day + timedelta(days=1)
    assert state.members[enrolled.member].joined.follows == "m-1"
    assert state.members[enrolled.member].consents == {}


def test_asked_twice_one_code_is_made_and_the_last_day_stays():
    async def go(_, caller):
        return await moves(caller), await moves(caller)

    first, again = asked(go)
    assert (first.last_day, first.code) == (again.last_day, again.code)
    assert first.link != again.link


def test_whoever_changes_supplier_gets_no_code_and_reads_why():
    async def go(_, caller):
        moved = await moves(caller, why="supplier")
        return moved, await home(caller, "m-1").own(OwnFinal, "GET", "final")

    moved, final = asked(go)
    assert moved.code is None
    assert any("same supplier" in one.en for one in final.said)


def test_nobody_lets_a_neighbour_leave():
    async def go(_, caller):
        other = home(caller, "m-1")
        other.member = "m-2"
        with pytest.raises(BadInput):
            await other.tell(OwnMove, "POST", "move", MovesOut(last_day=FIRST, why="moved"))

    asked(go)


def test_who_stays_has_no_final_account():
    async def go(_, caller):
        with pytest.raises(BadInput):
            await home(caller, "m-1").own(OwnFinal, "GET", "final")

    asked(go)


def test_a_yes_to_support_is_kept_by_month_and_taken_back():
    async def go(_, caller):
        mine = home(caller, "m-1")
        yes = await mine.tell(OwnSupport, "POST", "support", SupportYes(months=3))
        no = await mine.tell(OwnSupport, "POST", "support", SupportYes(months=0))
        return yes, no

    yes, no = asked(go)
    assert yes.until == "2026-05"
    assert no.until is None


def test_only_a_person_books_support_and_of_few_homes_nothing_is_told():
    async def go(_, caller):
        body = {"month": "2026-03", "fund_units": 10**10}
        return (await caller.post(f"{V1}/support", json=body, headers=OPERATOR)).status_code

    assert asked(go) in {401, 403, 409}


def month(kwh, **more):
    classes = {
        "year_class": None,
        "size_class": None,
        "dwelling": None,
        "people_class": None,
        "heated_by": None,
    }
    return MonthShared(month="2026-02", electricity_kwh=kwh, gas_m3=None, **{**classes, **more})


def consent(member, number, day=FIRST):
    return Consented(
        member, day, number, Purpose.COMPARISON.value, day + timedelta(days=300), scope(Purpose.COMPARISON)
    )


def test_a_month_is_kept_under_a_yes_only_and_erased_with_a_no():
    async def go(running, caller):
        mine = home(caller, "m-1")
        with pytest.raises(BadInput, match="no consent"):
            await mine.tell(OwnBeside, "POST", "comparison", month(200))
        today = running.now().astimezone(running.keeper.live.neighbourhood.zone).date()
        await running.keeper.tell(consent("m-1", 5_000, today))
        shared = await mine.tell(OwnBeside, "POST", "comparison", month(200))
        gone = await mine.own(Forgotten, "DELETE", "comparison")
        return shared, gone, shared_months.mine(running.records, "m-1")

    shared, gone, left = asked(go)
    assert (shared.month, shared.shared) == ("2026-02", 1)
    assert "Fewer than ten other homes" in shared.said[0].en
    assert gone.months == 1
    assert left == []


def test_who_takes_a_yes_back_is_in_nobodys_comparison_from_that_moment():
    """Also before what was shared is erased: the yes is asked at the moment of use."""

    async def go(running, caller):
        today = running.now().astimezone(running.keeper.live.neighbourhood.zone).date()
        for number, member in enumerate(("m-0", "m-1")):
            await running.keeper.tell(consent(member, 5_000 + number, today))
            await home(caller, member).tell(OwnBeside, "POST", "comparison", month(200))
        await running.keeper.tell(ConsentWithdrawn("m-1", today, 6_000, Purpose.COMPARISON.value))
        return shared_months.told(running.records, running.keeper.live, "m-1", today)

    assert asked(go) == (None, [], 1)


def test_a_leaver_is_erased_from_what_was_shared():
    async def go(running, caller):
        today = running.now().astimezone(running.keeper.live.neighbourhood.zone).date()
        await running.keeper.tell(consent("m-1", 5_000, today))
        await home(caller, "m-1").tell(OwnBeside, "POST", "comparison", month(200))
        answer = httpx.Response(200)
        await home(caller, "m-1").own(Forgotten, "DELETE", "comparison")
        return answer.status_code, shared_months.mine(running.records, "m-1")

    assert asked(go) == (200, [])
