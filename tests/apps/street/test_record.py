"""The shared record over HTTP: what a day commits, what a home can prove of it, and what it is promised."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from tempfile import TemporaryDirectory

import pytest
from tests.apps.street import test_api
from tests.apps.street.kade import DAY, FIRST, KEYS, STREET, orders, prices, readings
from tests.apps.street.recorded import a_day, checked, committed, evidence, home, record, secret, server
from tests.apps.street.test_api import V1, a_settled_day, body, by, post

from laag.adapters.keys import verified
from laag.adapters.neighbourhood.own import OwnDay, OwnGoodbye
from laag.adapters.neighbourhood.signing import receipt_bytes
from laag.adapters.neighbourhood.wire import Answers
from laag.cycle import live
from laag.cycle.commit import at_hand, keys_at
from laag.cycle.live.spread import Spread
from laag.foundation.errors import BadInput
from laag.ledger.canonical import encode
from laag.ledger.evidence import Pin
from laag.ledger.lines import leaf, salt
from laag.ledger.refused import Code, Refused
from laag.ledger.standing import newest
from laag.ledger.verified import Verified

BOOK, CLEAR = f"book/day-ahead/{FIRST}/1", f"clear/day-ahead/{FIRST}/1"


DAYS_KEYS = [BOOK, CLEAR, f"meter/{FIRST}/1", f"settle/{FIRST}/1", f"book/day-ahead/{FIRST + DAY}/1"]
"""Of a settled day; by then the gate of the next one has closed too."""


def lived(of):
    """What comes of something in a neighbourhood with a ledger."""

    async def go():
        with TemporaryDirectory() as folder:
            async with server(folder) as (running, caller):
                return await of(running, caller)

    return asyncio.run(go())


def settled(of):
    """The same once a day was settled and committed."""

    async def go(running, caller):
        await a_day(running, caller)
        return await of(running, caller)

    return lived(go)


@pytest.mark.parametrize("kind", ["book", "clear", "meter", "settle"])
def test_every_home_proves_its_own_lines_of_a_day_offline(kind):
    async def go(_, caller):
        found = {}
        for name in KEYS:
            mine = await secret(caller, name)
            (proof,) = await evidence(caller, name, kind)
            found[name] = proof, checked(proof, mine.ledger, bytes.fromhex(mine.secret))
        return found

    for name, (proof, verdict) in settled(go).items():
        assert isinstance(verdict, Verified), verdict
        assert proof.stands == "proven"
        assert proof.why is None
        assert verdict.says["whose"] == name
        assert verdict.key == proof.key


def test_a_days_line_sums_to_the_day_on_the_page():
    async def go(_, caller):
        (proof,) = await evidence(caller, "m-1")
        return proof, await home(caller, "m-1").own(OwnDay, "GET", f"days/{FIRST}")

    proof, day = settled(go)
    assert sum(proof.evidence["line"]["says"]["amount_units"]) == day.units


@pytest.mark.parametrize("path", ["secret", f"evidence?first={FIRST}&last={FIRST}"])
def test_nobody_is_told_what_is_another_homes(path):
    async def go(_, caller):
        other = home(caller, "m-1")
        other.member = "m-2"
        with pytest.raises(BadInput):
            await other._call("GET", f"/members/m-2/{path}", signed=True)
        target = f"{V1}/members/m-2/{path}"
        mine = await caller.get(target, headers=by("m-1", target))
        return mine.status_code, (await caller.get(target)).status_code

    assert settled(go) == (403, 401)


def test_the_ledger_itself_is_read_by_anybody_and_says_nothing_of_a_home():
    async def go(_, caller):
        entries = await caller.get(f"{V1}/ledger/entries")
        checkpoint = await caller.get(f"{V1}/ledger/checkpoint?proven=true")
        return entries.text, checkpoint, await record(caller)

    text, checkpoint, said = settled(go)
    assert text.count("\n") == said.size == said.proven == len(DAYS_KEYS)
    assert checkpoint.status_code == 200
    assert not any(name in text for name in KEYS)
    assert '"count":0' in text, "of three homes not even how many they are"
    assert [one.id for one in said.members] == ["street"]
    assert said.well
    assert "nobody else watches" in said.notes[0].en


def test_a_list_is_promised_its_line_in_the_book_to_whoever_asks():
    async def go(running, caller):
        mine = await secret(caller, "m-1")
        plain = await caller.post(f"{V1}/messages", json=body(orders("m-0", 1)))
        first = await promised(caller, orders("m-1", 1), orders("m-2", 1))
        again = await promised(caller, orders("m-1", 1))
        other = await promised(caller, orders("m-1", 2, wh=600))
        replaced = await promised(caller, orders("m-1", 1))
        await running.keeper.tell(live.Closed(FIRST))
        await committed(running)
        (proof,) = await evidence(caller, "m-1", "book")
        return mine, plain.json(), first, again, other, replaced, proof

    mine, plain, first, again, other, replaced, proof = lived(go)
    assert plain["answers"] == [{"number": 1, "status": "taken"}], "a home of before receipts can read this"
    receipt = first[0].receipt
    assert (receipt.key, receipt.number, receipt.by) == (BOOK, 1, mine.server)
    assert verified(mine.server_key, receipt.signature, receipt_bytes(mine.ledger, "m-1", receipt))
    forged = receipt.model_copy(update={"leaf": "0" * 64})
    assert not verified(mine.server_key, forged.signature, receipt_bytes(mine.ledger, "m-1", forged))
    assert first[1].receipt.leaf != receipt.leaf
    assert again[0].status == "known"
    assert again[0].receipt == receipt, "a lost answer is asked for again"
    assert replaced[0].receipt is None, "nothing is promised of a list that another took the place of"
    assert proof.evidence["line"]["leaf"] == other[0].receipt.leaf != receipt.leaf


async def promised(caller, *messages):
    answer = await caller.post(f"{V1}/messages?receipts=1", json=body(*messages))
    assert answer.status_code == 200, answer.text
    return Answers.model_validate_json(answer.content).answers


def test_a_receipt_whose_list_was_dropped_is_not_under_the_books_root():
    async def go(running, caller):
        (answer,) = await promised(caller, orders("m-1", 1))
        keeper = running.keeper
        kept, day = keeper.kept, keeper.live.day(FIRST)
        # What somebody would do who holds the server: take a list out before the gate closes.
        dropped = replace(day, details=replace(day.details, orders=Spread()))
        keeper._kept = replace(kept, live=kept.live.having(FIRST, dropped))
        await keeper.tell(live.Closed(FIRST))
        await committed(running)
        (proof,) = await evidence(caller, "m-1", "book")
        leaves = running.shared.making.trees.get(BOOK).leaves
        return answer.receipt, proof, leaves

    receipt, proof, leaves = lived(go)
    assert bytes.fromhex(receipt.leaf) not in leaves
    assert proof.evidence["line"]["says"]["stood_in"] == 1
    assert proof.evidence["line"]["leaf"] != receipt.leaf


def test_a_correction_is_another_version_that_supersedes_and_the_first_stays():
    async def go(running, caller):
        await post(caller, readings("m-0", 3, FIRST, [5], [9_999]))
        await running.keeper.tell(live.Settle(FIRST))
        await committed(running)
        mine = await secret(caller, "m-0")
        proofs = [(await evidence(caller, "m-0", kind))[0] for kind in ("meter", "settle")]
        return mine, proofs, running.shared.opened.ledger.find

    mine, (meter, settle), _ = settled(go)
    assert (meter.version, settle.version) == (2, 2)
    for proof in (meter, settle):
        assert isinstance(checked(proof, mine.ledger, bytes.fromhex(mine.secret)), Verified)
    assert settle.evidence["entry"]["data"]["entry"]["meter"] == 2


def test_corrections_that_came_together_are_each_on_the_ledger_in_their_order():
    """What the state no longer has of a settlement that was corrected is told again from the log."""

    async def go(running, caller):
        running.shared.opened.ledger.cut = True
        await a_settled_day(running, caller)
        for number in (3, 4):
            await post(caller, readings("m-0", number, FIRST, [5], [1_000 * number]))
            await running.keeper.tell(live.Settle(FIRST))
        running.shared.opened.ledger.cut = False
        running.shared.committing.wake()
        await committed(running)
        ledger = running.shared.opened.ledger
        return ledger.keys("settle/"), newest(f"settle/{FIRST}/1", ledger.find), ledger.keys("")

    versions, last, keys = lived(go)
    assert versions == [f"settle/{FIRST}/{n}" for n in (1, 2, 3)]
    assert last == versions[-1]
    assert len(keys) == len(set(keys)) == len(DAYS_KEYS) + 4


def test_while_the_ledger_is_away_the_market_goes_on_and_a_book_that_came_late_is_said_to_be():
    async def go(running, caller):
        ledger = running.shared.opened.ledger
        ledger.cut = True
        await a_settled_day(running, caller)
        away = await record(caller)
        (waits,) = await evidence(caller, "m-1", "book")
        running.keeper.clock.at += 2 * timedelta(hours=1)
        worried = await record(caller)
        state = running.keeper.live
        ledger.cut = False
        running.shared.committing.wake()
        await committed(running)
        (proof,) = await evidence(caller, "m-1", "book")
        return state, away, waits, worried, ledger.keys(""), proof, await record(caller)

    state, away, waits, worried, keys, proof, back = lived(go)
    assert state.day(FIRST).is_settled
    assert waits.stands == "waiting"
    assert not away.well
    assert any("wait" in one.en for one in worried.notes)
    assert [key for key in keys if str(FIRST) in key] == [*keys_at(state, FIRST)], "in their order"
    assert sorted(keys) == sorted(DAYS_KEYS), "each once"
    assert (proof.stands, proof.late) == ("proven", True)
    assert "prices were known" in proof.why.en
    assert (back.waiting, back.well, back.late) == (0, True, [BOOK])


def test_a_book_is_on_the_ledger_before_the_prices_are_asked_for():
    async def go(running, caller):
        await post(caller, orders("m-0", 1))
        await running.keeper.tell(live.Closed(FIRST))
        await committed(running)
        keys = running.shared.opened.ledger.keys("")
        await running.keeper.tell(prices(FIRST)[0])
        await committed(running)
        return keys, (await evidence(caller, "m-0", "book"))[0].late

    assert lived(go) == ([BOOK], False)


def test_a_book_that_came_late_is_told_for_as_long_as_its_day_is_to_come():
    async def go(running, caller):
        running.shared.opened.ledger.cut = True
        await post(caller, orders("m-0", 1))
        await running.keeper.tell(live.Closed(FIRST))
        await running.keeper.tell(prices(FIRST)[0])
        running.shared.opened.ledger.cut = False
        running.shared.committing.wake()
        await committed(running)
        before = [one.en for one in running.shared.notes(FIRST)]
        return before, [one.en for one in running.notes], running.shared.notes(FIRST + DAY)

    before, told, after = lived(go)
    assert [BOOK in one for one in before] == [True]
    assert before[0] in told
    assert after == []


def test_the_next_server_hands_in_what_the_last_one_did_not_and_nothing_twice():
    async def go():
        with TemporaryDirectory() as folder:
            async with server(folder) as (running, caller):
                await post(caller, orders("m-0", 1))
                await running.keeper.tell(live.Closed(FIRST))
                await committed(running)
                running.shared.opened.ledger.cut = True
                clock = running.keeper.clock
                clock.at = live.settled_at(STREET, FIRST)
                await post(caller, *(readings(name, 2, FIRST, range(96), range(96)) for name in KEYS))
                for one in (*prices(FIRST), live.Settle(FIRST)):
                    await running.keeper.tell(one)
            async with server(folder, clock) as (running, caller):
                await committed(running)
                mine = await secret(caller, "m-1")
                proofs = [(await evidence(caller, "m-1", kind))[0] for kind in ("book", "settle")]
                return running.shared.opened.ledger.keys(""), mine, proofs

    keys, mine, proofs = asyncio.run(go())
    assert sorted(keys) == sorted(DAYS_KEYS)
    for proof in proofs:
        assert isinstance(checked(proof, mine.ledger, bytes.fromhex(mine.secret)), Verified)


def test_who_leaves_takes_its_secret_along_and_nobodys_proof():
    async def go(running, caller):
        before = [(await evidence(caller, "m-0"))[0], await secret(caller, "m-0")]
        gone = await home(caller, "m-0").own(OwnGoodbye, "DELETE", "")
        (own,) = await evidence(caller, "m-0")
        refused = await caller.get(target := f"{V1}/members/m-0/secret", headers=by("m-0", target))
        others = []
        for name in ("m-1", "m-2"):
            mine = await secret(caller, name)
            others.append(checked((await evidence(caller, name))[0], mine.ledger, bytes.fromhex(mine.secret)))
        making, state = running.shared.making, running.keeper.live
        (line,) = (one.lines["m-0"] for one in at_hand(state, FIRST, {f"settle/{FIRST}/1"}))
        known = [making.secrets.street(), making.secrets.of("m-1"), making.secrets.of("m-2")]
        return before, gone, own, refused, others, dict(line), known, making.trees.get(own.key).leaves, making.secrets.there("m-0")  # fmt: skip

    (proof, mine), gone, own, refused, others, line, known, leaves, there = settled(go)
    assert "nobody can show or confirm" in gone.stays.en
    assert (own.stands, own.evidence) == ("erased", None)
    assert refused.status_code == 410
    assert all(isinstance(one, Verified) for one in others)
    assert there is None
    kept = checked(proof, mine.ledger, bytes.fromhex(mine.secret))
    assert isinstance(kept, Verified), "what a home kept itself stays a proof"
    right = line["amount_units"][0]
    for cents in range(-5_000, 5_001):
        guess = encode({**line, "amount_units": [right + cents * 10**6, *line["amount_units"][1:]]})
        assert not any(leaf(salt(one, own.key), guess) in leaves for one in known)


def test_what_is_committed_after_a_home_was_forgotten_nobody_can_ever_confirm():
    async def go(running, caller):
        await post(caller, *(orders(name, 1) for name in KEYS))
        await home(caller, "m-0").own(OwnGoodbye, "DELETE", "")
        await running.keeper.tell(live.Closed(FIRST))
        await committed(running)
        (own,) = await evidence(caller, "m-0", "book")
        mine = await secret(caller, "m-1")
        (other,) = await evidence(caller, "m-1", "book")
        return (
            own,
            checked(other, mine.ledger, bytes.fromhex(mine.secret)),
            await running.shared.receipts([], []),
        )

    own, other, none = lived(go)
    assert own.stands == "erased"
    assert isinstance(other, Verified)
    assert none == {}


def test_evidence_shows_that_the_ledger_goes_on_from_what_a_home_saw():
    async def go(running, caller):
        (first,) = await evidence(caller, "m-1")
        mine = await secret(caller, "m-1")
        seen = checked(first, mine.ledger).pin
        await post(caller, readings("m-0", 3, FIRST, [5], [9_999]))
        await running.keeper.tell(live.Settle(FIRST))
        await committed(running)
        (then,) = await evidence(caller, "m-1", more=f"&since={seen.size}")
        (blind,) = await evidence(caller, "m-1")
        return mine.ledger, seen, then, blind

    ledger, seen, then, blind = settled(go)
    after = checked(then, ledger, pin=seen)
    assert isinstance(after, Verified)
    assert after.pin.size == seen.size + 2
    unconnected = checked(blind, ledger, pin=seen)
    assert isinstance(unconnected, Refused)
    assert unconnected.code is Code.UNCONNECTED
    split = checked(then, ledger, pin=Pin(seen.size, bytes(32)))
    assert isinstance(split, Refused)


def test_evidence_of_days_that_have_nothing_is_nothing_and_a_month_is_the_most():
    async def go(_, caller):
        none = await evidence(caller, "m-1", first=FIRST + DAY, last=FIRST + 400 * DAY)
        every = await evidence(caller, "m-1", first=FIRST - 400 * DAY, last=FIRST + 400 * DAY)
        backwards = await evidence(caller, "m-1", first=FIRST, last=FIRST - DAY)
        return none, every, backwards

    none, every, backwards = settled(go)
    assert none == backwards == []
    assert len(every) == 1


def test_what_stands_on_the_ledger_and_not_in_the_log_is_told_and_not_shown():
    async def go(running, caller):
        running.shared.proofs._at_hand.clear()
        making = running.shared.making
        making.trees.keep(f"settle/{FIRST}/1", [bytes(32)] * 16, running.now())
        return (await evidence(caller, "m-1"))[0]

    proof = settled(go)
    assert (proof.stands, proof.evidence) == ("wrong", None)
    assert "operator" in proof.why.en


def test_a_neighbourhood_without_a_ledger_says_so():
    async def go():
        async with test_api.server() as (running, caller):
            target = f"{V1}/members/m-1/secret"
            answers = [
                await caller.get(f"{V1}/record"),
                await caller.get(target, headers=by("m-1", target)),
                await caller.get(f"{V1}/ledger/checkpoint"),
            ]
            said = await caller.post(f"{V1}/messages?receipts=1", json=body(orders("m-0", 1)))
            return running.shared, [one.status_code for one in answers], said.json()

    shared, codes, said = asyncio.run(go())
    assert shared is None
    assert codes == [404, 404, 404]
    assert said["answers"] == [{"number": 1, "status": "taken"}]


@pytest.mark.parametrize("odd", ["kind=all", "market=moon", "since=-1", "first=x"])
def test_odd_questions_are_answered_with_a_sentence(odd):
    async def go(_, caller):
        target = f"{V1}/members/m-1/evidence?{odd}"
        return await caller.get(target, headers=by("m-1", target))

    answer = lived(go)
    assert answer.status_code == 422
    assert answer.json()["detail"].keys() >= {"nl", "en"}
