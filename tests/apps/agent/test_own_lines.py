"""A home holds its lines against what it knows itself: the orders that it sent, its own meter, its own key."""

import asyncio
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.apps.agent.lived_in import TODAY, home_with, life_of
from tests.apps.agent.paged_home import YESTERDAY, paged
from tests.apps.agent.recorded import DAYS, ME, Recorded, metered, says

from laag.adapters.homestore import HomeStore
from laag.adapters.neighbourhood.wire import Orders
from laag.apps.agent.ledger import own_lines
from laag.apps.agent.ledger.own_lines import LISTS_SINCE, TOLERANCE_WH
from laag.apps.agent.ledger.watching import SharedRecord
from laag.foundation.ptu import AMSTERDAM, PtuGrid

ROWS = {"device": [0], "ptu": [5], "side": [1], "quantity_wh": [100], "limit_ticks": [900]}
LISTED = {**ROWS, "market": "day-ahead", "stood_in": 0}


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
    return [(one.day, one.code) for one in kept.alarms if one.over is None]


def with_line(kind, line):
    """A neighbourhood whose ledger has this line of yesterday."""
    there = Recorded()
    there.street, there.lines = type(there.street).of(), {}
    for day in DAYS:
        for one in ("book", "clear", "meter", "settle"):
            there.commit(one, day, line if (one, day) == (kind, YESTERDAY) else None)
    return there


def with_book(**line):
    return with_line("book", says("book", YESTERDAY) | LISTED | line)


def sent(life, became="taken", **rows):
    """The home ordered this, and was answered so."""

    def body(number):
        return Orders(
            member=ME, day=YESTERDAY, number=number, signature="0" * 128, **(ROWS | rows)
        ).model_dump_json()

    number = life.store.outbox.add(body)
    if became:
        life.store.outbox.answered([(number, became, "")])


def test_a_list_in_this_homes_name_that_it_did_not_sign_is_an_alarm(life):
    life.store.keep(LISTS_SINCE, YESTERDAY.isoformat())
    sent(life, ptu=[6])
    kept = looked(life, with_book())
    assert rung(kept) == [(YESTERDAY, "list-not-ours")]
    assert "did not sign" in kept.alarms[0].why.en


@pytest.mark.parametrize("became", ["taken", "known", None])
def test_a_list_that_this_home_sent_is_its_own_also_where_no_answer_came(life, became):
    sent(life, became)
    assert rung(looked(life, with_book())) == []


def test_a_list_that_was_refused_is_nobodys_to_put_in_the_book(life):
    sent(life, "refused")
    life.store.keep(LISTS_SINCE, YESTERDAY.isoformat())
    assert rung(looked(life, with_book())) == [(YESTERDAY, "list-not-ours")]


def test_a_list_that_was_taken_and_stood_in_for_is_an_alarm(life):
    sent(life)
    assert rung(looked(life, with_book(stood_in=1))) == [(YESTERDAY, "list-left-out")]


def test_what_was_ordered_for_a_silent_home_is_no_alarm(life):
    life.store.keep(LISTS_SINCE, YESTERDAY.isoformat())
    assert rung(looked(life, with_book(stood_in=1))) == []


def test_a_home_that_forgot_or_was_put_back_accuses_nobody_of_what_it_no_longer_knows(life):
    assert rung(looked(life, with_book())) == []
    assert life.store.kept(LISTS_SINCE) == (TODAY + timedelta(days=2)).isoformat()
    life.store.keep(LISTS_SINCE, YESTERDAY.isoformat())
    life.store.forget(life.clock.now(), all_is_said=True)
    assert life.store.kept(LISTS_SINCE) is None


def test_a_key_that_is_not_this_homes_is_an_alarm_until_it_is_put_right(life):
    there = Recorded(holds="cd" * 32)
    kept = looked(life, there)
    assert rung(kept) == [(None, "other-key")]
    there.holds = there.public
    assert rung(looked(life, there)) == []


def with_readings(change):
    wh, method = np.array(metered(YESTERDAY)), np.zeros(96, int)
    change(wh, method)
    return with_line("meter", says("meter", YESTERDAY) | {"wh": wh.tolist(), "method": method.tolist()})


def test_readings_that_are_the_meters_own_are_said_to_be(life):
    found = looked(life, Recorded()).verdict(YESTERDAY, "meter")
    assert found.holds
    assert (found.metered.same, found.metered.other, found.metered.estimated) == (96, 0, 0)


@given(st.lists(st.tuples(st.integers(0, 95), st.integers(-400, 400)), max_size=5))
def test_what_differs_is_told_and_more_than_rounding_is_an_alarm(changes):
    """Whatever was changed: every Wh of it is counted, and the alarm rings beyond the tolerance and never within."""
    ours = np.arange(96) * 7.0
    with HomeStore(":memory:") as store:
        grid = PtuGrid.day(YESTERDAY, AMSTERDAM)
        store.write_all(grid, {"import_wh": ours, "export_wh": np.zeros(96)})
        theirs = ours.astype(int)
        for at, by in changes:
            theirs[at] += by
        found = own_lines.metered(store, AMSTERDAM, YESTERDAY, {"wh": theirs.tolist(), "method": [0] * 96})
    off = int(np.abs(theirs - ours).sum())
    assert (found.off_wh, found.same + found.other) == (off, 96)
    assert (own_lines.meter_odd(found) is None) == (off <= TOLERANCE_WH)


def test_readings_that_were_altered_are_an_alarm_that_says_by_how_much(life):
    def more(wh, _):
        wh[40:44] += 100

    kept = looked(life, with_readings(more))
    assert rung(kept) == [(YESTERDAY, "meter")]
    assert "In 4 quarter-hours" in kept.alarms[0].why.en
    assert "400 Wh together" in kept.alarms[0].why.en
    assert f"{TOLERANCE_WH} Wh a day may be rounding" in kept.alarms[0].why.en


def test_estimates_are_named_and_no_alarm(life):
    def guessed(wh, method):
        wh[40:44] += 100
        method[40:44] = 2

    kept = looked(life, with_readings(guessed))
    assert rung(kept) == []
    found = kept.verdict(YESTERDAY, "meter").metered
    assert (found.same, found.estimated, found.estimated_off_wh) == (92, 4, 400)


def test_a_line_of_readings_that_is_none_is_compared_with_nothing():
    with HomeStore(":memory:") as store:
        for odd in (
            {},
            {"wh": [1], "method": [0]},
            {"wh": "x", "method": []},
            {"wh": [2**70] * 96, "method": [0] * 96},
        ):
            assert own_lines.metered(store, AMSTERDAM, YESTERDAY, odd) is None


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_day_says_how_the_readings_compare(tmp_path, language):
    def few(wh, method):
        wh[3] += 20
        method[80:83] = 2

    with paged(tmp_path, neighbours=(there := with_readings(few)), planned=False, language=language) as (
        client,
        site,
    ):
        asyncio.run(SharedRecord(site.here.life, there).look())
        text = client.get(f"/bill/{YESTERDAY}").text
    for said in {
        "nl": (
            "Eén kwartier staat anders in het boek dan je eigen meter zei, 20 Wh; tot 50 Wh per dag",
            "3 kwartieren zijn geschat",
            "De schatting komt uit op",
        ),
        "en": (
            "One quarter-hour stands otherwise in the record than your own meter said, by 20 Wh; up to 50 Wh a day",
            "3 quarter-hours are estimated",
            "The estimate comes to",
        ),
    }[language]:
        assert said in text


def alarm_of(tmp_path, there, language):
    with paged(tmp_path, neighbours=there, planned=False, language=language) as (client, site):
        asyncio.run(SharedRecord(site.here.life, there).look())
        text = client.get("/").text
    return " ".join(text.partition('id="alarm"')[2].partition("</div>")[0].split())


@pytest.mark.parametrize(("language", "day", "link"), [
    ("nl", "dinsdag 19 mei", "Lees wat er is gevonden"),
    ("en", "Tuesday 19 May", "Read what was found"),
])  # fmt: skip
def test_the_page_of_now_says_in_one_sentence_that_something_does_not_hold(tmp_path, language, day, link):
    def more(wh, _):
        wh[40:44] += 100

    said = alarm_of(tmp_path, with_readings(more), language)
    assert 'role="alert"' in said
    assert day in said
    assert f'<a href="/bill/{YESTERDAY}#record">{link}' in said


def test_the_page_of_now_is_silent_while_all_holds_and_counts_what_there_is_more(tmp_path):
    (first := tmp_path / "1").mkdir()
    (second := tmp_path / "2").mkdir()
    assert "<p" not in alarm_of(first, Recorded(), "en")
    said = alarm_of(second, Recorded(holds="cd" * 32, whose="m-77aa01"), "en")
    assert "holds another key to be this home" in said
    assert "There are" in said
    assert 'href="/data#record"' in said
