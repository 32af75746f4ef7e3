"""A neighbourhood that was put back from a copy says so: a home believes what it can check, and accuses nobody of what was lost."""

import asyncio
from datetime import timedelta

import pytest
from tests.apps.agent.lived_in import NOW, TODAY, Stopped, home_with, life_of
from tests.apps.agent.paged_home import BILL, YESTERDAY, paged
from tests.apps.agent.recorded import BOOK, DAYS, ME, Recorded, says
from tests.apps.agent.test_record import forget

from laag.adapters.homestore import HomeStore
from laag.adapters.neighbourhood.committed import OwnRecord, Restored, Stands
from laag.adapters.neighbourhood.own import OwnBill
from laag.adapters.neighbourhood.wire import Both
from laag.apps.agent.ledger.kept import KINDS, Kept, Receipt
from laag.apps.agent.ledger.put_back import SPOKEN_OF
from laag.apps.agent.ledger.watching import SharedRecord

HOUR = timedelta(hours=1)


@pytest.fixture
def life():
    made = life_of(home_with())
    made.store.keep("member", ME)
    yield made
    made.store.close()


def looked(life, there):
    record = SharedRecord(life, there)
    asyncio.run(record.look())
    return record.kept


def rung(kept):
    return [one.code for one in kept.alarms if one.over is None]


def told(size, copied=NOW - 3 * HOUR, at=NOW - HOUR):
    return Restored(at=at, copied=copied, size=size)


def longer():
    """As it was before the disk was lost: the home saw more of it than the copy holds."""
    there = Recorded()
    there.street.write(there.street.book(period="2026-05-20"))
    there.street.write(there.street.book(period="2026-05-21"))
    return there


def test_a_record_that_became_shorter_and_whose_neighbourhood_says_why_is_no_accusation(life):
    first = Recorded()
    looked(life, first)
    pinned = Kept(life.store).pin
    there = longer()
    forget(life)
    kept = looked(life, there)
    assert kept.pin.size == pinned.size + 2
    back = Recorded(restored=[told(pinned.size)])
    forget(life)
    kept = looked(life, back)
    assert rung(kept) == ["restored"]
    assert "was put back on 2026-05-20 17:37 from a copy of 2026-05-20 15:37" in kept.alarms[0].why.en
    assert "zij op 2026-05-20 17:37 is teruggezet van een kopie van 2026-05-20 15:37" in kept.alarms[0].why.nl
    assert [kept.verdict(day, kind).holds for day in DAYS for kind in KINDS] == [True] * 8
    back.street.write(back.street.book(period="2026-05-22"))
    forget(life)
    assert rung(looked(life, back)) == ["restored"], "and it goes on"


def test_the_same_without_a_word_of_it_is_an_alarm(life):
    looked(life, longer())
    forget(life)
    assert rung(looked(life, Recorded())) == ["rolled-back"]


def test_who_says_it_was_put_back_and_shows_another_history_of_before_is_found_out(life):
    """What was seen before the copy still binds: a restoration excuses what came after it and nothing else."""
    first = Recorded()
    looked(life, first)
    pinned = Kept(life.store).pin
    there = longer()
    there.answers[OwnBill] = BILL.model_copy(
        update={"days": [one.model_copy(update={"units": one.units}) for one in BILL.days]}
    )
    for kind in KINDS:  # one day is looked at again, so that the pin is of the longer one
        life.store.keep(f"own ledger {YESTERDAY} {kind}", None)
    looked(life, there)
    assert Kept(life.store).pin.size > pinned.size
    fork = Recorded()
    fork.street, fork.lines = type(fork.street).of(), {}
    fork.street.write(fork.street.book(period="2026-01-01"))
    for day in DAYS:
        for kind in ("book", "clear", "meter", "settle"):
            fork.commit(kind, day)
        fork.attest("grid", f"settle/{day}/1")
        fork.attest("town", f"settle/{day}/1")
    fork.restored = [told(pinned.size)]
    for kind in KINDS:
        life.store.keep(f"own ledger {YESTERDAY} {kind}", None)
    kept = looked(life, fork)
    assert "restored" in rung(kept)
    assert {"unconnected", "split-view"} & set(rung(kept))


def test_a_restoration_excuses_once_and_is_spoken_of_for_a_week(life):
    looked(life, longer())
    forget(life)
    size = Kept(life.store).pin.size - 2
    back = Recorded(restored=[told(size)])
    looked(life, back)
    life.clock = Stopped(NOW + SPOKEN_OF + HOUR)
    assert rung(looked(life, back)) == []
    again = longer()
    again.restored = back.restored
    forget(life)
    looked(life, again)
    forget(life)
    assert "rolled-back" in rung(looked(life, back)), "shorter again, and nobody said why"


def test_a_day_that_was_lost_goes_on_holding_where_it_was_verified_and_is_called_lost_where_not(life):
    there = Recorded()
    looked(life, there)
    why = Both(nl="Anders.", en="Unlike.")
    there.lies = lambda one: one.model_copy(update={"stands": Stands.WRONG, "evidence": None, "why": why})
    there.restored = [told(1)]
    there.answers[OwnBill] = BILL.model_copy(
        update={"days": [one.model_copy(update={"units": 1}) for one in BILL.days]}
    )
    kept = looked(life, there)
    assert kept.verdict(YESTERDAY).holds
    assert rung(kept) == []
    forget(life)
    kept = looked(life, there)
    assert set(rung(kept)) == {"lost"}
    assert "can no longer show" in kept.alarms[0].why.en


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (NOW - 2 * HOUR, "receipt-lost"),
        (NOW - 4 * HOUR, "receipt-broken"),
        (NOW, "receipt-broken"),
        (None, "receipt-broken"),
    ],
)
def test_a_promise_is_lost_only_if_it_was_made_between_the_copy_and_its_return(life, at, code):
    there = Recorded(restored=[told(1)])
    receipt = there.receipt(says("book", YESTERDAY) | {"ptu": [4]}, number=8)
    Kept(life.store).keep_receipt(BOOK, Receipt(number=8, receipt=receipt, agrees=True, at=at))
    kept = looked(life, there)
    assert rung(kept) == [code]
    assert ("PROOF OF FRAUD" in kept.alarms[0].why.en) == (code == "receipt-broken")


def test_under_a_key_that_was_verified_another_line_is_an_alarm_and_what_was_seen_is_kept(life):
    looked(life, longer())
    size = Kept(life.store).pin.size
    was = Kept(life.store).verdict(YESTERDAY).evidence
    anew = Recorded()
    anew.street, anew.lines = type(anew.street).of(), {}
    for day in DAYS:
        for kind in ("book", "clear", "meter", "settle"):
            line = says(kind, day)
            if (kind, day) == ("settle", YESTERDAY):
                line |= {"amount_units": [7]}
            anew.commit(kind, day, line)
    anew.restored = [told(0)]
    days = [one.model_copy(update={"units": 7}) if one.day == YESTERDAY else one for one in BILL.days]
    anew.answers[OwnBill] = BILL.model_copy(update={"days": days})
    assert size
    for _ in range(2):
        kept = looked(life, anew)
        assert set(rung(kept)) == {"restored", "made-anew"}
        assert kept.verdict(YESTERDAY).seen == was


def test_what_was_taken_and_is_not_known_any_more_is_said_again_and_what_was_refused_is_not():
    with HomeStore(":memory:") as store:
        for number in range(6):
            store.outbox.add(lambda n: f'{{"n":{n}}}')
            store.outbox.answered([(number, "refused" if number == 4 else "taken", "")])
        assert store.outbox.say_again(5) == 0
        assert store.outbox.say_again(2) == 2
        assert [one.number for one in store.outbox.waiting(9)] == [3, 5]
        assert store.outbox.last_number == 5


def test_a_home_that_hears_of_it_asks_what_is_still_known(life):
    there = Recorded()
    looked(life, there)
    assert not life.doubts
    there.restored = [told(40)]
    looked(life, there)
    assert life.doubts
    assert life.to_say.is_set()


def test_days_from_before_the_record_are_said_to_be_and_are_no_alarm(life):
    there = Recorded(began=TODAY)
    there.lies = lambda _: None
    kept = looked(life, there)
    assert rung(kept) == []
    assert {kept.verdict(day).stands for day in DAYS} == {Stands.BEFORE}


@pytest.mark.parametrize(("language", "says_it"), [
    ("nl", "Deze buurt houdt het gezamenlijke boek bij vanaf woensdag 20 mei"),
    ("en", "This neighbourhood has kept the shared record since Wednesday 20 May"),
])  # fmt: skip
def test_the_page_of_such_a_day_says_since_when_there_is_a_record(tmp_path, language, says_it):
    there = Recorded(began=TODAY, lies=lambda _: None)
    with paged(tmp_path, neighbours=there, planned=False, language=language) as (client, site):
        asyncio.run(SharedRecord(site.here.life, there).look())
        text = client.get(f"/bill/{YESTERDAY}").text
    assert says_it in text
    assert 'class="message bad"' not in text


def test_a_neighbourhood_that_says_nothing_of_it_yet_is_looked_at_as_before(life):
    assert rung(looked(life, Recorded(nothing={OwnRecord}))) == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_first_page_tells_of_it_without_alarm(tmp_path, language):
    there = longer()
    with paged(tmp_path, neighbours=there, planned=False, language=language) as (client, site):
        life = site.here.life
        asyncio.run(SharedRecord(life, there).look())
        forget(life)
        size = Kept(life.store).pin.size - 2
        asyncio.run(SharedRecord(life, Recorded(restored=[told(size)])).look())
        text, more = client.get("/").text, client.get("/data").text
    assert {"nl": "De buurt is teruggezet van een kopie", "en": "The neighbourhood was put back from a copy"}[
        language
    ] in text
    assert 'role="alert"' not in text + more
    assert 'role="status"' in text.partition('id="alarm"')[2]
    assert "2026-05-20 17:37" in more
