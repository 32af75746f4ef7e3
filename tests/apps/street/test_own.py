"""What is a home's own, asked for by its key: nobody else's, exact, and gone when it leaves."""

from tempfile import TemporaryDirectory

import pytest
from tests.apps.street.kade import FIRST, KEYS
from tests.apps.street.test_api import HERE, OPERATOR, V1, a_settled_day, done, server

from laag.adapters.neighbourhood.link import Neighbourhood
from laag.adapters.neighbourhood.own import OwnBill, OwnData, OwnDay, OwnGoodbye, OwnLike, OwnLooks, OwnStreet
from laag.apps.street import codes
from laag.foundation.errors import BadInput


def home(caller, member):
    return Neighbourhood(HERE, KEYS[member], member, caller)


def asked(of):
    """Whatever a home asks of a street in which a day was settled."""

    async def go():
        # In a file: what is read from the log is read by opening it once more.
        with TemporaryDirectory() as folder:
            async with server(f"{folder}/log.sqlite") as (running, caller):
                await a_settled_day(running, caller)
                return await of(running, caller)

    return done(go())


def test_a_bill_is_the_sum_of_its_lines_and_its_days_of_its_quarter_hours():
    async def go(_, caller):
        mine = home(caller, "m-1")
        return (
            await mine.own(OwnBill, "GET", f"bill?first={FIRST}&last={FIRST}"),
            await mine.own(OwnDay, "GET", f"days/{FIRST}"),
        )

    bill, day = asked(go)
    assert sum(one.amount_units for one in bill.lines[:-1]) == bill.total_units
    assert [one.units for one in bill.days] == [day.units] == [sum(day.units_each)]
    assert sum(one.amount_units for one in day.lines) == day.units
    assert all(one.because.nl and one.because.en for one in day.moments)
    assert len(bill.benefit) == 4
    assert (
        "by trading with neighbours" in bill.benefit[0].en
        or "trading with neighbours cost" in bill.benefit[0].en
    )


@pytest.mark.parametrize("path", ["bill?first=2026-03-28&last=2026-03-28", "days/2026-03-28", "like?last=2026-03-28", "street", "looks", "data"])  # fmt: skip
def test_nobody_asks_for_what_is_another_homes(path):
    async def go(_, caller):
        mine = home(caller, "m-1")
        mine.member = "m-2"
        with pytest.raises(BadInput):
            await mine.own(OwnBill, "GET", path)
        return (await caller.get(f"{V1}/members/m-1/{path}")).status_code

    assert asked(go) == 401


def test_beside_fewer_than_ten_others_nothing_is_said_of_them():
    like = asked(lambda _, caller: home(caller, "m-1").own(OwnLike, "GET", f"like?last={FIRST}"))
    assert (like.homes, like.theirs_wh) == (None, None)
    assert "ten other homes" in like.said.en


def test_a_home_is_told_what_went_between_its_street_and_the_country():
    async def go(running, caller):
        said = await home(caller, "m-1").own(OwnStreet, "GET", "street")
        return said, running.keeper.live

    said, state = asked(go)
    known = state.day(FIRST)
    ptu = state.neighbourhood.grid(FIRST).index(said.start)
    assert all(heard[ptu] for heard in known.measured.values())
    assert said.wh == sum(int(wh[ptu]) for wh in known.metered.values())


def test_what_is_held_of_a_home_is_its_readings_and_what_came_of_them_and_nothing_of_a_neighbour():
    found = asked(lambda _, caller: home(caller, "m-1").own(OwnData, "GET", "data"))
    assert len(found.tables["readings"]) == len(found.tables["settled"])
    assert "m-2" not in found.model_dump_json()


def test_nobody_looked_until_somebody_did():
    found = asked(lambda _, caller: home(caller, "m-1").own(OwnLooks, "GET", "looks"))
    assert found.looks == []


def test_who_leaves_is_forgotten_and_its_settled_days_stay():
    async def go(running, caller):
        code = codes.made(running.records, "north", "number 12, Ann", running.now())
        kept = {
            **running.records.get(codes.KIND, code.code),
            "public_key": KEYS["m-1"].public,
            "member": "m-1",
        }
        running.records.put(codes.KIND, code.code, kept)
        first = await home(caller, "m-1").own(OwnGoodbye, "DELETE", "")
        again = await home(caller, "m-1").own(OwnGoodbye, "DELETE", "")
        left = running.keeper.live.members["m-1"].last_day
        other = await caller.delete(f"{V1}/members/m-2", headers=OPERATOR)
        return first, again, left, codes.listed(running.records), running.keeper.live, other.status_code

    first, again, left, listed, state, other = asked(go)
    assert first == again
    assert first.last_day == left
    assert left >= FIRST
    assert listed == []
    assert state.days[FIRST].settled is not None
    assert other == 403
