"""Over HTTP: homes become members, speak and ask for their own; everybody sees what is public, nobody what is not."""

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from tests.apps.street.kade import DAY, FIRST, KEYS, STREET, Hands, orders, prices, readings, signed

from laag.adapters.keys import Key
from laag.adapters.neighbourhood.signing import call_bytes, enrolment_bytes
from laag.adapters.neighbourhood.wire import About, Answers, Board, Enrolled, Positions, Readings
from laag.adapters.stores import open_log
from laag.adapters.stores.records import open_records
from laag.apps.access import Caller, Role
from laag.apps.street.api.public import market_of
from laag.apps.street.app import street_app
from laag.apps.street.keeper import Keeper
from laag.apps.street.running import Running
from laag.apps.street.sources import InTurn, Model
from laag.cycle import live
from laag.foundation.errors import BadInput
from laag.neighbourhood.charter.parts import DataTable

HERE = "http://kade"
V1 = "/api/v1"


def done(coroutine):
    return asyncio.run(coroutine)


async def operator(request):
    """For tests: whoever says that they are the operator."""
    return Caller(Role.OPERATOR, "Ann") if request.headers.get("i-am") == "operator" else None


OPERATOR = {"i-am": "operator"}


@asynccontextmanager
async def server(place=":memory:", clock=None, opens=None, neighbourhood=STREET, connection="3x25A"):
    """A neighbourhood's server in this process, and who calls it."""
    keeper = Keeper(opens or (lambda: open_log(place)), neighbourhood, clock or Hands())
    with open_records(place) as records:
        running = Running(keeper, records, InTurn([Model()], keeper.figures), version="test")
        app = street_app(running, ways=(operator,), note_look=noted)
        async with app.router.lifespan_context(app):
            for name, key in KEYS.items():
                if name not in keeper.kept.keys:
                    joined = live.Joined(name, FIRST, "north", connection)
                    await keeper.tell(joined, {"public_key": key.public})
            transport = httpx.ASGITransport(app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url=HERE) as caller:
                yield running, caller


async def noted(*_):
    return None


def body(*messages):
    return {"messages": [one.model_dump(mode="json") for one in messages]}


async def post(caller, *messages):
    answer = await caller.post(f"{V1}/messages", json=body(*messages))
    assert answer.status_code == 200, answer.text
    return [one.status.value for one in Answers.model_validate_json(answer.content).answers]


def by(member, target, key=None, at=None, method="GET"):
    """The headers with which a home asks for its own."""
    at = at or datetime.now(UTC)
    signature = (key or KEYS[member]).sign(call_bytes(method, target, member, at, b""))
    return {"Laag-Member": member, "Laag-At": at.isoformat(timespec="seconds"), "Laag-Signature": signature}


def test_anybody_sees_the_neighbourhood_and_its_board():
    async def lived():
        async with server() as (running, caller):
            await running.watch.once()
            about = About.model_validate_json((await caller.get(f"{V1}/about")).content)
            board = Board.model_validate_json((await caller.get(f"{V1}/board")).content)
            return running.now(), about, board

    now, about, board = done(lived())
    assert (about.name, about.members, about.rule) == ("Kade", 3, "layered")
    assert about.next_gate == board.gate == live.gate(STREET, FIRST)
    assert board.start <= now < board.start + timedelta(minutes=15)
    assert len(board.buy_eur_per_kwh) == len(board.sell_eur_per_kwh) == len(board.margin_eur_per_kwh) >= 196
    assert board.bid_day == FIRST
    assert [len(row) for row in board.surprise_eur_per_kwh] == [96] * 7
    assert board.published_until == STREET.grid(FIRST).start
    assert not board.notes


def test_messages_are_answered_each_by_itself_and_once():
    async def lived():
        async with server() as (running, caller):
            first = await post(caller, orders("m-0", 1), orders("m-1", 1, key=Key.new()), orders("m-2", 1))
            again = await post(caller, orders("m-0", 1), orders("m-1", 2))
            return first, again, running.keeper.live.numbers

    first, again, numbers = done(lived())
    assert first == ["taken", "refused", "taken"]
    assert again == ["known", "taken"]
    assert numbers == {"m-0": 1, "m-1": 2, "m-2": 1}


def test_a_message_that_cannot_be_read_takes_no_other_with_it():
    async def lived():
        async with server() as (_, caller):
            good, odd = body(orders("m-0", 1))["messages"][0], {"kind": "orders", "number": 7}
            answer = await caller.post(
                f"{V1}/messages", json={"messages": [odd, good, "what", {**good, "ptu": ["x"]}]}
            )
            return Answers.model_validate_json(answer.content).answers  # fmt: skip

    odd, good, word, letters = done(lived())
    assert (odd.status, odd.number) == ("refused", 7)
    assert odd.why.nl.startswith("Dit is niet te lezen")
    assert good.status == "taken"
    assert word.status == letters.status == "refused"
    assert "ptu.0" in letters.why.en


@pytest.mark.parametrize(
    "text", [b"", b"{}", b"[]", b'{"messages":[]}', b"\xff\xfe", b"[" * 100_000, b'{"messages":[1],"more":1}']
)
def test_an_envelope_that_cannot_be_read_is_answered_with_a_sentence(text):
    async def lived():
        async with server() as (_, caller):
            return await caller.post(f"{V1}/messages", content=text)

    answer = done(lived())
    assert answer.status_code == 422
    assert answer.json()["detail"].keys() >= {"nl", "en"}


def test_too_much_is_turned_away_and_told_when_to_come_back():
    async def lived():
        async with server() as (_, caller):
            large = await caller.post(f"{V1}/messages", content=b" " * (5 * 2**20))
            codes = [
                await caller.post(f"{V1}/enrolments", json=enrolment(Key.new(), "WRONG-ONE"))
                for _ in range(12)
            ]
            return large, codes

    large, codes = done(lived())
    assert large.status_code == 413
    assert {one.status_code for one in codes} == {403, 429}
    assert int(codes[-1].headers["Retry-After"]) >= 1


def enrolment(key, code):
    return {"code": code, "public_key": key.public, "signature": key.sign(enrolment_bytes(code, key.public))}


def test_a_home_becomes_a_member_with_a_code_and_may_ask_again():
    async def lived():
        async with server() as (_, caller):
            made = (await caller.post(f"{V1}/codes", json={"cable": "north"}, headers=OPERATOR)).json()
            mine, other = Key.new(), Key.new()
            typed = made["code"].lower()
            first = await caller.post(f"{V1}/enrolments", json=enrolment(mine, typed))
            again = await caller.post(f"{V1}/enrolments", json=enrolment(mine, made["code"]))
            stolen = await caller.post(f"{V1}/enrolments", json=enrolment(other, made["code"]))
            member = first.json()["member"]
            said = await post(caller, orders(member, 0, key=mine))
            return made, first, again, stolen, said

    made, first, again, stolen, said = done(lived())
    assert made["svg"].startswith("<svg")
    assert parse_qs(urlsplit(made["link"]).query) == {"code": [made["code"]]}
    assert first.status_code == 200, first.text
    member = Enrolled.model_validate_json(first.content)
    assert (member.first_day, member.cable, member.last_number) == (FIRST, "north", -1)
    assert again.json() == first.json()
    assert stolen.status_code == 403
    assert said == ["taken"]


def test_a_home_sees_its_own_and_nobody_elses():
    async def lived():
        async with server() as (running, caller):
            await a_settled_day(running, caller)
            target = f"{V1}/members/m-0/positions?start=2026-03-28T10:00:00Z&count=8"
            own = await caller.get(target, headers=by("m-0", target))
            others = await caller.get(target, headers=by("m-1", target))
            forged = await caller.get(target, headers=by("m-0", target, Key.new()))
            nobody = await caller.get(target)
            moved = await caller.get(target.replace("count=8", "count=9"), headers=by("m-0", target))
            day = f"{V1}/members/m-0/settled/{FIRST}"
            settled = await caller.get(day, headers=by("m-0", day))
            return own, others, forged, nobody, moved, settled

    own, others, forged, nobody, moved, settled = done(lived())
    wh = Positions.model_validate_json(own.content).wh
    assert wh[:4] == [500, 0, 0, 0]
    assert others.status_code == 403
    assert [one.status_code for one in (forged, nobody, moved)] == [401] * 3
    told = settled.json()
    assert told["revision"] == 1
    assert told["metered_wh"] == list(range(96))
    assert not any(told["estimated"])
    parts = ("bought_units", "sold_units", "deviation_units")
    assert told["charged_units"] == sum(sum(told[part]) for part in parts)


async def a_settled_day(running, caller):
    await post(caller, *(orders(name, 1, ptu=44) for name in KEYS))
    await running.keeper.tell(live.Closed(FIRST))
    running.keeper.clock.at = live.settled_at(STREET, FIRST)
    await post(caller, *(readings(name, 2, FIRST, range(96), range(96)) for name in KEYS))
    for one in (*prices(FIRST), live.Settle(FIRST)):
        await running.keeper.tell(one)


def test_a_home_whose_clock_is_astray_is_told_the_time():
    async def lived():
        async with server() as (_, caller):
            target = f"{V1}/members/m-0/positions"
            early = by("m-0", target, at=datetime.now(UTC) - timedelta(minutes=20))
            return await caller.get(target, headers=early)

    answer = done(lived())
    assert answer.status_code == 401
    there = datetime.fromisoformat(answer.json()["detail"]["now"])
    assert abs(there - datetime.now(UTC)) < timedelta(minutes=1)


TOTALS = ("bought_wh", "sold_wh", "imported_wh", "exported_wh")


def test_the_prices_of_a_day_are_public_and_the_energy_of_few_homes_is_its_members_own():
    async def lived():
        async with server() as (running, caller):
            await a_settled_day(running, caller)
            target = f"{V1}/market/{FIRST}"
            none = await caller.get(f"{V1}/market/2030-01-01")
            theirs = (await caller.get(target, headers=by("m-0", target))).json()
            return (await caller.get(target)).json(), theirs, none

    told, theirs, none = done(lived())
    assert none.status_code == 404
    assert [told[name] for name in TOTALS] == [None] * 4
    assert "not shown here" in told["note"]["en"]
    assert told["buyer_centiticks"] == theirs["buyer_centiticks"]
    assert theirs["bought_wh"][44] == 1_500
    assert "with care" in theirs["note"]["en"]
    sums = zip(*(theirs[name] for name in TOTALS), strict=True)
    assert all(bought + exported == sold + imported for bought, sold, imported, exported in sums)


VOTED = DataTable(visible_outside=("street.traded", "street.gateway"))
OUTSIDE = {Role.ANYBODY, Role.COACH, Role.GRID, Role.RESEARCHER, Role.COMPANY}


@pytest.mark.parametrize("role", Role)
def test_what_members_did_not_vote_to_show_outside_nobody_outside_is_shown_however_many_they_are(role):
    """And what they took off their own list only who runs or supervises the street still sees."""

    async def lived():
        async with server() as (running, caller):
            await a_settled_day(running, caller)
            return running.keeper.live.day(FIRST)

    known = done(lived())
    usual = market_of(FIRST, known, 99, role, DataTable())
    closed = market_of(FIRST, known, 99, role, DataTable(visible_inside=("street.gateway",)))
    inside, runs = role not in OUTSIDE, role in {Role.OPERATOR, Role.REGULATOR}
    assert (usual.bought_wh is not None) == inside
    assert (closed.bought_wh is not None) == runs
    assert (closed.imported_wh is not None) == inside
    assert usual.buyer_centiticks is not None, "prices are for everybody"
    assert (usual.note is None) == inside


@pytest.mark.parametrize("role", Role)
def test_ten_homes_are_enough_for_anybody_and_nine_only_for_those_whose_market_it_is(role):
    async def lived():
        async with server() as (running, caller):
            await a_settled_day(running, caller)
            return running.keeper.live.day(FIRST)

    known = done(lived())
    of_ten, of_nine = (market_of(FIRST, known, homes, role, VOTED) for homes in (10, 9))
    assert of_ten.imported_wh is not None
    assert of_ten.note is None
    assert (of_nine.imported_wh is None) == (role in OUTSIDE)
    assert of_nine.note is not None


def test_what_went_through_the_gateway_is_streamed_to_those_whose_market_it_is():
    async def lived():
        async with server() as (running, _):
            anybody, member = running.stream.listen(), running.stream.listen(whole=True)
            await anext(anybody), await anext(member)
            running.stream.say("quarter", {"ptu": 3, "street_wh": 120}, {"ptu": 3})
            heard = await anext(anybody), await anext(member)
            await anybody.aclose()
            await member.aclose()
            return heard

    to_anybody, to_member = done(lived())
    assert "street_wh" not in to_anybody
    assert '"street_wh":120' in to_member


def test_a_home_reads_from_which_number_it_goes_on_and_how_much_of_it_was_heard():
    async def lived():
        async with server() as (running, caller):
            await a_settled_day(running, caller)
            target = f"{V1}/members/m-0"
            mine = await caller.get(target, headers=by("m-0", target))
            another = await caller.get(target, headers=by("m-1", target))
            return mine.json(), another, running.keeper.live

    mine, another, state = done(lived())
    assert mine["last_number"] == state.numbers["m-0"]
    assert mine["heard"] == {str(FIRST): int(state.day(FIRST).measured["m-0"].sum())}
    assert (mine["cable"], mine["connection"], mine["first_day"]) == ("north", "3x25A", str(FIRST))
    assert another.status_code == 403


def test_a_home_takes_part_with_the_connection_of_its_code_and_none_without_a_tariff_is_given_out():
    async def lived():
        async with server() as (running, caller):
            odd = await caller.post(f"{V1}/codes", json={"connection": "9x99A"}, headers=OPERATOR)
            made = await caller.post(f"{V1}/codes", json={"connection": "3x35A"}, headers=OPERATOR)
            key = Key.new()
            joined = await caller.post(f"{V1}/enrolments", json=enrolment(key, made.json()["code"]))
            return odd, made.json(), running.keeper.live.members[joined.json()["member"]].joined

    odd, made, joined = done(lived())
    assert odd.status_code == 422
    assert odd.json()["detail"]["connections"][0] == "3x25A"
    assert "3x35A" in odd.json()["detail"]["en"]
    assert made["connection"] == joined.connection == "3x35A"


def test_the_operator_sees_who_is_silent_and_settles_again_after_a_correction():
    async def lived():
        async with server() as (running, caller):
            await a_settled_day(running, caller)
            await post(caller, readings("m-0", 3, FIRST, [0], [1_000]))
            again = await caller.post(f"{V1}/days/{FIRST}/settle", headers=OPERATOR)
            nothing = await caller.post(f"{V1}/days/{FIRST}/settle", headers=OPERATOR)
            open_day = await caller.post(f"{V1}/days/{FIRST + 2 * DAY}/settle", headers=OPERATOR)
            told = (await caller.get(f"{V1}/status", headers=OPERATOR)).json()
            everybody = (await caller.get(f"{V1}/members", headers=OPERATOR)).json()
            return again.json(), nothing.json(), open_day, told, everybody

    again, nothing, open_day, told, everybody = done(lived())
    assert again == {"day": str(FIRST), "revision": 2, "changed": True}
    assert nothing == {"day": str(FIRST), "revision": 2, "changed": False}
    assert open_day.status_code == 404
    assert told["settled"] == {str(FIRST): 2}
    assert [one["member"] for one in told["meters"]] == list(KEYS)
    assert {one["last_number"] for one in everybody} == {2, 3}


def test_only_the_operator_comes_through_the_operators_doors():
    async def lived():
        async with server() as (_, caller):
            return [
                await caller.get(f"{V1}/members"),
                await caller.get(f"{V1}/refused"),
                await caller.get(f"{V1}/status"),
                await caller.post(f"{V1}/codes", json={}),
                await caller.post(f"{V1}/days/{FIRST}/settle"),
                await caller.post(f"{V1}/members/m-0/leave", json={"last_day": str(FIRST)}),
            ]

    assert [one.status_code for one in done(lived())] == [401] * 6


def test_a_store_that_is_away_is_said_and_nothing_is_acknowledged(tmp_path):
    from tests.apps.street.test_keeper import Failing

    async def lived():
        async with server(str(tmp_path / "x.sqlite"), opens=lambda: Failing(tmp_path / "log.sqlite")) as (
            running,
            caller,
        ):
            Failing.full = True
            away = await caller.post(f"{V1}/messages", json=body(orders("m-0", 1)))
            ill = await caller.get("/health")
            Failing.full = False
            await running.watch.once()
            well = await caller.get("/health")
            return away, ill, well, await post(caller, orders("m-0", 1))  # fmt: skip

    away, ill, well, taken = done(lived())
    assert away.status_code == 503
    assert away.headers["Retry-After"] == "5"
    assert "niets aangenomen" in away.json()["detail"]["nl"]
    assert (ill.status_code, well.status_code) == (503, 200)
    assert taken == ["taken"]


def test_what_happens_is_told_and_a_listener_that_was_away_misses_nothing():
    async def lived():
        async with server() as (running, _):
            stream = running.stream
            first = stream.listen()
            assert (await anext(first)).startswith("retry")
            await running.keeper.tell(live.Closed(FIRST))
            heard = await anext(first)
            while "event: closed" not in heard:
                heard = await anext(first)
            last_id = heard.splitlines()[0].removeprefix("id: ")
            await first.aclose()
            for one in prices(FIRST):
                await running.keeper.tell(one)
            again = stream.listen(last_id)
            later = [await anext(again) for _ in range(3)]
            stranger = stream.listen("0000-7")
            lost = [await anext(stranger) for _ in range(2)]
            return heard, later, lost, stream.listeners

    heard, later, lost, listeners = done(lived())
    assert f'data: {{"day":"{FIRST}"}}' in heard
    assert "event: priced" in "".join(later)
    assert "event: missed" in lost[1]
    assert listeners == 2


def test_figures_say_nothing_of_one_home():
    async def lived():
        async with server() as (_, caller):
            await post(caller, orders("m-0", 1), orders("m-1", 1, key=Key.new()))
            return (await caller.get("/metrics")).text

    text = done(lived())
    assert 'laag_messages_total{status="refused"} 1.0' in text
    assert "m-0" not in text


def test_nothing_that_is_described_loads_anything_from_elsewhere():
    async def lived():
        async with server() as (_, caller):
            described = (await caller.get(f"{V1}/openapi.json")).json()
            return described, [await caller.get(at) for at in ("/docs", "/redoc", "/openapi.json")]

    described, closed = done(lived())
    assert f"{V1}/messages" in described["paths"]
    assert [one.status_code for one in closed] == [404] * 3


def test_a_route_without_a_door_does_not_start():
    from fastapi import APIRouter

    router = APIRouter()
    router.get("/back-door")(noted)
    keeper = Keeper(lambda: open_log(":memory:"), STREET, Hands())
    with open_records(":memory:") as records, pytest.raises(BadInput, match="back-door"):
        street_app(Running(keeper, records, InTurn([], keeper.figures), version="test"), routers=[router])


def test_a_reading_that_was_changed_on_the_way_is_forged():
    async def lived():
        async with server() as (running, caller):
            await running.keeper.tell(live.Closed(FIRST))
            running.keeper.clock.at = live.settled_at(STREET, FIRST)
            mine = readings("m-0", 1)
            theirs = signed(Readings(**{**mine.model_dump(), "member": "m-1"}), KEYS["m-0"])
            return await post(caller, mine.model_copy(update={"wh": [-120]}), theirs, mine)

    assert done(lived()) == ["refused", "refused", "taken"]


def test_who_forges_waits_and_a_home_at_another_address_does_not_wait_with_them():
    async def lived():
        async with server() as (running, caller):
            forged = [orders("m-0", number, key=Key.new()) for number in range(400)]
            codes = [(await caller.post(f"{V1}/messages", json=body(*forged))).status_code for _ in range(3)]
            running.limits.calls.take("elsewhere", 0.0)
            return codes, running.limits.calls.take("elsewhere", 0.0, 0)

    codes, elsewhere = done(lived())
    assert codes == [200, 200, 429]
    assert elsewhere
